"""The physical lines of a page, cleaned of what cannot be seen and checked for being text at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ..records import Link, NotAPage
from .cleaning import SOFT_BREAK, clean_typed, unwrapped_in

LONGEST_TEXT = 1_000_000  # characters; the longest category page so far has 95,000
MOST_LINES = 20_000  # with words; the longest category page so far has 500
LONGEST_LINE = 20_000  # characters; no author writes 3,000 words without a line break

LINK = re.compile(r"\[(?P<words>[^\[\]]{1,400})\]\((?P<url>https?://[^\s()]{1,2000})\)", re.IGNORECASE)
ENTITIES = {"&amp;": "&", "&nbsp;": " "}


@dataclass(frozen=True)
class Line:
    """One non-blank line: its number in the file (from 1), its text without outer spaces, what stood before it.

    `length` is that of the whole physical line, also where only the text after a label is left. `links`: the places of
    linked words, counted from the end of the text: what stands before them may be taken off.
    """

    number: int
    text: str
    indent: int = 0
    after_blank: bool = True
    length: int = 0
    links: tuple[Link, ...] = ()


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of `text`. Raises NotAPage when the text is empty, binary or too long to be a page."""
    refuse_what_is_no_text(text)
    found, blank = [], True
    for number, physical in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if len(physical) > LONGEST_LINE:
            raise NotAPage(
                f"Line {number} is {len(physical):,} characters long, so this is no page with headings and paragraphs: "
                "save the page as plain text with its line breaks.",
                number,
            )
        for part in SOFT_BREAK.split(physical):
            line = seen(number, part, blank)
            blank = line is None
            if line:
                found.append(line)
        if len(found) > MOST_LINES:
            raise NotAPage(f"The text has over {MOST_LINES:,} lines, far more than any page: read one at a time.")
    if not found:
        raise NotAPage("The text is empty: choose the file that holds the category page.")
    return found


def refuse_what_is_no_text(text: str) -> None:
    """Raises NotAPage for a binary file read as text, and for more text than a page can hold."""
    if "\0" in text[:LONGEST_TEXT] or text.count("\ufffd") > max(10, len(text) // 100):
        raise NotAPage("This is a binary file, not text: save the page as plain text (UTF-8) and read that.")
    if len(text) > LONGEST_TEXT and "\n" in text[:LONGEST_LINE]:
        raise NotAPage(
            f"The text has {len(text):,} characters, far more than a category page: read one page at a time."
        )


def seen(number: int, text: str, after_blank: bool) -> Line | None:
    """The line as a reader sees it, or None when there is nothing to see."""
    text = clean_typed(text)
    for entity, char in ENTITIES.items():
        text = text.replace(entity, char)
    text, links = unlinked(unwrapped_in(text).rstrip())
    stripped = text.strip()
    if not stripped:
        return None
    indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
    return Line(number, stripped, indent, after_blank, indent + len(stripped), links)


def unlinked(text: str) -> tuple[str, tuple[Link, ...]]:
    """The text with “[words](address)” as the words alone, and where the addresses belong."""
    if "](" not in text:
        return text, ()
    clean, at, found = "", 0, []
    for match in LINK.finditer(text):
        clean += text[at : match.start()]
        found.append((len(clean), match["words"], match["url"]))
        clean, at = clean + match["words"], match.end()
    clean += text[at:]
    return clean, tuple(Link(len(clean) - place, words, url) for place, words, url in found)


def retold(line: Line, text: str) -> Line:
    """The same line with only `text` left of it: what follows a label."""
    return replace(line, text=text.strip())


def wrap_width(lines: list[Line]) -> int | None:
    """The column at which a page breaks its lines, or None when each paragraph stands on one line."""
    longest = max((line.length for line in lines), default=0)
    if longest > 140 or len(lines) < 12:
        return None
    wrapped = sum(
        not after.after_blank and after.text[0].islower() and before.text[-1] not in ".!?:;”"
        for before, after in pairwise(lines)
    )
    return longest if wrapped >= max(6, len(lines) // 8) else None


def broke_here(before: Line, text: str, width: int | None) -> bool:
    """On a hard-wrapped page: whether the line broke because the next word found no room."""
    return width is not None and before.length + 1 + len(text.split(None, 1)[0]) > width
