"""Outcome metrics: the figures that say what the work reached, did or cost, each with its exact sentence and what it
means there: its label, its period, and whether it is outcome, activity, cost or context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from ..records import Metric
from ..text.addresses import WEB_ADDRESS
from ..text.passages import Block, Passage, passages_of
from ..text.quotations import FROM_A_PAPER, with_curly_marks
from ..text.tables import cells_of
from .comparisons import changed, is_out_of, share, spans_in, with_comparators
from .implied_units import goes_back, inherited, people_meant, thing_done
from .numbers import MONTH, YEAR, Figure, Number, has_number, numbers_in
from .units import BENEFICIARIES, Noun, is_result, unit_after

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
PERIOD = re.compile(
    rf"\b(?:between {MONTH}(?: {YEAR})? and {MONTH}(?: {YEAR})?"
    rf"|(?:from|between) (?:{MONTH} )?{YEAR}(?:/\d{{2,4}})? (?:to|and|until|[-–]) (?:{MONTH} )?{YEAR}(?:/\d{{2,4}})?"
    rf"|(?:in|during|for|since|by|from|until|throughout|over) (?:the (?:year|financial year|academic year) )?"
    rf"(?:(?:{MONTH}|spring|summer|autumn|winter|late|early|mid)[ -])?{YEAR}(?:\s?[/–-]\s?\d{{2,4}})?"
    r"|(?:over|in|during|within|for) the (?:last|past|first|previous|same) (?:[\w-]+ ){0,5}?(?:weeks?|months?|years?"
    r"|terms?|quarters?)|(?:over|in|within|during) (?:just |under |over )?(?:[\w-]+ ){1,3}?(?:weeks|months|years)"
    r"|(?:this|last|each|every) (?:year|month|week|fortnight|term|quarter|summer|winter|autumn|spring)"
    r"|per (?:year|month|week|fortnight|term|quarter)|to date|so far)\b",
    re.IGNORECASE,
)
CONTEXT = re.compile(
    r"\b(?:bright spots|nationally|national (?:average|figure|data|rate|figures)|in england|across england"
    r"|across london|london average|census|population|prevalence|we know that"
    r"|research (?:shows|suggests|found|has)|studies|baseline"
    r"|needs assessment|survey asked|according to|statistics|evidence (?:shows|suggests)|at any one time"
    r"|before the (?:project|programme|pilot|service|scheme)|prior to|(?:are|is) more likely|estimated that|is home to"
    r"|currently has|we (?:have|had) an? (?:cohort|population)|caseload|a cohort of|(?:our|the"
    r"|this) borough has|live in poverty|have an EHCP|at the start of the)\b",
    re.IGNORECASE,
)
RESULT = re.compile(
    r"\b(?:graduated|secur\w+|accessed|gained|achieved|obtained|moved (?:in|on|to)|reported|rated|said|felt|feel"
    r"|feeling|satisf\w+|registered|in education|in employment|improv\w+|reduc\w+|sustain\w+|studying|progress\w+"
    r"|returned|avoid\w+|prevent\w+|remain\w*|retain\w*|passed|increas\w+|decreas\w+|fell|fallen|rose|dropped|agreed"
    r"|recommend\w*|completed|no longer|stayed|re-?offend\w*|employ\w*|undertaken interviews|stepped down"
    r"|closed|won|helped"
    r"|created sustainable)\b",
    re.IGNORECASE,
)


def metrics_of(blocks: tuple[Block, ...]) -> tuple[Metric, ...]:
    """Every metric in some blocks, in order. What people say in quotations is never counted."""
    metrics: dict[tuple[str, Decimal, str], Metric] = {}
    for passage in passages_of(blocks):
        if passage.block.kind not in ("quote", "heading"):
            for metric in metrics_in_passage(passage):
                metrics.setdefault((metric.quote, metric.value, metric.unit), metric)
    return tuple(metrics.values())


def metrics_in_passage(passage: Passage) -> Iterator[Metric]:
    unit = ""
    for sentence in passage.sentences:
        first_unit = unit if goes_back(sentence.text) else ""
        for number, cell in enumerate(cells_of(sentence.text)):
            for metric in metrics_in(cell, sentence.line, "" if number else first_unit):
                unit = metric.unit
                yield replace(metric, quote=sentence.text)


def metrics_in(sentence: str, line: int, unit: str = "") -> Iterator[Metric]:
    """The metrics of one sentence. `unit`: what the sentence before it counted, where this one goes on from there."""
    if not has_number(sentence) or has_no_figures(sentence):
        return
    numbers = numbers_in(sentence)
    if len(numbers) > MOST_NUMBERS:
        return
    spans = [span for span in spans_in(sentence) if not is_spoken(sentence, span.number)]
    in_spans = {span.number.number_start for span in spans}
    unspoken = [number for number in numbers if not is_spoken(sentence, number)]
    figures = with_comparators(sentence, list(figures_from(sentence, unspoken, unit)))
    figures = [figure for figure in figures if figure.number.number_start not in in_spans]
    for figure in sorted([*figures, *spans], key=lambda each: each.number.start):
        yield Metric(
            quote=sentence,
            value=figure.number.value,
            unit=figure.unit,
            label=label_for(sentence, figure),
            kind=kind_of(sentence, figure),
            comparator=figure.comparator,
            period=period_near(sentence, figure),
            figure=sentence[figure.number.start : figure.end].strip(" ,;:"),
            line=line,
        )


def has_no_figures(sentence: str) -> bool:
    """An address, a reference to a paper, or somebody speaking of themselves."""
    unquoted = INLINE_QUOTE.sub("", with_curly_marks(sentence))
    return bool(WEB_ADDRESS.fullmatch(sentence) or CITATION.search(sentence) or SPEAKS_OF_SELF.search(unquoted))


def is_spoken(sentence: str, number: Number) -> bool:
    """Whether the number is inside a person's words; a passage quoted from a paper is not spoken."""
    marks = with_curly_marks(sentence)
    for match in INLINE_QUOTE.finditer(marks):
        if match.start() < number.start < match.end():
            return not FROM_A_PAPER.search(sentence[max(0, match.start() - 120) : match.start()])
    opened, closed = marks.rfind("“", 0, number.start), marks.rfind("”", 0, number.start)
    return opened > closed and not FROM_A_PAPER.search(sentence[max(0, opened - 120) : opened])


