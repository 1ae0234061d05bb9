"""What the list's page has beside the entries: each choice with its count, the map, and offers: a filter for a borough
that was named, the meanings of a short form, a way on when nothing was found."""

import re
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from html import escape
from operator import and_, or_

from django.utils.safestring import SafeString, mark_safe

from boroughs.maps import Tile, in_reading_order
from submissions.facets import FACETS

MOST_OFFERED = 40  # partners with a box of their own: a list of 10,000 entries has hundreds


@dataclass(frozen=True)
class Facet:
    """`boxes`: its choices as HTML. `ticked`: [(label, address of the list without it)] of those that are."""

    legend: str
    boxes: SafeString
    number: int  # of its choices
    known: int  # of those that there are
    ticked: list[tuple[str, str]]


def facets_of(filterset):
    """Every facet of a list. The number beside a choice is that of the list's entries when it is ticked and nothing
    else changes."""
    return [_facet(name, filterset) for name in FACETS]


def _facet(name, filterset):
    ticked, index, boxes = filterset.chosen(name), filterset.index, []
    others, join = filterset.entries_without(name), and_ if FACETS[name].all_at_once else or_
    already, sets = index.having(name, *ticked), index.bits[name]
    options = index.options[name]
    if name == "partner" and len(options) > MOST_OFFERED:
        offered = most_used(index) | set(ticked)
        options = [option for option in options if option[0] in offered]
    for value, label, empty in options:
        count = (others & join(already, sets.get(value, 0))).bit_count()
        before, between, after = _box(name, value, label, empty)
        state = " checked" if value in ticked else " disabled" if empty else ""
        boxes.append(f'{before}{count}"{state}{between}{count}{after}')
    chips = [
        (label, filterset.query(**{name: [other for other in ticked if other != value]}))
        for value, label, _ in options
        if value in ticked
    ]
    # Safe: whatever comes from the database was escaped.
    boxes = mark_safe("".join(boxes))  # noqa: S308
    return Facet(FACETS[name].legend, boxes, len(options), len(index.options[name]), chips)


@lru_cache(maxsize=1)
def most_used(index):
    """The slugs of the partners that most entries have, as many as are offered."""
    slugs = [slug for slug, _, _ in index.options["partner"]]
    return set(nlargest(MOST_OFFERED, slugs, key=lambda slug: index.count("partner", slug)))


def partners_offered(filterset, partners):
    """[(label, number of the list's entries when it is ticked, the list's address then)] of [(slug, label)]."""
    ticked, index, others = filterset.chosen("partner"), filterset.index, filterset.entries_without("partner")
    for value, label in partners:
        slugs = list(dict.fromkeys([*ticked, value]))
        yield label, (others & index.having("partner", *slugs)).bit_count(), filterset.query(partner=slugs)


@lru_cache(maxsize=5000)
def _box(name, value, label, empty):
    """A choice's check box as HTML, in three parts: its number stands between them, and after the first of the two
    whether it is ticked."""
    return (
        f'<label class="choice{" empty" * empty}">\n'
        f'<input type="checkbox" name="{name}" value="{escape(value)}" data-count="',
        f'>\n<span class="label">{escape(label)}</span>\n<span class="n">',
        "</span>\n</label>\n",
    )


def list_map(filterset, listed=""):
    """Tiles of a list: entries within the search and the other filters; a square's link turns its borough round, and
    carries the reader's own list (“3,7”).

    A square's number is what its borough itself has, also where others are ticked: a map that added them up would
    deepen everywhere at once."""
    ticked = filterset.chosen("borough")

    def turned(borough):
        rest = [slug for slug in ticked if slug != borough.slug]
        query = filterset.query(borough=rest if borough.slug in ticked else [*ticked, borough.slug])
        return f"{carry(query, listed)}#map"

    return tiles_of(filterset.index, filterset.entries_without("borough"), turned, ticked)


def carry(query, ids):
    """A link within the list (“?theme=housing”, or “.” for none), with the reader's own list in it."""
    if not ids:
        return query
    return f"{query}&list={ids}" if query.strip(".?") else f"?list={ids}"


def tiles_of(index, entries, address, ticked=()):
    """A tile for each borough with how many of these entries it has. `address`: a function of the borough."""

    def tile(borough):
        own = entries & index.bits["borough"].get(borough.slug, 0)
        return Tile(borough, own.bit_count(), address(borough), borough.slug in ticked)

    return [tile(borough) for borough in in_reading_order(index.boroughs)]


def help_with(filterset):
    """{"filters": [(name, address)], "meanings": [(short form, [(meaning, address)])], "absent": …, …} for one list.
    An address is that of the list as it would be."""
    asked = filterset.asked
    return {
        "filters": [*_filters(filterset, "borough", asked.boroughs), *_filters(filterset, "theme", asked.themes)],
        "meanings": [(short, _meanings(filterset, short, meanings)) for short, meanings in asked.ambiguous],
        "did_you_mean": [
            (word, filterset.query(q=_replaced(asked.text, typed, word))) for typed, word in asked.did_you_mean
        ],
        "absent": [(absent, _neighbours(filterset, absent)) for absent in asked.absent],
        "elsewhere": _elsewhere(filterset),
        "everywhere": _everywhere(filterset),
        "only_typed": filterset.query(exact="1"),
    }


def _filters(filterset, name, places):
    """A named borough or theme as a filter, without its word in the search; none that is ticked or has no entry."""
    for place in places:
        if place.slug not in filterset.chosen(name) and filterset.index.count(name, place.slug):
            rest = _replaced(filterset.asked.text, place.typed, "")
            yield place.name, filterset.query(q=rest, sort="", **{name: [*filterset.chosen(name), place.slug]})


def _meanings(filterset, short, meanings):
    return [(meaning, filterset.query(q=_replaced(filterset.asked.text, short, meaning))) for meaning in meanings]


def _neighbours(filterset, absent):
    """The address of the list of all neighbours' entries; "" where no neighbour has one."""
    slugs = [neighbour.slug for neighbour in absent.neighbours]
    return filterset.query(q="", sort="", borough=slugs) if slugs else ""


def _elsewhere(filterset):
    """(words, address) of the search without the boroughs that have no entry; None where nothing else was asked."""
    asked, rest = filterset.asked, filterset.asked.used
    for place in asked.boroughs:
        if any(absent.slug == place.slug for absent in asked.absent):
            rest = re.sub(r"\W*\b(?:in|from|at|by|near)$", "", _replaced(rest, place.typed, ""))
    return (rest, filterset.query(q=rest)) if asked.absent and rest and not filterset.total else None


def _everywhere(filterset):
    """How many entries the search finds without the filters, where the filters leave none."""
    if filterset.total or not filterset.is_narrowed or not filterset.matched or filterset.asked.is_empty:
        return None
    return filterset.matched.bit_count(), filterset.unfiltered


def _replaced(text, word, other):
    """A text with one of its words replaced, whatever its capitals, and with single spaces."""
    return " ".join(re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: other, text, flags=re.IGNORECASE).split())
