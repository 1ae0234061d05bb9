"""What the preview images of the survey's pages say."""

from submissions.sharing.cards import Card


def survey_card(survey):
    return Card(survey.name, f"What {survey.who_answered} told LIIA", survey.title)


def section_card(section):
    """For a section whose survey and headlines were fetched. A figure that carries a note is not shown without it."""
    said = [headline.sentence for headline in section.headlines.all() if not headline.is_contradicted]
    return Card(section.title, section.survey.name, said[0] if said else "")
