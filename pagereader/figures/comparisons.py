"""Figures set against each other: "£266 against £805", "from 120 to 74", "14 of the 16 families"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .numbers import WORD, Number, value_of
from .units import is_other_plural, noun_of, unit_after, unit_of

AGAINST = re.compile(
    r"\b(?:in comparison (?:to|with)|compared (?:to|with)|comparing (?:to|with)|against|versus|vs\.?|rather than"
    r"|instead of|down from|up from|as opposed to|from|than|whereas|before|originally|previously|formerly"
    r"|where (?:it|they) (?:was|were|had been)|used to be)\b",
    re.IGNORECASE,
)
SPELT = rf"\b(?:{WORD})(?:-(?:{WORD}))?\b"
FROM = re.compile(r"\bfrom\s+(?:an? (?:average|baseline|high|low) of |around |over )?$", re.IGNORECASE)
TO = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:[\w’/-]+\s+){0,6}?(?:down |up )?to\s+(?:just |only |over |around |under )?$", re.IGNORECASE
)
CLOCK = 12  # "from 12 to 2" are hours
FROM_NUMBER_TO = re.compile(
    rf"\bfrom\s+(?:[a-z]+\s){{0,3}}?(?P<first>\d[\d,.]*|{SPELT})%?(?:\s+[\w’-]+){{0,4}}?\s+"
    r"(?:\([^)]*\)\s+)?(?:down |up )?to\s+$",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:reduc|fell|fall|drop|decreas|increas|rose|risen|rising|grew|grow|cut|improv|declin|went|gone|mov|up\b|down\b"
    r"|doubl|halv|short|lower|chang|tripl|rais)",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"(?:(?:\s+(?!(?:and|while|but)\b)[^\W\d]+){0,5}?,?\s+\(?)"
    r"(?:compared (?:to|with)|against|versus|up from|down from|previously|formerly"
    r"|(?<=\()from)\s+(?:only |just |around |over )?"
    r"(?P<other>\d[\d,.]*|(?!one\b)[a-z]+(?:-[a-z]+)?)(?![\d%/]|\s+(?:%|percent|per cent))(?=\W|$)",
    re.IGNORECASE,
)
WAS = re.compile(r"\b(?:was|were|had been|stood at|had)\s+$", re.IGNORECASE)
IS_NOW = re.compile(r"\b(?:(?:is|are|it is|has|have) now|now (?:is|are|at|stands at)|now)\s+$", re.IGNORECASE)
YEAR_BEFORE = re.compile(
    r",?\s+\((?P<other>\d[\d,.]*) "
    r"(?:the (?:year|term|quarter) before|the previous (?:year|term|quarter)|last year|before)\)"
)
FELL_TO = re.compile(rf"{CHANGE.pattern}[a-z]*\s(?:[a-z]+\s){{0,2}}?to\s+$", re.IGNORECASE)
AND_FROM = re.compile(r",?\s+from\s+(?P<other>\d[\d,.]*)(?![\d%/])(?!\s+to\b)", re.IGNORECASE)
OUT_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:a possible |the |our |these |those |all )?$", re.IGNORECASE)


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
    if PLAIN.match(sentence, number.end) or (
        FELL_TO.search(sentence[: number.start]) and AND_FROM.match(sentence, number.end)
    ):
        unit = unit_before(sentence[: number.start])
        return Found(number, unit, number.end) if unit != "number" else None
    match = FROM_NUMBER_TO.search(sentence[: number.number_start])
    if not match or not (CHANGE.search(sentence) or falls(match, number)):
        return None
    between = unit_after(sentence[match.end("first") : match.end()], 2)
    unit = between.unit if between else unit_before(sentence[: match.start()])
    return Found(number, unit, number.end)


def unit_before(text: str) -> str:
    """The noun of "entrants fell from …", of the trade or any plural; "number" when nothing is counted by name."""
    words = re.findall(r"[\w’-]+", text)
    noun = next((noun for word in reversed(words) if (noun := noun_of(word, False))), None)
    if not noun:
        noun = next((word.lower() for word in reversed(words) if is_other_plural(word.lower())), "number")
    return unit_of(noun)


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
    if WAS.search(sentence[: last.number.start]) and IS_NOW.search(between):
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
    if (match := YEAR_BEFORE.match(sentence, found.end)) or (
        FELL_TO.search(sentence[: found.number.start]) and (match := AND_FROM.match(sentence, found.end))
    ):
        return replace(found, comparator=number_or_none(match["other"]))
    match = FROM_NUMBER_TO.search(sentence[: found.number.number_start])
    if not match or not (CHANGE.search(sentence) or falls(match, found.number)):
        return found
    return replace(found, comparator=number_or_none(match["first"]))


def falls(match: re.Match[str], number: Number) -> bool:
    """A range never runs downwards: "from 60 to 20" tells a change without a verb for it."""
    first = number_or_none(match["first"])
    return first is not None and first > max(number.value, CLOCK)


def comparable(a: Found, b: Found) -> bool:
    return a.number.kind == b.number.kind and (a.unit == b.unit or a.number.kind == "money")
