"""Outcome metrics: the figures that say what the work reached, did or cost, each with its exact sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from ..entries.evidence import URL
from ..entries.voices import FROM_A_PAPER
from ..records import Block, Metric
from ..text.blocks import line_at, passages
from ..text.quotations import curled
from ..text.sentences import sentences_of
from ..text.tables import cells_of
from .alone import people_meant
from .comparisons import Found, changed, is_out_of, share, with_comparators
from .ellipses import goes_back, inherited
from .implied_units import thing_done
from .meanings import kind_of, label_for, period_near
from .numbers import Number, numbers_in
from .spans import spans_in
from .units import (
    BENEFICIARIES,
    PEOPLE,
    Noun,
    is_own_family,
    one_was_done,
    staff_count,
    thing_count,
    thing_given,
    unit_after,
)

SPEAKS_OF_SELF = re.compile(r"(?<![\w’'])(?:I|I[’'](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Mm]yself)(?![\w’'])")
INLINE_QUOTE = re.compile(r"“[^“”]*”|‘[^‘’]{12,}’(?!\w)")
CITATION = re.compile(
    r"\b[Rr]etrieved (?:online|from|on)\b|\bet al\b|\bdoi\b|\bISBN\b"
    r"|^(?!In |On |By |During |Since |From |Between )[A-Z][\w’&.-]*(?: (?:and|&|[A-Z][\w’&.-]*)){0,4}(?:, "
    r"| \()(?:19|20)\d\d[a-z]?\)?[.:,]"
)
PER = re.compile(
    r"\s*(?:(?P<per>per\s+(?:young person|foster carer|care leaver|[a-z]+)|(?:an?|each|every)\s+(?:week"
    r"|month|year|night"
    r"|day|hour|session|person|child|household|family|head|placement|term|fortnight|bed|unit|quarter))\b"
    r"|(?P<short>pw|p/w|pcm|pa|p\.a\.?|/week|/month|/year|/hour)\b|(?P<each>each\b|apiece\b)"
    r"|(?P<ly>weekly|monthly|annually|yearly|nightly)\b)",
    re.IGNORECASE,
)
SHORT_PER = {"pw": "week", "p/w": "week", "pcm": "month", "pa": "year", "p.a": "year", "p.a.": "year"}
LY_PER = {"weekly": "week", "monthly": "month", "annually": "year", "yearly": "year", "nightly": "night"}
SOME_OF = re.compile(r"\s+of (?:the|our|these|those|their)\b")
POINTS = ("point", "points")
TIMES = re.compile(r"\s+times\b")
USED = re.compile(
    r"\b(?:(?:been|was|were|being) (?:used|visited|viewed|downloaded|watched|opened|borrowed|booked|accessed|played"
    r"|shared|read|called|consulted|shown|performed|repeated|requested)|downloaded|viewed|watched)\s+$",
    re.IGNORECASE,
)
MOST_NUMBERS = 40  # in one sentence; more is a table run together


def metrics_of(*parts: tuple[Block, ...]) -> tuple[Metric, ...]:
    """Every metric in some blocks, in the order they stand. What people say in quotations is never counted."""
    found: dict[tuple[str, Decimal, str], Metric] = {}
    for blocks in parts:
        for text, block, first in passages(blocks):
            if block.kind not in ("quote", "heading"):
                for metric in metrics_in_passage(text, block, first):
                    found.setdefault((metric.quote, metric.value, metric.unit), metric)
    return tuple(found.values())


def metrics_in_passage(text: str, block: Block, first: int) -> Iterator[Metric]:
    before = ""
    for sentence in sentences_of(text):
        unit = before if goes_back(sentence.text) else ""
        line = line_at(block, sentence.start, first)
        metrics = [
            replace(metric, quote=sentence.text)
            for number, cell in enumerate(cells_of(sentence.text))
            for metric in metrics_in(cell, line, "" if number else unit)
        ]
        before = metrics[-1].unit if metrics else before
        yield from metrics


def metrics_in(sentence: str, line: int, unit: str = "") -> Iterator[Metric]:
    """The metrics of one sentence. `unit`: what the sentence before it counted, where this one goes on from there."""
    if tells_no_figures(sentence):
        return
    numbers = numbers_in(sentence)
    if len(numbers) > MOST_NUMBERS:
        return
    told = [number for number in numbers if not is_spoken(sentence, number)]
    spans = [span for span in spans_in(sentence) if not is_spoken(sentence, span.number)]
    taken = {span.number.number_start for span in spans}
    counted = with_comparators(sentence, list(measured(sentence, told, unit)))
    counted = [each for each in counted if each.number.number_start not in taken]
    for found in sorted([*counted, *spans], key=lambda each: each.number.start):
        yield metric_from(sentence, found, line)


def tells_no_figures(sentence: str) -> bool:
    """An address, a reference to a paper, or somebody speaking of themselves."""
    told = INLINE_QUOTE.sub("", curled(sentence))
    return bool(URL.fullmatch(sentence) or CITATION.search(sentence) or SPEAKS_OF_SELF.search(told))


def metric_from(sentence: str, found: Found, line: int) -> Metric:
    return Metric(
        quote=sentence,
        value=found.number.value,
        unit=found.unit,
        label=label_for(sentence, found),
        kind=kind_of(sentence, found),
        comparator=found.comparator,
        period=period_near(sentence, found),
        figure=sentence[found.number.start : found.end].strip(" ,;:"),
        line=line,
    )


def is_spoken(sentence: str, number: Number) -> bool:
    """Whether the number stands inside a person's words; a passage quoted from a paper is not spoken."""
    marks = curled(sentence)
    for match in INLINE_QUOTE.finditer(marks):
        if match.start() < number.start < match.end():
            return not FROM_A_PAPER.search(sentence[max(0, match.start() - 120) : match.start()])
    opened, closed = marks.rfind("“", 0, number.start), marks.rfind("”", 0, number.start)
    return opened > closed and not FROM_A_PAPER.search(sentence[max(0, opened - 120) : opened])


