"""Figures set against each other: "£266 against £805", "from 120 to 74", "14 of the 16 families"; and lengths of time
as results: "9 days (previously 23 days)", "saved 1,200 working days"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .numbers import CHANGE, NUMERAL, TIME_UNIT, Figure, Number, value_of
from .units import is_other_plural, noun_of, unit_after, unit_of

AGAINST = re.compile(
    r"\b(?:in comparison (?:to|with)|compared (?:to|with)|comparing (?:to|with)|against|versus|vs\.?|rather than"
    r"|instead of|down from|up from|as opposed to|from|than|whereas|before|originally|previously|formerly"
    r"|where (?:it|they) (?:was|were|had been)|used to be)\b",
    re.IGNORECASE,
)
SPELT_TO_99 = rf"\b(?:{NUMERAL})(?:-(?:{NUMERAL}))?\b"
FROM = re.compile(r"\bfrom\s+(?:an? (?:average|baseline|high|low) of |around |over )?$", re.IGNORECASE)
TO = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:[\w’/-]+\s+){0,6}?(?:down |up )?to\s+(?:just |only |over |around |under )?$", re.IGNORECASE
)
CLOCK = 12  # "from 12 to 2" are hours
FROM_NUMBER_TO = re.compile(
    rf"\bfrom\s+(?:[a-z]+\s){{0,3}}?(?P<first>\d[\d,.]*|{SPELT_TO_99})%?(?:\s+[\w’-]+){{0,4}}?\s+"
    r"(?:\([^)]*\)\s+)?(?:down |up )?to\s+$",
    re.IGNORECASE,
)
CHANGES = re.compile(CHANGE, re.IGNORECASE)
PLAIN = re.compile(
    r"(?:(?:\s+(?!(?:and|while|but)\b)[^\W\d]+){0,5}?,?\s+\(?)"
    r"(?:compared (?:to|with)|against|versus|up from|down from|previously|formerly"
    r"|(?<=\()from)\s+(?:only |just |around |over )?"
    r"(?P<first>\d[\d,.]*|(?!one\b)[a-z]+(?:-[a-z]+)?)(?![\d%/]|\s+(?:%|percent|per cent))(?=\W|$)",
    re.IGNORECASE,
)
WAS = re.compile(r"\b(?:was|were|had been|stood at|had)\s+$", re.IGNORECASE)
IS_NOW = re.compile(r"\b(?:(?:is|are|it is|has|have) now|now (?:is|are|at|stands at)|now)\s+$", re.IGNORECASE)
YEAR_BEFORE = re.compile(
    r",?\s+\((?P<first>\d[\d,.]*) "
    r"(?:the (?:year|term|quarter) before|the previous (?:year|term|quarter)|last year|before)\)"
)
FELL_TO = re.compile(rf"{CHANGE}[a-z]*\s(?:[a-z]+\s){{0,2}}?to\s+$", re.IGNORECASE)
AND_FROM = re.compile(r",?\s+from\s+(?P<first>\d[\d,.]*)(?![\d%/])(?!\s+to\b)", re.IGNORECASE)
OUT_OF = re.compile(r"\s*(?:out\s+)?of\s+(?:a possible |the |our |these |those |all )?$", re.IGNORECASE)
# Lengths of time.
AMOUNT = r"(?:\d[\d,]{0,9}(?:\.\d{1,3})?|[a-z]{3,9}(?:-[a-z]{3,5})?)"
ABOUT = r"(?:an average of |a median of |about |around |just over |just under |over |under |just |only |some |nearly )?"
UNIT = (
    rf"(?:(?:working|calendar|school) )?{TIME_UNIT}"
    r"(?:(?: a| an| per| each| every) (?:week|month|year|day|case|visit))?"
)
FROM_TO = re.compile(
    rf"\bfrom {ABOUT}(?P<before>{AMOUNT})(?: (?P<unit1>{UNIT}))?(?: (?:on average|in \d{{4}}(?:[-/]\d\d)?))?,? "
    rf"(?:down |up )?to {ABOUT}(?P<after>{AMOUNT})(?: (?P<unit2>{UNIT}))?(?![\w%/]|[.,]\d| of age| old)",
    re.IGNORECASE,
)
NOW_THEN = re.compile(
    rf"(?<![\w.,])(?P<after>{AMOUNT}) (?P<unit1>{UNIT})(?:(?: [\w’'-]+){{0,6}}?,? \(?(?:previously|formerly|down from"
    rf"|up from|compared (?:with|to)|against|instead of|where it (?:was|took))|,? \(?(?:it (?:was|had been|took)|was)"
    rf"| \(from)(?: (?:the|a) previous)? {ABOUT}(?P<before>{AMOUNT})"
    rf"(?: (?P<unit2>{UNIT}))?(?![\w%/]|[.,]\d)",
    re.IGNORECASE,
)
THEN_NOW = re.compile(
    rf"\b(?:used to (?:take|wait|be|last)|took|was|were|waited|had been) {ABOUT}(?P<before>{AMOUNT}) (?P<unit1>{UNIT})"
    rf"[^.;]{{0,50}}? (?:(?:is|are|takes?|waits?) now|now (?:takes?|is|are|waits?)|takes|is) {ABOUT}(?P<after>{AMOUNT})"
    rf"(?: (?P<unit2>{UNIT}))?(?![\w%/]|[.,]\d)",
    re.IGNORECASE,
)
WON = re.compile(
    rf"\b(?:saved|saving|freed(?: up)?|freeing(?: up)?|released"
    r"|(?:won|got|given|gave|gained|gaining|bought|handed) back"
    rf"|gained|recovered|volunteered|gave|donated)(?: (?:each|every|them|us|social|workers?|staff|the|team|their"
    rf"|practitioners|managers|about|around|over|nearly|some|an|average|of|estimated|up|to)){{0,5}} "
    rf"(?P<after>{AMOUNT}) (?P<unit1>{UNIT})\b",
    re.IGNORECASE,
)
KIND_OF_TIME = re.compile(r"(?:working|calendar|school) ")
PLANNED = re.compile(
    r"\b(?:will|would|aims? to|should|every|age|aged|ages|lasts?|runs? for)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)


def is_out_of(sentence: str, number: Number, following: Number) -> bool:
    if not number.kind == following.kind == "count" or number.value > following.value:
        return False
    return bool(OUT_OF.fullmatch(sentence[number.end : following.number_start]))


def share(sentence: str, number: Number, whole: Number) -> Figure | None:
    """In "14 of the 16 families" 14 families are counted; "4.8 out of 5" is a score."""
    counted = unit_after(sentence[whole.end :], 2)
    if counted:
        return Figure(number, counted.unit, whole.end + counted.length)
    if "out of" in sentence[number.end : whole.start] and whole.value in (5, 10, 100):
        return Figure(number, f"out of {whole.value}", whole.end)
    return None


def changed(sentence: str, number: Number) -> Figure | None:
    """The second number of "entrants fell from 120 to 74", with its noun before the verb."""
    before = sentence[: number.start]
    if PLAIN.match(sentence, number.end) or fell_from(sentence, number, number.end):
        unit = unit_before(before)
        return Figure(number, unit, number.end) if unit != "number" else None
    match = risen_or_fallen(sentence, number)
    if not match:
        return None
    between = unit_after(sentence[match.end("first") : match.end()], 2)
    unit = between.unit if between else unit_before(sentence[: match.start()])
    return Figure(number, unit, number.end)


def fell_from(sentence: str, number: Number, end: int) -> re.Match[str] | None:
    """The second number of "fell to 74 from 120"."""
    return AND_FROM.match(sentence, end) if FELL_TO.search(sentence[: number.start]) else None


def risen_or_fallen(sentence: str, number: Number) -> re.Match[str] | None:
    """The first number of "from 120 to 74", where a verb says that it is a change or it falls, as no range does."""
    match = FROM_NUMBER_TO.search(sentence[: number.number_start])
    if not match or CHANGES.search(sentence):
        return match
    first = number_or_none(match["first"])
    return match if first is not None and first > max(number.value, CLOCK) else None


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


def with_comparators(sentence: str, figures: list[Figure]) -> list[Figure]:
    """Two figures of one kind that the sentence sets against each other become one with a comparator."""
    result: list[Figure] = []
    for each in figures:
        last = result[-1] if result else None
        pair = paired(sentence, last, each) if last and last.comparator is None and comparable(last, each) else None
        if pair:
            result[-1] = pair
        else:
            result.append(each)
    return [with_first_number(sentence, each) for each in result]


def paired(sentence: str, last: Figure, each: Figure) -> Figure | None:
    between = sentence[last.end : each.number.number_start]
    if FROM.search(sentence[: last.number.number_start]) and TO.fullmatch(between):
        return replace(each, comparator=last.number.value)
    if WAS.search(sentence[: last.number.start]) and IS_NOW.search(between):
        return replace(each, comparator=last.number.value)
    if AGAINST.search(between) and not re.search(r";|\b(?:and|while)\b", between):
        return replace(last, comparator=each.number.value)
    return None


def with_first_number(sentence: str, figure: Figure) -> Figure:
    """The first number of "from 120 to 74 referrals" or the last of "83 entrants compared to 121" has no noun of its
    own: it is the comparator."""
    if figure.comparator is not None:
        return figure
    match = (
        PLAIN.match(sentence, figure.end)
        or YEAR_BEFORE.match(sentence, figure.end)
        or fell_from(sentence, figure.number, figure.end)
        or risen_or_fallen(sentence, figure.number)
    )
    return replace(figure, comparator=number_or_none(match["first"])) if match else figure


def comparable(a: Figure, b: Figure) -> bool:
    return a.number.kind == b.number.kind and (a.unit == b.unit or a.number.kind == "money")


def spans_in(sentence: str) -> Iterator[Figure]:
    """The lengths of time of a sentence that say what changed or what was won."""
    last = -1
    for pattern in (FROM_TO, NOW_THEN, THEN_NOW, WON):
        for match in pattern.finditer(sentence):
            span = span_from(sentence, match, pattern is FROM_TO)
            if span and span.number.start != last:
                last = span.number.start
                yield span


def span_from(sentence: str, match: re.Match[str], is_range: bool) -> Figure | None:
    """`is_range`: the words may only say how long something takes ("from 6 to 12 weeks")."""
    parts = match.groupdict("")
    unit, value = parts["unit1"] or parts.get("unit2"), number_or_none(parts["after"])
    earlier = number_or_none(parts["before"]) if "before" in parts else None
    if (
        not unit
        or value is None
        or ("before" in parts and earlier is None)
        or PLANNED.search(sentence[: match.start()])
    ):
        return None
    if is_range and value >= earlier and not CHANGES.search(sentence):
        return None
    other = parts.get("unit2") or unit
    if head_of(unit) != head_of(other):
        return None  # days against weeks
    start = match.start("after")
    own_unit = "unit1" if match.start("unit1") > start else "unit2"
    end = max(match.end("after"), match.end(own_unit) if own_unit in parts else 0)
    number = Number("time", value, start, match.end("after"), match["after"], start)
    return Figure(number, in_plural(max(unit, other, key=len).lower()), end, earlier)


def head_of(unit: str) -> str:
    """The span itself: "day" of "working days"."""
    return KIND_OF_TIME.sub("", unit.lower()).split(" ")[0].rstrip("s")


def in_plural(unit: str) -> str:
    """ "minute a week" is "minutes a week"."""
    kind = KIND_OF_TIME.match(unit)
    start = kind.end() if kind else 0
    head, space, rest = unit[start:].partition(" ")
    return f"{unit[:start]}{head.removesuffix('s')}s{space}{rest}"
