"""Who may go in: one question for every address that leads to an entry."""

from django.http import Http404

from spotlight.renaming import at_address


class Withdrawn(Exception):
    """The entry once stood here and does no more. The middleware answers 410, with a page that says so."""


def opened(entry):
    """The entry, if readers may see it. A draft is not there (404); a withdrawn entry is gone (410)."""
    if entry is None or not (entry.is_published or entry.is_withdrawn):
        raise Http404
    if entry.is_withdrawn:
        raise Withdrawn
    return entry


def entry_at(entries, slug):
    """The entry of these that has or once had this slug, if readers may see it."""
    return opened(at_address(entries, slug))
