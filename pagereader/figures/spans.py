"""Lengths of time as results: "from 23 days to 9", "9 days (previously 23 days)", "saved 1,200 working days"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .comparisons import CHANGE, Found, number_or_none
from .numbers import TIME_UNIT, Number

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
PLANNED = re.compile(
    r"\b(?:will|would|aims? to|should|every|age|aged|ages|lasts?|runs? for)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)


def spans_in(sentence: str) -> Iterator[Found]:
    """The lengths of time of a sentence that say what changed or what was won."""
    taken = -1
    for pattern in (FROM_TO, NOW_THEN, THEN_NOW, WON):
        for match in pattern.finditer(sentence):
            found = span_from(sentence, match, pattern is FROM_TO)
            if found and found.number.start != taken:
                taken = found.number.start
                yield found


def span_from(sentence: str, match: re.Match[str], changing: bool) -> Found | None:
    parts = match.groupdict()
    unit, value = parts["unit1"] or parts.get("unit2"), number_or_none(parts["after"])
    earlier = number_or_none(parts["before"]) if parts.get("before") else None
    if not unit or value is None or ("before" in parts and earlier is None):
        return None
    if PLANNED.search(sentence[: match.start()]):
        return None
    if changing and value >= earlier and not CHANGE.search(sentence):
        return None
    if "before" in parts and parts["unit1"] and parts["unit2"] and head_of(parts["unit1"]) != head_of(parts["unit2"]):
        return None  # days against weeks
    return span(match, value, whole_unit(unit, parts.get("unit2")), earlier)


def head_of(unit: str) -> str:
    """The span itself: "day" of "working days"."""
    return re.sub(r"^(?:working|calendar|school) ", "", unit.lower()).split(" ")[0].rstrip("s")


def span(match: re.Match[str], value: Decimal, unit: str, earlier: Decimal | None) -> Found:
    start, last = match.start("after"), match.end("after")
    own_unit = "unit1" if match.start("unit1") > start else "unit2"
    end = max(last, match.end(own_unit)) if own_unit in match.groupdict() else last
    return Found(Number("time", value, start, last, match["after"], number_start=start), unit, end, earlier)


def whole_unit(first: str, second: str | None) -> str:
    """The fuller of the two units as printed, in the plural: "minutes a week"."""
    unit = max(first, second or "", key=len).lower()
    head, *rest = unit.split(" ")
    if head in ("working", "calendar", "school"):
        head, rest = f"{head} {rest[0]}", rest[1:]
    return " ".join([head if head.endswith("s") else head + "s", *rest])