def figures_from(sentence: str, numbers: list[Number], unit: str) -> Iterator[Figure]:
    """Each number with its unit; numbers that count nothing of the trade drop out."""
    whole: Number | None = None
    for number, following in zip_longest(numbers, numbers[1:]):
        if number is whole:
            continue
        if following and is_out_of(sentence, number, following):
            figure, whole = share(sentence, number, following), following
        else:
            figure = figure_from(sentence, number, unit)
        if figure:
            unit = figure.unit if number.kind == "count" else unit
            yield figure


def figure_from(sentence: str, number: Number, unit: str) -> Figure | None:
    if number.kind == "money":
        return money(sentence, number)
    if number.kind == "percent":
        return Figure(number, "percentage points" if number.printed.endswith(POINTS) else "percent", number.end)
    if number.value.as_tuple().exponent:  # "BCJ 2.0 members": people and things are counted whole
        return changed(sentence, number)
    return (
        counted(sentence, number)
        or inherited(sentence, number, unit)
        or changed(sentence, number)
        or people_meant(sentence, number, unit)
        or times_used(sentence, number)
    )


def times_used(sentence: str, number: Number) -> Figure | None:
    """ "The spare room was used 33 times" counts its use; "the panel meets six times a year" how it is built."""
    match = TIMES.match(sentence, number.end)
    used = match and number.value > 1 and USED.search(sentence[: number.start])
    return Figure(number, "times", match.end()) if used else None


def money(sentence: str, number: Number) -> Figure:
    match = PER.match(sentence, number.end)
    if not match:
        return Figure(number, number.currency, number.end)
    if match["each"]:
        return Figure(number, f"{number.currency} each", match.end())
    return Figure(number, f"{number.currency} per {rate(match)}", match.end())


def rate(match: re.Match[str]) -> str:
    """What a price is for: week, year, child …"""
    if match["per"]:
        return re.sub(r"^(?:per|an?|each|every)\s+", "", match["per"].lower()).replace("annum", "year")
    if match["short"]:
        return SHORT_PER.get(match["short"].lower()) or match["short"].strip("/").lower()
    return LY_PER[match["ly"].lower()]


def counted(sentence: str, number: Number) -> Figure | None:
    """A count of people or things of the trade, where the sentence says that something was done with them."""
    after = sentence[number.end :]
    noun = unit_after(after, int(number.value)) or some_of_them(after, number)
    if not noun:
        return handed_out(sentence, number)
    end = number.end + noun.length
    counts = is_result(noun, number.value, sentence, number.start, end)
    return Figure(number, noun.unit, end) if counts else None


def some_of_them(after: str, number: Number) -> Noun | None:
    """In "three of the young people now work as mentors" people are counted; "one of the" counts nothing."""
    match = SOME_OF.match(after)
    noun = unit_after(after[match.end() :], 2) if match and number.value > 1 else None
    return replace(noun, length=noun.length + match.end()) if noun and noun.plural in BENEFICIARIES else None


def handed_out(sentence: str, number: Number) -> Figure | None:
    """Things outside the trade's own words count when the sentence hands them out: "sent 40 postcards"."""
    if number.value <= 1:
        return None
    noun = thing_done(sentence[: number.start], sentence[number.end :], int(number.value))
    return Figure(number, noun.unit, number.end + noun.length) if noun else None


def label_for(sentence: str, figure: Figure) -> str:
    """What the figure measures: the words around it, as the sentence has them, cut at the first stop."""
    after = re.split(r"[.;:,](?:\s|$)|\s[–—]\s", sentence[figure.end :].strip(" ,"), maxsplit=1)[0]
    noun = sentence[figure.number.end : figure.end].strip() if figure.number.kind == "count" else ""
    words = f"{noun} {after}".split()
    if len(words) < 3:
        before = re.split(r"[.;:,]\s|\s[–—]\s", sentence[: figure.number.start].strip(" ,"))[-1]
        words = f"{before} {sentence[figure.number.start : figure.end]} {after}".split()
    label = " ".join(words[:40])
    if len(label) > 90:
        label = label[:91].rpartition(" ")[0] or label[:90]
    return label.strip(" ,;:.(")


def period_near(sentence: str, figure: Figure) -> str:
    """The time a sentence gives for its figure, as printed; of several the nearest. A price's "per week" is none."""
    periods = [match for match in PERIOD.finditer(sentence) if not figure.number.start <= match.start() < figure.end]
    if not periods:
        return ""
    nearest = min(
        periods, key=lambda match: min(abs(match.start() - figure.end), abs(figure.number.start - match.end()))
    )
    return "" if figure.number.kind == "money" and nearest.group().lower().startswith("per ") else nearest.group()


def kind_of(sentence: str, figure: Figure) -> str:
    """cost for money; context for what was so anyway; outcome for a change in lives; else activity."""
    if figure.number.kind == "money":
        return "cost"
    if CONTEXT.search(sentence):
        return "context"
    if figure.comparator is not None or figure.number.kind == "percent" or figure.unit.startswith("out of"):
        return "outcome"
    near = sentence[max(0, figure.number.start - 50) : figure.end + 90]
    return "outcome" if RESULT.search(near) else "activity"
