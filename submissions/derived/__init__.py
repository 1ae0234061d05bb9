"""What is derived from the entries and stored: words to search by, values of facets, a card and a page.

Triggers note the entries whose data or shown names changed (`submissions.triggers`); `renew` writes for these alone, at
the end of the request or command that changed them, and before a reader's answer where notes are left. Nothing else
keeps anything true.
"""

from submissions.derived.renewal import cards, draw_rest, rebuild, renew, renew_if_possible
from submissions.derived.rows import stored_page, with_related

__all__ = [
    "cards",
    "draw_rest",
    "rebuild",
    "renew",
    "renew_if_possible",
    "stored_page",
    "with_related",
]
