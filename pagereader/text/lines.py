"""The lines of a page, from the bytes of its file: decoded, cleaned of what cannot be seen, each with its mark, its
label and its addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from .addresses import Address, addresses_in
from .cleaning import SOFT_BREAK, clean_typed, unwrapped_in
from .labels import Label, label_of
from .passages import Link, is_sentence

LONGEST_FILE = 12_000_000  # bytes
LONGEST_TEXT = 1_000_000  # characters; the longest category page so far has 95,000
MOST_LINES = 20_000  # with words; the longest category page so far has 500
LONGEST_LINE = 20_000  # characters; no author writes 3,000 words without a line break

BINARY = "This is a binary file, not text: save the page as plain text (UTF-8) and read that."
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LINK = re.compile(r"\[(?P<words>[^\[\]]{1,400})\]\((?P<url>https?://[^\s()]{1,2000})\)", re.IGNORECASE)
ENTITIES = {"&amp;": "&", "&nbsp;": " "}

# Bullets and numbering, whichever the author's program made.
BULLETS = "•●▪◦·∙‣⁃■□▫○◆◇➢➤►▶✓✔✦❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc§"
BULLET = re.compile(rf"(?:[{BULLETS}]\s*|[*–—‐‑−-](?:\s+|$)|o\s+(?=\S))")
NUMBER = re.compile(r"\(?(?P<digits>\d{1,2})(?:[.)]\s+|[.)](?=[A-Z“‘])|[.)]$|\)\s*)")
LETTER = re.compile(
    r"(?:\((?P<both>[a-zA-Z]|[ivx]{1,4})\)|(?P<one>[a-zA-Z]|[ivx]{1,4})\)|(?P<roman>[ivx]{1,4})\.)\s+", re.ASCII
)
STEP = re.compile(
    r"(?:outcome|step|phase|stage|aim|objective|goal|priority|strand|pillar|principle)\s+\d{1,2}\s*[:.)–-]\s+\S",
    re.IGNORECASE,
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


class NotAPage(ValueError):
    """The text is no category page. The message is one sentence a person can act on."""

    def __init__(self, message: str, line: int | None = None):
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Marker:
    """The mark before a list item. `kind`: bullets or numbers. `number`: the one printed (1 for a bullet). `rest`: the
    item's words."""

    kind: str
    number: int
    rest: str


@dataclass(frozen=True)
class Line:
    """One non-blank line of a page, without outer spaces.

    `number`: in the file, from 1. `length`: of the whole line, also where only the text after a label is left.
    `wrapped`: the line above broke only because the page's column ended there. `links`: their places are counted back
    from the end of the text, because what precedes them may be cut off.
    """

    number: int
    text: str
    indent: int = 0
    after_blank: bool = True
    length: int = 0
    links: tuple[Link, ...] = ()
    wrapped: bool = False

    @cached_property
    def marker(self) -> Marker | None:
        return marker_of(self.text)

    @cached_property
    def label(self) -> Label | None:
        return label_of(self.text)

    @cached_property
    def addresses(self) -> list[Address]:
        return addresses_in(self.text)

    @cached_property
    def is_sentence(self) -> bool:
        return is_sentence(self.text)

    @property
    def opens_an_entry(self) -> bool:
        return bool(self.label and self.label.opens_an_entry)

    def after_label(self) -> Line:
        """The same line with only what follows its label."""
        return replace(self, text=self.label.rest.strip(), wrapped=False)


