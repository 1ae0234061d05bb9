"""Quotations: which text is one, who speaks, and which never close."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENERS, CLOSERS = "“«", "”»"
DOUBLE = re.compile(f"[{OPENERS}{CLOSERS}]")
OPENING_SINGLE = re.compile(r"(?<![^\W_])‘")
MARKS = "“”«»\"‘’'"
FACING_RIGHT = re.compile(r"(?<![^\s(\[–—/:-])[\"'](?=[^\s\"'])")  # a straight mark with a gap before it and none after
CLIPPED = re.compile(r"‘(?:\d\ds?|em|til|cause|tis|bout)\b")  # an apostrophe turned the wrong way: ‘90s
CREDIT = re.compile(
    r"\s*[.,]?\s*(?:[-–—~]\s*\(?(?P<dash>[^()“”\"]{2,80}?)\)?|\((?P<bracket>[^()“”\"]{2,80})\)"
    r"|,\s*(?P<comma>[A-Z][^()“”\".]{2,60}))\s*[.]?\s*$"
)
CREDIT_LINE = re.compile(r"(?:[-–—~]\s*(?P<dash>\(?[A-Z][^“”\".]{1,80}?\)?)|\((?P<bracket>[^()“”\"]{2,80})\))\.?$")
FROM_A_PAPER = re.compile(
    r"\b(?:offer|polic(?:y|ies)|guidance|plan|strategy|report|act|standards?|document|framework|criteria"
    r"|motion|charter|pledge)\s+(?:states?|says|reads|stated|sets out)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quotation:
    """A text that is somebody's words: `quote` with its marks as printed, `credit` as printed, `speaker` in words."""

    quote: str
    credit: str = ""
    speaker: str = ""
    closed: bool = True


def with_curly_marks(text: str) -> str:
    """The same text with each straight quotation mark turned the way it faces; every place stays the same."""
    if '"' not in text and "'" not in text:
        return text
    return FACING_RIGHT.sub(lambda mark: "“" if mark.group() == '"' else "‘", text).replace('"', "”").replace("'", "’")


def quotation_of(text: str) -> Quotation | None:
    """The quotation that a whole paragraph is, or None when it only contains one or none."""
    marks = with_curly_marks(text)
    if marks[:1] in OPENERS:
        return double_quotation(text, marks)
    if marks[:1] == "‘":
        return single_quotation(text, marks)
    return unopened_quotation(text, marks)


def double_quotation(text: str, marks: str) -> Quotation | None:
    depth = 0
    for at, char in enumerate(marks):
        depth += (char in OPENERS) - (char in CLOSERS)
        if depth == 0:
            return closed_quotation(text, at) or reopened_quotation(text, marks, at)
    if len(text.split()) < 3:
        return None
    last = max(marks.rfind(mark) for mark in CLOSERS)
    if last > 0 and (quotation := closed_quotation(text, last)):
        return quotation  # an inner quotation opened and never closed
    return Quotation(text, closed=False)


def reopened_quotation(text: str, marks: str, at: int) -> Quotation | None:
    """In “…,” she said, “…” one speaker's words stay one quotation, with what is between them."""
    between = marks[at + 1 : at + 60]
    if text[at - 1] == "," and marks.rstrip(" .")[-1:] in CLOSERS and any(mark in between for mark in OPENERS):
        return Quotation(text)
    return None


def closed_quotation(text: str, at: int) -> Quotation | None:
    """The quotation when nothing but a credit follows its closing mark."""
    rest = text[at + 1 :]
    if not rest.strip(" .,"):
        return Quotation(text)
    if match := CREDIT.fullmatch(rest):
        stop = at + 2 if rest[0] == "." else at + 1  # a full stop after the closing mark stays with the words
        return Quotation(text[:stop], text[stop:].strip(), speaker_of(match))
    return None


def speaker_of(match: re.Match[str]) -> str:
    """The credit's words without its brackets and dashes."""
    return next(group for group in match.groupdict().values() if group).strip(" ()–—-.,")


def single_quotation(text: str, marks: str) -> Quotation | None:
    closers = single_closers(marks)
    if not closers:
        return Quotation(text, closed=False) if len(text.split()) >= 8 else None
    quotation = closed_quotation(text, closers[-1])
    spoken = len(text.split()) >= 6 or text[closers[-1] - 1] in ".!?"
    return quotation if quotation and spoken else None


def single_closers(marks: str) -> list[int]:
    """Where a single mark can close: not before a letter, where it is an apostrophe."""
    return [
        at
        for at, char in enumerate(marks)
        if char == "’" and at and not marks[at + 1 : at + 2].isalnum() and not marks[at - 1].isspace()
    ]


def closes_only(text: str) -> bool:
    """Whether a text ends a quotation that another opened."""
    return unopened_quotation(text, with_curly_marks(text), least=1) is not None


def unopened_quotation(text: str, marks: str, least: int = 6) -> Quotation | None:
    """Somebody's words whose opening mark was forgotten. `least`: how many there must be to be sure."""
    if any(mark in marks for mark in OPENERS) or sum(marks.count(mark) for mark in CLOSERS) != 1:
        return None
    at = max(marks.rfind(mark) for mark in CLOSERS)
    return closed_quotation(text, at) if len(text[:at].split()) >= least else None


def credit_line(text: str) -> str:
    """The speaker a short line after a quotation names ("– Young person, 17"), or "" when it names none."""
    match = CREDIT_LINE.fullmatch(text)
    if not match or len(text.split()) > 12:
        return ""
    return speaker_of(match)


def is_open(text: str) -> bool:
    """Whether a quotation that began this text is still running at its end."""
    marks = with_curly_marks(text)
    return marks[:1] in OPENERS and sum((char in OPENERS) - (char in CLOSERS) for char in marks) > 0


def unclosed_marks(text: str) -> list[int]:
    """Where each quotation that never closes begins."""
    marks = with_curly_marks(text)
    return sorted(unclosed_double(marks) + unclosed_single(marks))


def unclosed_double(marks: str) -> list[int]:
    unclosed, opened = [], None
    for mark in DOUBLE.finditer(marks):
        if mark.group() in CLOSERS:
            opened = None
            continue
        if opened is not None:
            unclosed.append(opened)
        opened = mark.start()
    return [*unclosed, opened] if opened is not None else unclosed


def unclosed_single(marks: str) -> list[int]:
    opened = [mark.start() for mark in OPENING_SINGLE.finditer(marks)]
    if not opened:
        return []
    last = opened[-1]
    closes = any(at > last for at in single_closers(marks))
    return [] if closes or CLIPPED.match(marks, last) else [last]
