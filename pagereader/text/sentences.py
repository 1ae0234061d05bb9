"""Where sentences end, and which lines are sentences, sub-headings or only a part of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
