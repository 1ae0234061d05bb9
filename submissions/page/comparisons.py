"""Figures set against each other: "£266 against £805", "from 120 to 74", "14 of the 16 families"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .measures import PEOPLE, noun_of, unit_after
from .numbers import TIME_UNIT, Number, value_of

AGAINST = re.compile(
    r"\b(?:in comparison (?:to|with)|compared (?:to|with)|comparing (?:to|with)|against|versus|vs\.?|rather than"
    r"|instead of|down from|up from|as opposed to|from|than|whereas|before|originally|previously)\b",
    re.IGNORECASE,
)
FROM = re.compile(r"\bfrom\s+(?:an? (?:average|baseline|high|low) of |around |over )?$", re.IGNORECASE)
TO = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:[\w’/-]+\s+){0,6}?(?:down |up )?to\s+(?:just |only |over |around |under )?$", re.IGNORECASE
)
FROM_NUMBER_TO = re.compile(
    r"\bfrom\s+(?:[a-z]+\s){0,3}?(?P<first>\d[\d,.]*)%?(?:\s+[\w’-]+){0,4}?\s+(?:\([^)]*\)\s+)?(?:down |up )?to\s+$",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:reduc|fell|fall|drop|decreas|increas|rose|risen|rising|grew|grow|cut|improv|declin|went|gone|mov|up\b|down\b"
    r"|doubl|halv|short|lower|chang|tripl|rais)",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r",?\s+(?:compared (?:to|with)|against|versus|up from|down from)\s+(?:only |just |around |over )?"
    r"(?P<other>\d[\d,.]*)(?![\d%/]|\s+(?:%|percent|per cent))(?=\W|$)",
    re.IGNORECASE,
)
OUT_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:a possible |the |our |these |those |all )?$", re.IGNORECASE)
TIME_CHANGED = re.compile(
    rf"\bfrom\s+(?:an average of |around |over )?(?P<before>\d[\d.,]*|[a-z]+)(?:\s{TIME_UNIT})?\s+(?:down |up )?to"
    rf"\s+(?:just |an average of |around |under )?(?P<after>\d[\d.,]*|[a-z]+)\s(?P<unit>{TIME_UNIT})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """A number with what it counts, inside one sentence."""

    number: Number
    unit: str
    end: int  # where the figure with its unit ends
    comparator: Decimal | None = None


def is_out_of(sentence: str, number: Number, following: Number) -> bool:
    between = sentence[number.end : following.number_start]
    return (
        number.kind == following.kind == "count" and bool(OUT_OF.fullmatch(between)) and number.value <= following.value
    )


def share(sentence: str, number: Number, whole: Number) -> Found | None:
    """In "14 of the 16 families" 14 families are counted; "4.8 out of 5" is a score."""
    counted = unit_after(sentence[whole.end :], 2)
    if counted:
        return Found(number, counted.unit, whole.end + counted.length)
    if re.search(r"out of", sentence[number.end : whole.start]) and whole.value in (5, 10, 100):
        return Found(number, f"out of {whole.value}", whole.end)
    return None


def changed(sentence: str, number: Number) -> Found | None:
    """The second number of "entrants fell from 120 to 74", whose noun stands before the verb."""
    match = FROM_NUMBER_TO.search(sentence[: number.number_start])
    if not match or not CHANGE.search(sentence):
        return None
    words = re.findall(r"[\w’-]+", sentence[: match.start()])
    noun = next((noun for word in reversed(words) if (noun := noun_of(word, False))), None)
    unit = "people" if noun in PEOPLE else noun or "number"
    return Found(number, unit, number.end)


def times_changed(sentence: str) -> Iterator[Found]:
    """A time that grew shorter or longer: "from 14 weeks to 6 weeks"."""
    for match in TIME_CHANGED.finditer(sentence):
        before, after = number_or_none(match["before"]), number_or_none(match["after"])
        if (
            before is None
            or after is None
            or not CHANGE.search(sentence)
            or re.search(r"\bage", sentence[: match.start()])
        ):
            continue
        start = match.start("after")
        number = Number("time", after, start, match.end("after"), match["after"], number_start=start)
        unit = match["unit"].lower()
        yield Found(number, unit if unit.endswith("s") else unit + "s", match.end(), before)


def number_or_none(text: str) -> Decimal | None:
    try:
        return value_of(text.rstrip(".,")) or None
    except ArithmeticError:
        return None


def with_comparators(sentence: str, found: list[Found]) -> list[Found]:
    """Two figures of one kind that the sentence sets against each other become one with a comparator."""
    result: list[Found] = []
    for each in found:
        last = result[-1] if result else None
        paired = last and last.comparator is None and comparable(last, each) and paired_with(sentence, last, each)
        if paired:
            result[-1] = paired
        else:
            result.append(each)
    return [with_first_number(sentence, each) for each in result]


def paired_with(sentence: str, last: Found, each: Found) -> Found | None:
    between = sentence[last.end : each.number.number_start]
    if FROM.search(sentence[: last.number.number_start]) and TO.fullmatch(between):
        return replace(each, comparator=last.number.value)
    if AGAINST.search(between) and not re.search(r";|\b(?:and|while)\b", between):
        return replace(last, comparator=each.number.value)
    return None


def with_first_number(sentence: str, found: Found) -> Found:
    """The first number of "from 120 to 74 referrals" or the last of "83 entrants compared to 121" has no noun of its
    own: it is the comparator."""
    if found.comparator is not None:
        return found
    if match := PLAIN.match(sentence, found.end):
        return replace(found, comparator=number_or_none(match["other"]))
    if not CHANGE.search(sentence):
        return found
    match = FROM_NUMBER_TO.search(sentence[: found.number.number_start])
    return replace(found, comparator=number_or_none(match["first"])) if match else found


def comparable(a: Found, b: Found) -> bool:
    return a.number.kind == b.number.kind and (a.unit == b.unit or a.number.kind == "money")