def measured(sentence: str, numbers: list[Number], unit: str) -> Iterator[Found]:
    """Each number with its unit; numbers that count nothing of the trade drop out."""
    whole: Number | None = None
    for number, following in zip_longest(numbers, numbers[1:]):
        if number is whole:
            continue
        if following and is_out_of(sentence, number, following):
            found, whole = share(sentence, number, following), following
        else:
            found = measure(sentence, number, unit)
        if found:
            unit = found.unit if number.kind == "count" else unit
            yield found


def measure(sentence: str, number: Number, unit: str) -> Found | None:
    if number.kind == "money":
        return money(sentence, number)
    if number.kind == "percent":
        return Found(number, "percentage points" if number.printed.endswith(POINTS) else "percent", number.end)
    if number.value.as_tuple().exponent:  # "BCJ 2.0 members": people and things are counted whole
        return changed(sentence, number)
    return (
        counted(sentence, number)
        or inherited(sentence, number, unit)
        or changed(sentence, number)
        or people_meant(sentence, number, unit)
        or times_used(sentence, number)
    )


def times_used(sentence: str, number: Number) -> Found | None:
    """ "The spare room was used 33 times" counts its use; "the panel meets six times a year" how it is built."""
    match = TIMES.match(sentence, number.end)
    used = match and number.value > 1 and USED.search(sentence[: number.start])
    return Found(number, "times", match.end()) if used else None


def money(sentence: str, number: Number) -> Found:
    match = PER.match(sentence, number.end)
    if not match:
        return Found(number, number.currency, number.end)
    if match["each"]:
        return Found(number, f"{number.currency} each", match.end())
    return Found(number, f"{number.currency} per {rate(match)}", match.end())


def rate(match: re.Match[str]) -> str:
    """What a price is for: week, year, child …"""
    if match["per"]:
        return re.sub(r"^(?:per|an?|each|every)\s+", "", match["per"].lower()).replace("annum", "year")
    if match["short"]:
        return SHORT_PER.get(match["short"].lower()) or match["short"].strip("/").lower()
    return LY_PER[match["ly"].lower()]


def counted(sentence: str, number: Number) -> Found | None:
    """A count of people or things of the trade, where the sentence says that something was done with them."""
    noun = unit_after(sentence[number.end :], int(number.value)) or some_of_them(sentence[number.end :], number)
    if not noun:
        return handed_out(sentence, number)
    found = Found(number, noun.unit, number.end + noun.length)
    before, after = sentence[: number.start], sentence[found.end :]
    if number.value == 1:
        counts = number.start == 0 and noun.plural in PEOPLE and one_was_done(after)
    elif noun.plural in BENEFICIARIES:
        counts = not is_own_family(before, noun.plural, number.value)
    elif noun.plural in PEOPLE:
        counts = staff_count(before, after)
    else:
        counts = thing_count(sentence, before, noun.plural, int(number.value))
    return found if counts else None


def some_of_them(after: str, number: Number) -> Noun | None:
    """In "three of the young people now work as mentors" people are counted; "one of the" counts nothing."""
    match = SOME_OF.match(after)
    noun = unit_after(after[match.end() :], 2) if match and number.value > 1 else None
    return replace(noun, length=noun.length + match.end()) if noun and noun.plural in BENEFICIARIES else None


def handed_out(sentence: str, number: Number) -> Found | None:
    """Things outside the trade's own words count when the sentence hands them out: "sent 40 postcards"."""
    if number.value <= 1:
        return None
    before, after = sentence[: number.start], sentence[number.end :]
    noun = thing_given(before, after) or thing_done(before, after, int(number.value))
    return Found(number, noun.unit, number.end + noun.length) if noun else None
