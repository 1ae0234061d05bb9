"""What the list offers besides its results: a filter for a borough that was named, the meanings of a short form, a way
on when nothing was found."""

import re


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
    """A named borough or theme as a filter, its word taken out of the search; none that is ticked or has no entry."""
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
    """A text with one of its words replaced, whatever its capitals, and white space made single."""
    return " ".join(re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: other, text, flags=re.IGNORECASE).split())
