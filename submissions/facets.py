"""The facets of the list, and which published entries have which value, as sets of bits in memory: counts for every
choice in well under 1 ms.

Bit n is the entry with the key n. Each process reads the index once from what is stored of the entries
(`submissions.derived`), and from then on only the rows that were renewed since. It also knows the order of the entries,
so that the database is asked for the twenty rows of a page by their keys and never sorts.
"""

import threading
from array import array
from bisect import bisect_left
from collections import defaultdict
from copy import copy
from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from heapq import nsmallest
from itertools import compress, islice
from operator import and_, itemgetter, or_

from boroughs.models import Borough
from submissions.facet_fields import FACETS
from submissions.models import CatalogueVersion, DerivedEntry
from submissions.version import current_version, once_per_names

MOST_PLACED = 2000  # entries that are put in their places one by one; more are sorted together
_ZERO_OR_ONE = bytes.maketrans(b"01", b"\0\1")


class Order:
    """`keys` of entries, sorted by what `values` has for each, then by key.

    The orders before and after a change share the values: copying 100,000 titles would take longer than the change."""

    def __init__(self, values):
        self.values = values
        self.keys = array("q", self.of(sorted(values)))

    def change(self, changes):
        """The order with these values, {key: value}; None takes an entry out. Puts them into the shared values."""
        if len(changes) > MOST_PLACED:
            values = {pk: self.values[pk] for pk in self.keys} | changes
            return Order({pk: value for pk, value in values.items() if value is not None})
        new, keys = copy(self), self.keys[:]
        for pk in filter(self.values.__contains__, changes):
            at = bisect_left(keys, self.place(pk), key=self.place)
            if keys[at : at + 1] == array("q", [pk]):
                del keys[at]
        present = {pk: value for pk, value in changes.items() if value is not None}
        for pk, value in present.items():
            keys.insert(bisect_left(keys, (value, pk), key=lambda pk: (present.get(pk, self.values.get(pk)), pk)), pk)
        self.values.update(present)
        new.keys = keys
        return new

    def of(self, keys):
        """Some entries, given in the order of their keys, in this order."""
        return sorted(keys, key=self.values.__getitem__)

    def place(self, pk):
        return self.values[pk], pk


class FacetIndex:
    """`options`: {facet: [(slug, name, is_empty)]}. `bits`: {facet: {slug: set of entries as an int}}. `everything`:
    the set of all. `boroughs`: all 33, for the map beside the list. `present(facet, value)`: what a value in an
    address means today. Not changed once made: `renewed` gives another, which shares with this one what is the same."""

    serial = everything = 0
    changed = array("d")  # by key: when the entry was last changed, in seconds since 1970

    def __init__(self):
        self.bits = {name: {} for name in FACETS}
        self.newest, self.by_title = Order({}), Order({})

    def renewed(self, rows):
        """The index with these rows: (an entry's key, serial, what is stored of its facets: nothing if it is not
        published (any more)), one by one. Also reads the names of the values again, if one was changed."""
        new, found = copy(self), {name: defaultdict(lambda: array("q")) for name in FACETS}
        new.changed, days, titles = self.changed[:], {}, {}
        for pk, serial, stored in rows:
            new.serial, days[pk], titles[pk] = max(serial, new.serial), None, None
            if stored:
                days[pk], titles[pk] = _day(stored["published_on"]), stored["title"].casefold()
                new.changed.extend([0.0] * (pk + 1 - len(new.changed)))
                new.changed[pk] = datetime.fromisoformat(stored["changed_at"]).timestamp()
                for name, by_slug in found.items():
                    for slug in stored[name]:
                        by_slug[slug].append(pk)
        touched = _bits(days)
        new.everything = self.everything & ~touched | _bits([pk for pk, day in days.items() if day is not None])
        new.bits = {name: _with(self.bits[name], touched, by_slug) for name, by_slug in found.items()}
        new.newest, new.by_title = self.newest.change(days), self.by_title.change(titles)
        new._name(*_names())
        return new

    def _name(self, labels, earlier, boroughs):
        self.boroughs, self.options, self.values = boroughs, {}, {}
        for name, facet in FACETS.items():
            empty = [slug for slug, _ in labels[name] if slug not in self.bits[name]]
            hidden = facet.hidden(empty)
            choices = [(slug, label, slug not in self.bits[name]) for slug, label in labels[name] if slug not in hidden]
            self.options[name] = sorted(choices, key=lambda choice: choice[2])
            present = {slug: slug for slug, _, _ in choices}
            known = {old: slug for old, slug in earlier[name] if slug in present} | present
            self.values[name] = {value.lower(): slug for value, slug in known.items()} | known

    def present(self, facet, asked):
        """The value that an address asks for with this one: also in capitals, or by an earlier slug. None if there is
        none. What is the slug of a record today is that record's, whichever had it before."""
        values = self.values[facet]
        return values.get(asked) or values.get(asked.strip().lower())

    def entries(self, pks):
        """The set of these entries; what is not published is left out."""
        return _bits(pks) & self.everything

    def having(self, facet, *slugs):
        """The entries that have any of these values; of evidence, all of them."""
        sets = [self.bits[facet].get(slug, 0) for slug in slugs]
        return reduce(and_, sets, self.everything) if FACETS[facet].all_at_once else reduce(or_, sets, 0)

    def count(self, facet, slug):
        """How many published entries have this value."""
        return self.having(facet, slug).bit_count()

    def first(self, entries, number):
        """The keys of the first so many of a set of entries, newest first."""
        return self.in_order("newest", entries, 0, number)

    def in_order(self, order, entries, start, stop):
        """The keys of a set of entries from one place to another of an order: newest, title or borough."""
        if order == "borough":
            return self._by_borough(entries, start, stop)
        order, flags = self.by_title if order == "title" else self.newest, self.flags(entries)
        if entries.bit_count() * 16 < len(order.keys):  # few: sorting them takes less time than to look for them
            return order.of(_keys(flags))[start:stop]
        return list(islice(compress(order.keys, map(flags.__getitem__, order.keys)), start, stop))

    def _by_borough(self, entries, start, stop):
        """By the first of an entry's boroughs, A to Z, then newest first. Sorted only as far as it is asked for."""
        found = []
        for borough in [*sorted(self.boroughs, key=lambda borough: borough.name), None]:
            own = entries & self.bits["borough"].get(borough.slug, 0) if borough else entries
            if own and len(found) < stop:
                found += self.in_order("newest", own, 0, stop - len(found))
            entries &= ~own
        return found[start:]

    def by_relevance(self, scores, entries, start, stop):
        """The same in the order of [(key, score)], the lowest score first and of two alike the newest."""
        flags = self.flags(entries)
        scores = [place for place in scores if place[0] < len(flags) and flags[place[0]]]
        if stop < len(scores):
            last = nsmallest(stop, map(itemgetter(1), scores))[-1]
            scores = [place for place in scores if place[1] <= last]
        ranked = sorted((score, self.newest.place(pk)) for pk, score in scores)
        return [pk for _, (_, pk) in ranked[start:stop]]

    def last_change(self, entries):
        """When any of a set of entries was last changed; None of no entry."""
        latest = max(compress(self.changed, self.flags(entries)), default=None)
        return latest and datetime.fromtimestamp(latest, UTC)

    def flags(self, entries):
        """A set of entries as one byte for each key, 0 or 1."""
        return f"{entries:0{self.everything.bit_length()}b}".encode().translate(_ZERO_OR_ONE)[::-1]


