"""Where sentences end, and which lines are sentences at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

END = re.compile(r"(?:[.!?…]+[\"”’')\]]*\.?)\s+")
OPENS = re.compile(r"[\"“‘'(\[]*[A-Z0-9£$€@•]")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|dr|mr|mrs|ms|st|prof|cllr|no|fig|ref|dept|ltd|p\.a|al|cf|inc|jr"
    r"|rev|hon)|\b[A-Z])\.$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"(?:^|\s)[A-Z]\.$")


@dataclass(frozen=True)
class Sentence:
    text: str
    start: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a paragraph, each exactly as it stands there, with its place."""
    found, start = [], 0
    for match in END.finditer(text):
        before = text[max(start, match.start() - 12) : match.start() + 1]
        if not OPENS.match(text, match.end()) or is_abbreviated(before):
            continue
        found.append(Sentence(text[start : match.end()].rstrip(), start))
        start = match.end()
    if text[start:].strip():
        found.append(Sentence(text[start:].rstrip(), start))
    return found


def is_abbreviated(before: str) -> bool:
    """Whether the full stop that ends `before` belongs to an abbreviation or an initial ("Dr.", "J.")."""
    last = before.rsplit(None, 1)[-1] if before.split() else ""
    return bool(INITIAL.search(last) or (ABBREVIATION.fullmatch(last) and not re.fullmatch(r"[A-Z]\.", last)))


def is_sentence(text: str) -> bool:
    """Whether a line reads as running text rather than as a name, a title or a list of names."""
    words = text.split()
    if len(words) >= 8 and text.endswith((".", "!", "?")) and text.count(",") + text.count(";") < len(words) / 4:
        return bool(VERB.search(text)) or len(words) > 25
    if re.search(r"[a-z)’][.!?]\s+[A-Z]", text) and len(words) > 12:
        return True
    return len(words) > 45 and text.count(";") < 3


VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|can|could|would|should|may|do|does|did|we|they|it"
    r"|this|these|our|works?|provides?|supports?"
    r"|helps?|offers?|aims?|developed|delivered|launched|created|began|started|runs?|led|set|came|made)\b",
    re.IGNORECASE,
)


def ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?…][\"”’')\]]*\.?$", text))
