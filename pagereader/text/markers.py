"""The marks before a list item, whichever bullet or numbering its author's program made."""

from __future__ import annotations

import re
from dataclasses import dataclass

ANYWHERE = "•●▪◦·∙‣⁃■□▫○◆◇➢➤►▶✓✔✦❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc§"
BULLET = re.compile(rf"(?:[{ANYWHERE}]\s*|[*–—‐‑−-](?:\s+|$)|o\s+(?=\S))")
NUMBER = re.compile(r"\(?(?P<digits>\d{1,2})(?:[.)]\s+|[.)](?=[A-Z“‘])|[.)]$|\)\s*)")
LETTER = re.compile(
    r"(?:\((?P<both>[a-zA-Z]|[ivx]{1,4})\)|(?P<one>[a-zA-Z]|[ivx]{1,4})\)|(?P<roman>[ivx]{1,4})\.)\s+", re.ASCII
)
STEP = re.compile(
    r"(?:outcome|step|phase|stage|aim|objective|goal|priority|strand|pillar|principle)\s+\d{1,2}\s*[:.)–-]\s+\S",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Marker:
    """`kind`: bullets or numbers. `number` is the one printed (1 for a bullet or letter). `rest`: the item's words."""

    kind: str
    number: int
    rest: str


def marker_of(text: str) -> Marker | None:
    if match := BULLET.match(text):
        return Marker("bullets", 1, text[match.end() :].strip())
    if match := NUMBER.match(text):
        return Marker("numbers", int(match["digits"]), text[match.end() :].strip())
    if match := LETTER.match(text):
        return Marker("numbers", place_of(match["both"] or match["one"] or match["roman"]), text[match.end() :].strip())
    if STEP.match(text):
        return Marker("bullets", 1, text)  # "Outcome 1: …" keeps its words: they are more than a mark
    return None


def place_of(letters: str) -> int:
    """Where "c" or "iii" stands in its list; a lone "i" is read as the first roman numeral."""
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
    letters = letters.lower()
    if letters in roman:
        return roman[letters]
    return ord(letters) - ord("a") + 1 if len(letters) == 1 else 1
