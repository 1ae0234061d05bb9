"""Running text in its pieces: blocks, their passages and their sentences, with the lines they are on.

Where a sentence ends, and which lines are sentences, sub-headings or only a part of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from .addresses import WEB_ADDRESS, addresses_in

END = re.compile(r"(?:[.!?…]+[\"”’')\]]*\.?)\s+")
OPENS = re.compile(r"[\"“‘'(\[]*[A-Z0-9£$€@•]")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|dr|mr|mrs|ms|st|prof|cllr|no|fig|ref|dept|ltd|p\.a|al|cf|inc|jr"
    r"|rev|hon)|\b[A-Z])\.$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"(?:^|\s)[A-Z]\.$")
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|can|could|would|should|may|do|does|did|we|they|it"
    r"|this|these|our|works?|provides?|supports?"
    r"|helps?|offers?|aims?|developed|delivered|launched|created|began|started|runs?|led|set|came|made)\b",
    re.IGNORECASE,
)
MID_SENTENCE = re.compile(
    r"(?:[,;(–—&-]|\b(?:the|a|an|and|or|of|to|in|for|with|by|at|from|on|as|our|their|its|his|her|that"
    r"|which|who|is|are|was|were|be|been|has|have|had|will|this|these|those|we|they"
    r"|it|but|not|than|into|through|between|because|so|if|when|where))$",
    re.IGNORECASE,
)
# Lines that head what follows.
LONGEST_SUBHEADING = 85  # characters
MOST_WORDS = 13
LEADS_IN = re.compile(
    r"\b(?:includes?|included|including|are|were|is|was|has|have|had|do|does|did|will|can|could|would"
    r"|should|by|made|makes?|says?|said|told|asked|addresses"
    r"|builds?|introduced|shared|show(?:s|ed)?|found|reported|means?|involves?|involved|saw|see|following"
    r"|follows|below|delivered|supported|helped|captured"
    r"|offers?|provides?|we|they|i|such as|to)\b",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(?:the|an?|and|or|of|to|in|for|with|by|at|from|on|as|our|their|its|is|are|was|that|which)$")
SPOKEN = re.compile(r"[.!?][\"'”’)]+$")
NUMBERED = re.compile(r"\d+(?:\.\d+)*[.)]?\s+[A-Z]")


@dataclass(frozen=True)
class Link:
    """Words that lead to a web address. `place`: where they begin in a block's text (of item `item`), of a line counted
    back from its end."""

    place: int
    words: str
    url: str
    item: int = 0


@dataclass(frozen=True)
class Block:
    """One piece of running text. `kind`: paragraph, heading, bullets, numbers or quote."""

    kind: str
    lines: tuple[int, ...]
    text: str = ""  # paragraph, heading, quote (with its quotation marks as printed)
    items: tuple[str, ...] = ()  # bullets and numbers
    speaker: str = ""  # quote: who speaks, in the page's words ("Young person"), "" when not stated
    credit: str = ""  # quote: the speaker's credit as printed ("(Young person)", "– (YP 21)")
    starts: tuple[int, ...] = ()  # paragraph, heading, quote: where in `text` each of `lines` begins
    item_lines: tuple[int, ...] = ()  # bullets and numbers: the first line of each item
    start: int = 1  # numbers: the number printed before the first item
    links: tuple[Link, ...] = ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its stretches of text: each item of a list, or all of any other block."""
        if self.items:
            return tuple(Passage(item, self, line) for item, line in zip(self.items, self.item_lines, strict=True))
        return (Passage(self.text, self, self.lines[0]),)


@dataclass(frozen=True)
class Passage:
    """A stretch of a block's text, and the line of its first word."""

    text: str
    block: Block
    line: int

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [replace(sentence, line=self.line_at(sentence.start)) for sentence in sentences_of(self.text)]

    def line_at(self, place: int) -> int:
        """The line of the character at this place."""
        lines = [line for line, start in zip(self.block.lines, self.block.starts, strict=False) if start <= place]
        return lines[-1] if lines else self.line


def passages_of(blocks: Iterable[Block]) -> Iterator[Passage]:
    return (passage for block in blocks for passage in block.passages)


@dataclass(frozen=True)
class Sentence:
    """A sentence exactly as printed. `start`: where it begins in its text. `line`: on which line of the page."""

    text: str
    start: int
    line: int = 0


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text, in order."""
    sentences, start = [], 0
    for match in END.finditer(text):
        before = text[max(start, match.start() - 12) : match.start() + 1]
        if not OPENS.match(text, match.end()) or is_abbreviated(before):
            continue
        sentences.append(Sentence(text[start : match.end()].rstrip(), start))
        start = match.end()
    if text[start:].strip():
        sentences.append(Sentence(text[start:].rstrip(), start))
    return sentences


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


def ends_sentence(text: str) -> bool:
    return bool(re.search(r"[.!?…][\"”’')\]]*\.?$", text))


def is_ended(text: str) -> bool:
    """Whether a text has an end: a sentence's, a colon, a closing mark or an address."""
    if ends_sentence(text) or text.endswith((":", "”", '"', "’", ")", "]")):
        return True
    return bool(WEB_ADDRESS.search(text) or addresses_in(text))


def could_head(text: str) -> bool:
    """Whether a line has the shape of a sub-heading: short, opening with a capital, without a sentence's end."""
    if len(text) > LONGEST_SUBHEADING or len(text.split()) > MOST_WORDS or not any(char.isalpha() for char in text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "‘'(#*&"):
        return False
    if text.endswith((".", "!", ",", ";", "”", '"', "…")) or ". " in text or "\t" in text:
        return False
    return not (SPOKEN.search(text) or UNFINISHED.search(text) or WEB_ADDRESS.search(text) or addresses_in(text))


def heads_with_colon(text: str) -> bool:
    """ "Direct engagement:" heads what follows; "Outcomes include:" is a sentence that leads in to it."""
    return text.endswith(":") and could_head(text) and len(text.split()) <= 7 and not LEADS_IN.search(text)


def heads_without_colon(text: str) -> bool:
    if text.endswith(":") or not could_head(text):
        return False
    return not text[0].isdigit() or bool(NUMBERED.match(text))


def shortened(text: str, from_end: bool = False) -> str:
    """At most about 90 characters of a text, cut between words."""
    if len(text) <= 90:
        return text
    if from_end:
        return "… " + (text[-90:].partition(" ")[2] or text[-90:])
    return (text[:90].rpartition(" ")[0] or text[:90]) + " …"
