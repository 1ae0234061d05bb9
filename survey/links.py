"""What the survey says about a theme or an entry, for their own pages: lines to quote, each linking to its section."""

from submissions.models import Theme
from survey.models import Headline


def lines_for(record):
    """The lines for a theme, all of them; for an entry, the first line of each section that its themes touch."""
    if isinstance(record, Theme):
        return list(Headline.objects.on([record]))
    firsts = {}
    for line in Headline.objects.on(record.themes.all()):
        firsts.setdefault(line.section_id, line)
    return list(firsts.values())
