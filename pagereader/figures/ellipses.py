"""Counts whose noun was said before: "31 units, 9 of which …", "Of the 35 families, 28 stayed together"."""

from __future__ import annotations

import re

from .comparisons import Found
from .numbers import Number

OF_WHICH = re.compile(r"\s+of (?:which|whom|these|those|them)\b", re.IGNORECASE)
LEADS_ON = re.compile(r"(?:\b(?:and|whom|which|those|these|them)|[,;])[\s,]*$", re.IGNORECASE)
PLACED = re.compile(r"\s+(?:via|through|from|with|in|by|are|were)\b", re.IGNORECASE)
DID = re.compile(
    r"(?:\s*\([^()]*\))?\s+(?:(?:have|had|has|were|are|did|also|now|all|more|since|not|then|went on to)\s+)*"
    r"(?:stay|complet|mov|gain|secur|start|return|re-enter|progress|achiev|pass|graduat|remain|attend|report|said|say"
    r"|found|went|gone|still|liv|work|in work|in educat|in employ|in assess|in train|accept|reunif|adopt|train|recruit"
    r"|qualif|left|felt|feel|agree|chose|join|avoid|sustain|obtain|access|us|like|need|ha[ds])",
    re.IGNORECASE,
)


GOES_BACK = re.compile(r"(?:[\w-]+\s+){0,3}?(?:of|from|among) (?:those|these|them|this group)\b", re.IGNORECASE)


def inherited(sentence: str, number: Number, unit: str) -> Found | None:
    """A count that shares the noun counted just before it. `unit`: what that was, "" when nothing was counted."""
    if not unit:
        return None
    if match := OF_WHICH.match(sentence, number.end):
        return Found(number, unit, match.end())
    if not LEADS_ON.search(sentence[: number.start]):
        return None
    listed = OF_WHICH.search(sentence, 0, number.start) and PLACED.match(sentence, number.end)
    did = unit == "people" and DID.match(sentence, number.end)
    return Found(number, unit, number.end) if listed or did else None


def goes_back(sentence: str) -> bool:
    """Whether a sentence speaks on of what the one before it counted ("Of those, 5 returned home")."""
    return bool(GOES_BACK.match(sentence))
