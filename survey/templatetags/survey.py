"""The survey's lines on the pages of entries and themes."""

from django import template

from survey.links import lines_for

register = template.Library()


@register.inclusion_tag("survey/lines.html")
def survey_lines(record):
    """A short section with the survey's lines about a theme or an entry; nothing if it has none. One query."""
    return {"lines": lines_for(record)}