def decode(data: bytes) -> str:
    """UTF-8 with or without a byte-order mark, UTF-16 with one, else Windows-1252. Raises NotAPage on binary data."""
    if len(data) > LONGEST_FILE:
        raise NotAPage(f"The file has {len(data):,} bytes, far more than a category page: read one page at a time.")
    if data.startswith(UTF_16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise NotAPage(BINARY) from error
    if b"\0" in data:
        raise NotAPage(BINARY)
    text = data.decode("utf-8-sig", "surrogateescape")
    strays = sum("\udc80" <= char <= "\udcff" for char in text)
    if not strays:
        return text
    # A UTF-8 page with a few broken bytes (a paste from elsewhere, a cut) stays UTF-8: the rest would turn to "â€™".
    readable = sum(char > "\x7f" for char in text) - strays
    if readable > 2 * strays:
        return "".join(windows_1252(char) if "\udc80" <= char <= "\udcff" else char for char in text)
    if sum(byte < 9 or 13 < byte < 32 for byte in data) > len(data) // 100:
        raise NotAPage(BINARY)
    return data.decode("windows-1252", "replace")


def windows_1252(stray: str) -> str:
    """The character that a byte which is no UTF-8 means in Windows-1252."""
    return bytes([ord(stray) - 0xDC00]).decode("windows-1252", "replace")


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of `text`. Raises NotAPage when the text is empty, binary or too long to be a page."""
    refuse_what_is_no_text(text)
    lines, blank = [], True
    for number, physical in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if len(physical) > LONGEST_LINE:
            raise NotAPage(
                f"Line {number} is {len(physical):,} characters long, so this is no page with headings and paragraphs: "
                "save the page as plain text with its line breaks.",
                number,
            )
        for part in SOFT_BREAK.split(physical):
            line = visible_line(number, part, blank)
            blank = line is None
            if line:
                lines.append(line)
        if len(lines) > MOST_LINES:
            raise NotAPage(f"The text has over {MOST_LINES:,} lines, far more than any page: read one at a time.")
    if not lines:
        raise NotAPage("The text is empty: choose the file that holds the category page.")
    return with_wraps(lines)


def refuse_what_is_no_text(text: str) -> None:
    """Raises NotAPage for a binary file read as text, and for more text than a page can hold."""
    if "\0" in text[:LONGEST_TEXT] or text.count("\ufffd") > max(10, len(text) // 100):
        raise NotAPage(BINARY)
    if len(text) > LONGEST_TEXT and "\n" in text[:LONGEST_LINE]:
        raise NotAPage(
            f"The text has {len(text):,} characters, far more than a category page: read one page at a time."
        )


def visible_line(number: int, text: str, after_blank: bool) -> Line | None:
    """The line as a reader sees it, or None when there is nothing to see."""
    text = clean_typed(text)
    for entity, char in ENTITIES.items():
        text = text.replace(entity, char)
    text, links = without_links(unwrapped_in(text).rstrip())
    stripped = text.strip()
    if not stripped:
        return None
    indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
    return Line(number, stripped, indent, after_blank, indent + len(stripped), links)


def without_links(text: str) -> tuple[str, tuple[Link, ...]]:
    """The text with “[words](address)” as the words alone, and where the addresses belong."""
    if "](" not in text:
        return text, ()
    clean, at, links = "", 0, []
    for match in LINK.finditer(text):
        clean += text[at : match.start()]
        links.append((len(clean), match["words"], match["url"]))
        clean, at = clean + match["words"], match.end()
    clean += text[at:]
    return clean, tuple(Link(len(clean) - place, words, url) for place, words, url in links)


def with_wraps(lines: list[Line]) -> list[Line]:
    """The same lines, and which of them only go on because the page breaks its lines at a column."""
    column = max(line.length for line in lines)
    if column > 140 or len(lines) < 12:
        return lines
    go_on = sum(
        not after.after_blank and after.text[0].islower() and before.text[-1] not in ".!?:;”"
        for before, after in pairwise(lines)
    )
    if go_on < max(6, len(lines) // 8):
        return lines
    return lines[:1] + [
        replace(line, wrapped=True)
        if not line.after_blank and before.length + 1 + len(line.text.split(None, 1)[0]) > column
        else line
        for before, line in pairwise(lines)
    ]


def marker_of(text: str) -> Marker | None:
    if match := BULLET.match(text):
        return Marker("bullets", 1, text[match.end() :].strip())
    if match := NUMBER.match(text):
        return Marker("numbers", int(match["digits"]), text[match.end() :].strip())
    if match := LETTER.match(text):
        letters = match["both"] or match["one"] or match["roman"]
        return Marker("numbers", place_of(letters.lower()), text[match.end() :].strip())
    if STEP.match(text):
        return Marker("bullets", 1, text)  # "Outcome 1: …" keeps its words: they are more than a mark
    return None


def place_of(letters: str) -> int:
    """The place of "c" or "iii" in its list; a lone "i" is read as the first roman numeral."""
    if letters in ROMAN:
        return ROMAN.index(letters) + 1
    return ord(letters) - ord("a") + 1 if len(letters) == 1 else 1
