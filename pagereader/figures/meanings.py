"""What a figure means in its sentence: its label, its period, and whether it is outcome, activity, cost or context."""

from __future__ import annotations

import re

from .comparisons import Found
from .numbers import MONTH

YEAR = r"(?:19|20)\d\d"
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


def label_for(sentence: str, found: Found) -> str:
    """What the figure measures: the words around it, as the sentence has them, cut at the first stop."""
    after = re.split(r"[.;:,](?:\s|$)|\s[–—]\s", sentence[found.end :].strip(" ,"), maxsplit=1)[0]
    noun = sentence[found.number.end : found.end].strip() if found.number.kind == "count" else ""
    words = f"{noun} {after}".split()
    if len(words) < 3:
        before = re.split(r"[.;:,]\s|\s[–—]\s", sentence[: found.number.start].strip(" ,"))[-1]
        words = f"{before} {sentence[found.number.start : found.end]} {after}".split()
    label = " ".join(words[:40])
    if len(label) > 90:
        label = label[:91].rpartition(" ")[0] or label[:90]
    return label.strip(" ,;:.(")


def period_near(sentence: str, found: Found) -> str:
    """The time a sentence gives for its figure, as printed; of several the nearest. A price's "per week" is none."""
    periods = [match for match in PERIOD.finditer(sentence) if not found.number.start <= match.start() < found.end]
    if not periods:
        return ""
    nearest = min(periods, key=lambda match: min(abs(match.start() - found.end), abs(found.number.start - match.end())))
    return "" if found.number.kind == "money" and nearest.group().lower().startswith("per ") else nearest.group()


def kind_of(sentence: str, found: Found) -> str:
    """cost for money; context for what was so anyway; outcome for a change in lives; else activity."""
    if found.number.kind == "money":
        return "cost"
    if CONTEXT.search(sentence):
        return "context"
    if found.comparator is not None or found.number.kind == "percent" or found.unit.startswith("out of"):
        return "outcome"
    near = sentence[max(0, found.number.start - 50) : found.end + 90]
    return "outcome" if RESULT.search(near) else "activity"
