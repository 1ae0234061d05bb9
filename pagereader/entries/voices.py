"""Words of one person, from a quotation of their own or from inside a paragraph."""

from __future__ import annotations

import re

from ..records import Block, Voice
from ..text.blocks import line_at, passages
from ..text.quotations import CLOSERS, MARKS, PERSON, curled

QUOTED = re.compile(r"[“«]([^“”«»]+)[”»]|[“«]([^“”«»]+?)(?=\s\((?:YP|young|aged)\b)", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|me|my|we|our|us|you|your)\b")
FROM_A_PAPER = re.compile(
    r"\b(?:offer|polic(?:y|ies)|guidance|plan|strategy|report|act|standards?|document|framework|criteria"
    r"|motion|charter|pledge)\s+(?:states?|says|reads|stated|sets out)\b",
    re.IGNORECASE,
)
AFTERWARDS = re.compile(r"\s*(?:[-–—]\s*)?\((?P<bracket>[^()]{2,60})\)|\s*[-–—]\s*(?P<dash>[A-Z][^.“”\"()]{1,60})")
BEFORE = re.compile(
    r"(?:^|[.!?”]\s+)(?P<who>[A-Z][^.!?“”:]{1,60}?)\s*(?:said|says|told us|shared|commented|reported|wrote"
    r"|explained|reflected)?\s*[:,]?\s*$"
)


def voices_of(*parts: tuple[Block, ...]) -> tuple[Voice, ...]:
    """The voices in some blocks, in the order they stand."""
    found: list[Voice] = []
    for blocks in parts:
        for text, block, line in passages(blocks):
            if block.kind == "quote":
                found.append(Voice(unmarked(text), block.speaker, line))
            elif block.kind != "heading":
                found += voices_inside(text, block, line)
    return tuple(found)


def unmarked(text: str) -> str:
    """Without the outer quotation marks."""
    text = text.strip()
    if text[:1] in MARKS:
        text = text[1:]
    text = re.sub(r"([”»\"])\.$", r"\1", text)
    if text[-1:] in CLOSERS + '"' or (text[-1:] in "’'" and text[-2:-1] in ".!?,"):
        text = text[:-1]
    return text.strip()


def voices_inside(text: str, block: Block, line: int) -> list[Voice]:
    found = []
    for match in QUOTED.finditer(curled(text)):
        place = match.span(match.lastindex)
        quote = text[slice(*place)].strip()
        credit = AFTERWARDS.match(text, match.end())
        before = text[max(0, match.start() - 160) : match.start()]
        speaker = credited_to(credit) or speaker_before(before)
        if is_voice(quote, bool(speaker), before):
            found.append(Voice(quote, speaker, line_at(block, match.start(), line)))
    return found


def credited_to(credit: re.Match[str] | None) -> str:
    """Who the words after a quotation say has spoken: a kind of person, or a name with an age."""
    if credit is None:
        return ""
    who = (credit["bracket"] or credit["dash"]).strip()
    return who if PERSON.search(who) or re.fullmatch(r"[A-Z]\w+,? \(?\d{1,2}\)?", who) else ""


def is_voice(quote: str, credited: bool, before: str) -> bool:
    """Whether quoted words are speech and no term, title or passage from a paper."""
    words = len(quote.split())
    if FROM_A_PAPER.search(before[-120:]):
        return False
    if credited:
        return words >= 2
    return words >= 6 and bool(FIRST_PERSON.search(quote)) and quote[0].isupper()


def speaker_before(before: str) -> str:
    """Who the words just before a quotation say is speaking ("One parent said: …"), "" when they do not."""
    match = BEFORE.search(before[-120:])
    return match["who"].strip() if match and PERSON.search(match["who"]) and before.rstrip()[-1:] in ":," else ""
