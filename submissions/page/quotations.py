"""Quotations: which text is one, who speaks, and which never close."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENERS, CLOSERS = "“«", "”»"
MARKS = "“”«»\"‘’'"
CREDIT = re.compile(
    r"\s*[.,]?\s*(?:[-–—~]\s*\(?(?P<dash>[^()“”\"]{2,80}?)\)?|\((?P<bracket>[^()“”\"]{2,80})\)"
    r"|,\s*(?P<comma>[A-Z][^()“”\".]{2,60}))\s*[.]?\s*$"
)
CREDIT_LINE = re.compile(r"(?:[-–—~]\s*(?P<dash>\(?[A-Z][^“”\".]{1,80}?\)?)|\((?P<bracket>[^()“”\"]{2,80})\))\.?$")
PERSON = re.compile(
    r"\b(?:young (?:person|people|man|woman|adult|carer|advis[eo]r|inspector|parent)|yp|pa|parents?"
    r"|mothers?|mums?|dads?|fathers?|carers?|child|children"
    r"|care[- ]leavers?|care[- ]experienced|staff|social worker|practitioner|member|participant|student"
    r"|pupil|apprentice|intern|mentor|mentee|aged|age|year[- ]old|teacher"
    r"|headteacher|manager|director|foster|grand(?:mother|parent|father)|family|volunteer|officer|adviser"
    r"|advisor|worker|trainer|feedback|senco|nurse|partner|resident"
    r"|girl|boy|sibling|brother|sister|guardian|attendee|colleague|professional|youth|learner|[A-Z]\.?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quotation:
    """A text that is somebody's words: `quote` with its marks as printed, `credit` as printed, `speaker` in words."""

    quote: str
    credit: str = ""
    speaker: str = ""
    closed: bool = True


def quotation_of(text: str) -> Quotation | None:
    """The quotation that a whole paragraph is, or None when it only contains one or none."""
    if text[:1] in OPENERS:
        return curly_quotation(text)
    if text[:1] == '"':
        return straight_quotation(text)
    if text[:1] in "‘'":
        return single_quotation(text)
    return unopened_quotation(text)


def curly_quotation(text: str) -> Quotation | None:
    depth = 0
    for at, char in enumerate(text):
        depth += (char in OPENERS) - (char in CLOSERS)
        if depth == 0:
            return closed_quotation(text, at) or (reopened_quotation(text, at))
    if len(text.split()) < 3:
        return None
    last = max(text.rfind(mark) for mark in CLOSERS)
    if last > 0 and (found := closed_quotation(text, last)):
        return found  # an inner quotation opened and never closed
    return Quotation(text, closed=False)


def reopened_quotation(text: str, at: int) -> Quotation | None:
    """“…,” she said, “…”: one speaker's words with the telling between them stay one quotation only if they end it."""
    between = text[at + 1 : at + 60]
    if text[at - 1] == "," and text.rstrip(" .")[-1:] in CLOSERS and any(mark in between for mark in OPENERS):
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


def straight_quotation(text: str) -> Quotation | None:
    at = text.find('"', 1)
    if at == -1:
        return Quotation(text, closed=False) if len(text.split()) >= 5 else None
    found = closed_quotation(text, at)
    if found or text.count('"') % 2:
        return found or (Quotation(text, closed=False) if text.count('"') == 1 else None)
    return closed_quotation(text, text.rfind('"')) if text[at - 1] not in ".!?," else None


def single_quotation(text: str) -> Quotation | None:
    closers = single_closers(text)
    if not closers:
        return Quotation(text, closed=False) if len(text.split()) >= 8 and text[0] == "‘" else None
    found = closed_quotation(text, closers[-1])
    spoken = len(text.split()) >= 6 or text[closers[-1] - 1] in ".!?"
    return found if found and spoken and (len(closers) == 1 or text[0] == "‘") else None


def single_closers(text: str) -> list[int]:
    """Where a single mark can close: not before a letter, as an apostrophe stands."""
    return [
        at
        for at, char in enumerate(text)
        if at and char in "’'" and not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace()
    ]


def unopened_quotation(text: str) -> Quotation | None:
    """Somebody's words whose opening mark was forgotten."""
    if not any(mark in text for mark in CLOSERS) or any(mark in text for mark in OPENERS):
        return None
    at = max(text.rfind(mark) for mark in CLOSERS)
    if sum(text.count(mark) for mark in CLOSERS) != 1 or len(text[:at].split()) < 6:
        return None
    return closed_quotation(text, at)


def credit_line(text: str) -> str:
    """The speaker a short line after a quotation names ("– Young person, 17"), or "" when it names none."""
    match = CREDIT_LINE.fullmatch(text)
    if not match or len(text.split()) > 12:
        return ""
    return speaker_of(match)


def is_open(text: str) -> bool:
    """Whether a quotation that began this text is still running at its end."""
    if text[:1] in OPENERS:
        return sum((char in OPENERS) - (char in CLOSERS) for char in text) > 0
    if text[:1] == '"':
        return text.count('"') % 2 == 1
    return False


def unclosed_marks(text: str) -> list[int]:
    """Where each quotation that never closes begins."""
    return sorted(unclosed_curly(text) + unclosed_straight(text) + unclosed_single(text))


def unclosed_curly(text: str) -> list[int]:
    found, opened = [], None
    for at, char in enumerate(text):
        if char in OPENERS:
            if opened is not None:
                found.append(opened)
            opened = at
        elif char in CLOSERS or char == '"':
            opened = None
    return [*found, opened] if opened is not None else found


def unclosed_straight(text: str) -> list[int]:
    marks = [at for at, char in enumerate(text) if char == '"' and not (at and text[at - 1].isdigit())]
    if len(marks) % 2 == 0:
        return []
    if any(mark in text for mark in OPENERS):  # “ closed by a straight mark
        return []
    openers = [at for at in marks if at == 0 or text[at - 1] in " (\t[–—"]
    return openers[-1:]


def unclosed_single(text: str) -> list[int]:
    opened = [at for at, char in enumerate(text) if char == "‘" and (at == 0 or not text[at - 1].isalnum())]
    if not opened:
        return []
    last = opened[-1]
    closes = any(at > last for at in single_closers(text))
    return [] if closes or re.match(r"‘\d\ds?\b|‘(?:em|til|cause|tis)\b", text[last:]) else [last]
