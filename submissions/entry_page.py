"""An entry's page: as it is stored, with the entries to read next, those that share most with it, and the reasons."""

from submissions.derived import cards, stored_page, with_related
from submissions.derived.renewal import draw_if_possible
from submissions.derived.rows import drawn_page
from submissions.facets import current_index
from submissions.models import Submission
from submissions.sharing.addresses import entry_at

MOST_RELATED = 6
# How much nearer sharing one of these brings two entries: a partner is shared by few entries, a theme by many.
NEARER = {"partner": 2, "theme": 1, "borough": 1}
# How the reason is put that one of these is, or several are shared.
REASONS = {
    "partner": ("Same partner: ", "Same partners: "),
    "theme": ("Same theme: ", "Same themes: "),
    "borough": ("Also from ", "Also from "),
}


def page_at(request, slug, listed):
    """(the page of the entry at this address as HTML, None), or ("", the entry that has another address by now). Raises
    Http404 where none ever was, and Withdrawn. `listed`: the keys of the reader's own list, from the address.

    A page without a list in its address is sent as it is stored, by three queries; one that is not is drawn first."""
    index = current_index()
    stored = None if listed else stored_page(slug)
    if stored is None:
        entry = entry_at(Submission.objects.for_detail(), slug)
        if entry.slug != slug:
            return "", entry
        if not listed:
            draw_if_possible([entry.pk])
            stored = stored_page(slug)
        stored = stored or drawn_page(entry, request if listed else None)
    reasons = related_to(stored.pk, stored.values, index)
    return with_related(stored.page, cards(reasons, reasons=reasons, listed=listed)), None


def related_to(pk, values, index):
    """{key of an entry: the reasons as readers see them, such as “Same partner: Barnardo’s”}, at most six published
    entries, those that share most first, of equals the newest. `values`: {facet: slugs} of the entry itself.

    Counted on sets of bits: no query."""
    # {facet: [(name, the set of entries that have it too)]}, in the order of the facet
    own = {
        facet: [(name, index.having(facet, slug)) for slug, name, _ in index.options[facet] if slug in values[facet]]
        for facet in NEARER
    }
    nearest = _nearest(index, pk, [having for facet in NEARER for _, having in own[facet] * NEARER[facet]])
    return {key: _reasons(own, index.entries([key])) for key in nearest}


def _nearest(index, pk, shared):
    """The keys of the entries nearest to this one. `shared`: for everything it has, the set of entries that have it
    too, as often as it counts."""
    at_least = [index.everything & ~index.entries([pk])]  # the entries that are near by at least so many steps
    for having in shared:
        at_least.append(0)
        for steps in range(len(at_least) - 1, 0, -1):
            at_least[steps] |= at_least[steps - 1] & having
    nearest = []
    for near in reversed(at_least[1:]):
        nearest += index.first(near & ~index.entries(nearest), MOST_RELATED - len(nearest))
    return nearest


def _reasons(own, other):
    """What the entry shares with another, in words; `other`: the set of that one alone."""
    reasons = []
    for facet, (one, several) in REASONS.items():
        names = [name for name, having in own[facet] if having & other]
        if names:
            reasons.append((one if len(names) == 1 else several) + "; ".join(names))
    return reasons
