"""Entries to read next to one entry, each with the reason: the same partner, the same themes, the same borough."""

from dataclasses import dataclass

from submissions.facets import current_index
from submissions.models import Submission

SHOWN = 6
# How much nearer sharing one of these brings two entries: a partner is shared by few entries, a theme by many.
NEARER = {"partner": 2, "theme": 1, "borough": 1}


@dataclass(frozen=True)
class Related:
    entry: Submission
    reasons: list[str]  # as readers see them: “Same partner: Barnardo’s”


def related_to(entry):
    """At most six published entries, those that share most first; `entry` was read with `for_detail()`."""
    nearest = _nearest(entry)
    found = Submission.objects.published().for_listing().prefetch_related("partners").in_bulk(nearest)
    return [Related(found[pk], reasons(entry, found[pk])) for pk in nearest if pk in found]


def _nearest(entry):
    """The keys of the entries that share most with this one, of equals the newest first. Counted on sets of bits."""
    index = current_index()
    others = index.everything & ~index.entries([entry.pk])
    at_least = [others]  # the entries that are near by at least so many steps
    for shared in _sets(entry, index):
        at_least.append(0)
        for steps in range(len(at_least) - 1, 0, -1):
            at_least[steps] |= at_least[steps - 1] & shared
    nearest = []
    for near in reversed(at_least[1:]):
        nearest += index.first(near & ~index.entries(nearest), SHOWN - len(nearest))
    return nearest


def _sets(entry, index):
    """For everything the entry has, the set of entries that have it too, as often as it counts."""
    values = {"partner": entry.partners.all(), "theme": entry.themes.all(), "borough": entry.boroughs.all()}
    for facet, having in values.items():
        for value in having:
            yield from [index.having(facet, value.slug)] * NEARER[facet]


def reasons(entry, other):
    """What two entries share, in words; both were read with partners, themes and boroughs."""
    partners = _shared(entry.partners.all(), other.partners.all())
    themes = _shared(entry.themes.all(), other.themes.all())
    boroughs = _shared(entry.boroughs.all(), other.boroughs.all())
    return [
        *_said("Same partner: ", "Same partners: ", partners),
        *_said("Same theme: ", "Same themes: ", themes),
        *_said("Also from ", "Also from ", boroughs),
    ]


def _shared(own, others):
    return [value.name for value in own if value in others]


def _said(one, several, names):
    return [(one if len(names) == 1 else several) + "; ".join(names)] if names else []
