"""Which lines of running text are sub-headings, and which only lead in to what follows."""

from __future__ import annotations

import re

from .addresses import addresses_in

LONGEST = 85  # characters
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
ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)


def could_head(text: str) -> bool:
    """Whether a line has the shape of a sub-heading: short, opening with a capital, without a sentence's end."""
    if len(text) > LONGEST or len(text.split()) > MOST_WORDS or not any(char.isalpha() for char in text):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "‘'(#*&"):
        return False
    if (
        text.endswith((".", "!", ",", ";", "”", '"', "…"))
        or ". " in text
        or "\t" in text
        or SPOKEN.search(text)
        or UNFINISHED.search(text)
    ):
        return False
    return not (ADDRESS.search(text) or addresses_in(text))


def heads_with_colon(text: str) -> bool:
    """ "Direct engagement:" heads what follows; "Outcomes include:" is a sentence that leads in to it."""
    return text.endswith(":") and could_head(text) and len(text.split()) <= 7 and not LEADS_IN.search(text)


def heads_without_colon(text: str) -> bool:
    return (could_head(text) and not text.endswith(":") and not text[0].isdigit()) or is_numbered_title(text)


def is_numbered_title(text: str) -> bool:
    return bool(re.match(r"\d+(?:\.\d+)*[.)]?\s+[A-Z]", text)) and could_head(text) and not text.endswith(":")
