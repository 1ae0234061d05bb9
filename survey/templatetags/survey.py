"""The survey's lines on the pages of entries and themes; what its own pages tell previews and machines."""

from django import template

from submissions.sharing import citations
from submissions.sharing.addresses import picture_address
from survey.charts import section_card, survey_card
from survey.models import Headline
from survey.need import lines_for

register = template.Library()


@register.inclusion_tag("survey/lines.html", takes_context=True)
def survey_lines(context, record):
    """A short section with the survey's lines about a theme or an entry; nothing if it has none. One query, or one for
    all the entries that are drawn together."""
    together = context.get("together")
    several = together and len(together.pks) > 1
    return {"lines": lines_for(record, together.once("lines of the survey", _lines) if several else None)}


def _lines():
    return list(Headline.objects.by_theme())


@register.simple_tag
def picture_of_survey(survey):
    return picture_address("survey_picture", survey_card(survey), survey.year)


@register.simple_tag
def picture_of_section(section):
    return picture_address("survey_section_picture", section_card(section), section.survey.year, section.slug)


@register.simple_tag
def trail_of(*records):
    """The way to a page of the survey, for search engines: the survey, and its section."""
    return citations.as_script(citations.trail(*((str(record), record.get_absolute_url()) for record in records)))
