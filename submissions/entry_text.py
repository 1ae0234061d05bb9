"""An entry's text as its page shows it: sub-headings with anchors, confirmed figures marked where they stand."""

import re

from django.utils.safestring import mark_safe
from django.utils.text import slugify

from submissions.wording import plain

_HEADING = re.compile(r"<h3>(.*?)</h3>", re.S)


class EntryText:
    """Reads stored, sanitised HTML once and gives `html` and `contents`, a list of (anchor, heading)."""

    def __init__(self, entry):
        self.contents = []
        markup = _HEADING.sub(self._anchored, entry.body)
        for metric in entry.figures:
            # The sentence is found as it is stored: escaped text inside one block. Reworded text is left unmarked.
            quote = _stored(metric.quote)
            markup = markup.replace(quote, f'<mark class="figure" id="figure-{metric.pk}">{quote}</mark>', 1)
        # Safe: the body was sanitised when it was stored, and nothing but escaped text was added here.
        self.html = mark_safe(markup)  # noqa: S308

    def _anchored(self, match):
        heading = plain(match[1])
        base = f"section-{slugify(heading) or 'part'}"
        anchor, n = base, 2
        while any(anchor == taken for taken, _ in self.contents):
            anchor, n = f"{base}-{n}", n + 1
        self.contents.append((anchor, heading))
        return f'<h3 id="{anchor}">{match[1]}</h3>'


def _stored(text):
    """Text as the sanitiser stores it: only the three characters that HTML must escape."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
