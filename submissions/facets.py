"""The facets of the list, and which published entries have which value, as sets of bits in memory: counts for every
choice in well under 1 ms.

Bit n is the nth published entry, newest first. The index is built once per catalogue version and process (0.6 s for
100,000 entries); an edit anywhere changes the version, and the next request builds it again. It also knows the order
of the entries, so that the database is asked for the twenty rows of a page by their keys and never sorts.
"""

from array import array
from collections import defaultdict
from functools import reduce
from heapq import nsmallest
from itertools import compress, islice
from operator import and_, or_

from boroughs.models import Borough
from submissions.facet_fields import FACETS
from submissions.models import Submission
from submissions.querysets import ORDERS
from submissions.version import once_per_version

_ZERO_OR_ONE = bytes.maketrans(b"01", b"\0\1")


class FacetIndex:
    """`options`: {facet: [(slug, name, is_empty)]}. `bits`: {facet: {slug: set of entries as an int}}.
    `boroughs`: all 33, for the map beside the list. `present(facet, value)`: what a value in an address means today."""

    def __init__(self, version):
        self.version = version
        self.published = list(Submission.objects.published().newest_first().values_list("pk", flat=True))
        self.position = {pk: n for n, pk in enumerate(self.published)}
        self.everything = (1 << len(self.published)) - 1
        self.orders = {"newest": (self.published, range(len(self.published)))}
        self.bits = {name: self._sets(facet.links()) for name, facet in FACETS.items()}
        self.options = {name: self._options(name, facet) for name, facet in FACETS.items()}
        self.values = {name: self._values(name, facet) for name, facet in FACETS.items()}
        self.boroughs = list(Borough.objects.all())

    def present(self, facet, asked):
        """The value that an address asks for with this one: also in capitals, or by an earlier slug. None if there is
        none. What is the slug of a record today is that record's, whichever had it before."""
        values = self.values[facet]
        return values.get(asked) or values.get(asked.strip().lower())

    def entries(self, pks):
        """The set of these entries; what is not published is left out."""
        row = bytearray(len(self.position) // 8 + 1)
        for pk in pks:
            n = self.position.get(pk)
            if n is not None:
                row[n >> 3] |= 1 << (n & 7)
        return int.from_bytes(row, "little")

    def first(self, entries, number):
        """The keys of the first so many of a set of entries, newest first."""
        found = []
        while entries and len(found) < number:
            lowest = entries & -entries
            found.append(self.published[lowest.bit_length() - 1])
            entries ^= lowest
        return found

    def having(self, facet, *slugs):
        """The entries that have any of these values; of evidence, all of them."""
        sets = [self.bits[facet].get(slug, 0) for slug in slugs]
        return reduce(and_, sets, self.everything) if FACETS[facet].all_at_once else reduce(or_, sets, 0)

    def count(self, facet, slug):
        """How many published entries have this value."""
        return self.having(facet, slug).bit_count()

    def ordered(self, order):
        """(keys, positions) of all entries in an order. One that is seldom asked for is read when it first is."""
        if order not in self.orders:
            keys = ORDERS[order](Submission.objects.published()).values_list("pk", flat=True)
            keys = [pk for pk in keys if pk in self.position]
            self.orders[order] = keys, [self.position[pk] for pk in keys]
        return self.orders[order]

    def last_change(self, entries):
        """When any of a set of entries was last changed; None of no entry. One query."""
        flags = self.flags(entries)
        times = Submission.objects.published().order_by().values_list("pk", "changed_at").iterator()
        return max((time for pk, time in times if (n := self.position.get(pk)) is not None and flags[n]), default=None)

    def flags(self, entries):
        """A set of entries as one byte each, 0 or 1."""
        return f"{entries:0{len(self.published)}b}".encode().translate(_ZERO_OR_ONE)[::-1]

    def _sets(self, links):
        by_slug = defaultdict(lambda: array("q"))  # a list of as many numbers would take five times as much
        for slug, pk in links:
            by_slug[slug].append(pk)
        return {slug: self.entries(pks) for slug, pks in by_slug.items()}

    def _options(self, name, facet):
        choices = [(slug, label, not self.bits[name].get(slug)) for slug, label in facet.labels()]
        return sorted(choices, key=lambda choice: choice[2])

    def _values(self, name, facet):
        """{what an address may say: the present value}."""
        present = {slug: slug for slug, _, _ in self.options[name]}
        earlier = {old: slug for old, slug in facet.earlier() if slug in present}
        known = earlier | present
        return {value.lower(): slug for value, slug in known.items()} | known


class Keys:
    """The keys of a set of entries in an order of the list: `len(keys)`, `keys[20:40]`, `list(keys)`. For the order of
    relevance, `scores` are [(key, score)].

    They are sorted only as far as they are asked for: the first page of 100,000 entries takes a few milliseconds."""

    def __init__(self, index, entries, order, scores):
        self.index, self.entries, self.order, self.scores = index, entries, order, scores

    def __len__(self):
        return self.entries.bit_count()

    def __iter__(self):
        return iter(self[: len(self)])

    def __getitem__(self, places):
        flags, start, stop = self.index.flags(self.entries), places.start or 0, places.stop
        if self.order != "relevance":
            keys, positions = self.index.ordered(self.order)
            return list(islice(compress(keys, map(flags.__getitem__, positions)), start, stop))
        # The lowest score is best; of two alike the newest comes first.
        scored = ((score, self.index.position.get(pk)) for pk, score in self.scores)
        best = nsmallest(stop, (place for place in scored if place[1] is not None and flags[place[1]]))
        return [self.index.published[n] for _, n in best[start:]]


@once_per_version
def current_index(stamp):
    """The index of the catalogue as it is now."""
    return FacetIndex(stamp)