def _with(sets, touched, found):
    """{slug: set of entries} of a facet, when of the entries touched those found, {slug: their keys}, have it."""
    new = {slug: own & ~touched if own & touched else own for slug, own in sets.items()}
    for slug, pks in found.items():
        new[slug] = new.get(slug, 0) | _bits(pks)
    return {slug: own for slug, own in new.items() if own}


def _bits(pks):
    """The set of these keys."""
    if len(pks) < 20:
        return reduce(or_, (1 << pk for pk in pks), 0)
    row = bytearray(b"0") * (max(pks) + 1)
    for pk in pks:
        row[-1 - pk] = 49  # “1”
    return int(row, 2)


def _keys(flags):
    place = flags.find(1)
    while place >= 0:
        yield place
        place = flags.find(1, place + 1)


@lru_cache
def _day(published_on):
    """What sorts the newest first."""
    return -date.fromisoformat(published_on).toordinal()


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
        start, stop = places.start or 0, places.stop
        if self.order == "relevance":
            return self.index.by_relevance(self.scores, self.entries, start, stop)
        return self.index.in_order(self.order, self.entries, start, stop)


@once_per_names
def _names(_stamp):
    """What the values of facets are called: ({facet: labels}, {facet: earlier slugs}, all boroughs)."""
    labels = {name: list(facet.labels()) for name, facet in FACETS.items()}
    earlier = {name: list(facet.earlier()) for name, facet in FACETS.items()}
    return labels, earlier, list(Borough.objects.all())


_latest, _lock = (None, FacetIndex()), threading.Lock()


def current_index():
    """The index of the catalogue as it is now. One query if nothing was changed since the last call; a caller that
    comes while it is renewed waits for the new one."""
    global _latest
    version = current_version()
    if _latest[0] == version:
        return _latest[1]
    with _lock:
        if _latest[0] != version:
            _latest = version, _renewed(_latest[1])
        return _latest[1]


def _renewed(index):
    """From nothing where the database does not know what was read last: that was rolled back, or long ago."""
    if index.serial not in CatalogueVersion.objects.get(pk=1).serials:
        index = FacetIndex()
    rows = DerivedEntry.objects.filter(serial__gt=index.serial)
    return index.renewed(rows.values_list("submission", "serial", "facets").iterator())
