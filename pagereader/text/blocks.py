"""Running text as blocks: paragraphs with their wrapped lines joined, sub-headings, lists and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .addresses import WEB_ADDRESS
from .lines import Line, Marker
from .passages import Block, Link, could_head, ends_sentence, heads_with_colon, heads_without_colon
from .quotations import Quotation, closes_only, credit_line, is_open, quotation_of

RUN_IN = re.compile(r"[A-Z][\w’'-]+(?: [\w’'&-]+){0,3}: [A-Z]")
LONGEST_PIECE = 150  # lines; no paragraph is longer
QUOTE_MARKS = '“"«'
NEVER_FIRST = ",.;:)?!”’…"  # marks with which no paragraph begins


@dataclass
class Piece:
    """Lines that belong together before it is known what they are: one list item, or one stretch of text."""

    lines: list[Line]
    marker: Marker | None = None
    parts: list[str] = field(default_factory=list)
    credit: str = ""

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def starts(self) -> tuple[int, ...]:
        places, at = [], 0
        for part in self.parts:
            places.append(at)
            at += len(part) + 1 if part else 0
        return tuple(places)

    def links_in(self, text: str, item: int = 0) -> tuple[Link, ...]:
        """The linked words of the lines and their places in `text`: the piece's own, or what is left of it."""
        links, floor = [], 0
        for line, part, start in zip(self.lines, self.parts, self.starts, strict=False):
            for link in line.links:
                place = start + len(part) - link.place
                if text[max(place, 0) : place + len(link.words)] != link.words:
                    place = text.find(link.words, floor)
                if place >= floor:
                    links.append(Link(place, link.words, link.url, item))
                    floor = place + len(link.words)
        return tuple(links)

    def add(self, line: Line, text: str) -> None:
        self.lines.append(line)
        self.parts.append(text)


def blocks_of(lines: list[Line], headed: bool = True) -> tuple[Block, ...]:
    """The blocks of some lines. `headed`: whether a short line without a colon may be a sub-heading."""
    pieces = with_quotations_joined(pieces_of(lines))
    return tuple(as_blocks(pieces, headed))


def pieces_of(lines: list[Line]) -> list[Piece]:
    pieces: list[Piece] = []
    for line in lines:
        last = pieces[-1] if pieces else None
        if last and not line.marker and goes_on(last, line):
            last.add(line, line.text)
        elif last and is_credit(last, line):
            last.credit = line.text
            last.add(line, "")
        elif line.marker and not (last and is_wrapped_mark(last, line)):
            pieces.append(Piece([line], line.marker, [line.marker.rest]))
        elif last and line.marker:
            last.add(line, line.text)
        else:
            pieces.append(Piece([line], None, [line.text]))
    return pieces


def is_credit(last: Piece, line: Line) -> bool:
    """A line after a closed quotation that only names who spoke."""
    if last.marker or last.credit or not credit_line(line.text):
        return False
    quotation = quotation_of(last.text)
    return bool(quotation and quotation.closed and not quotation.credit)


def is_wrapped_mark(last: Piece, line: Line) -> bool:
    """A dash or number at a line's start only because the line before broke there."""
    before = last.lines[-1].text
    if line.after_blank or last.marker or ends_sentence(before) or before.endswith((":", ";")):
        return False
    if line.wrapped:
        return line.text[0] in "-–—" or line.text[0].isdigit()
    return line.text[0] in "-–—" and line.marker.rest[:1].islower()


def goes_on(last: Piece, line: Line) -> bool:
    """Whether a line without a marker continues the piece above it."""
    if not any(last.parts):
        return True  # a bullet alone on its line, its words below
    before, text = last.lines[-1].text, line.text
    if line.after_blank or len(last.lines) == LONGEST_PIECE:
        return False
    if WEB_ADDRESS.match(text) or WEB_ADDRESS.search(before.rsplit(None, 1)[-1]):
        return False
    if not last.marker and is_open(last.text):
        return text[0] not in QUOTE_MARKS and not heads_with_colon(text)
    if not last.marker and "\t" in before + text:
        return False  # rows of a table
    if text[0].islower() or text[0] in NEVER_FIRST:
        return True
    return item_goes_on(last, line) if last.marker else paragraph_goes_on(last, line)


def item_goes_on(last: Piece, line: Line) -> bool:
    indented = line.indent > last.lines[0].indent + 1
    return indented or line.wrapped or (line.text[0] == "(" and not ends_sentence(last.text))


def paragraph_goes_on(last: Piece, line: Line) -> bool:
    before, text = last.lines[-1].text, line.text
    if text[0] in QUOTE_MARKS and (before.endswith(":") or ends_sentence(before) or could_head(before)):
        return False
    if line.wrapped:
        return True
    if ends_sentence(before) or before.endswith((":", ";")) or is_closed_quotation(last.text) or opens_a_part(text):
        return False
    return len(last.lines) > 1 or not could_head(before)


def opens_a_part(text: str) -> bool:
    """ "Home:" or "Podcasting: We have …": a new part, although the line above has no full stop."""
    return heads_with_colon(text) or bool(RUN_IN.match(text))


def is_closed_quotation(text: str) -> bool:
    quotation = quotation_of(text)
    return bool(quotation and quotation.closed)


def with_quotations_joined(pieces: list[Piece]) -> list[Piece]:
    """A quotation whose paragraphs are apart, opened in one and closed in the next, becomes one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.marker is None and piece.marker is None and is_open(last.text) and closes_only(piece.text):
            last.lines += piece.lines
            last.parts += piece.parts
            last.credit = piece.credit
        else:
            joined.append(piece)
    return joined


def as_blocks(pieces: list[Piece], headed: bool) -> Iterator[Block]:
    index = 0
    while index < len(pieces):
        if pieces[index].marker and not is_numbered_heading(pieces, index, headed):
            end = end_of_list(pieces, index)
            yield list_block(pieces[index:end])
            index = end
        else:
            yield text_block(pieces, index, headed)
            index += 1


def is_numbered_heading(pieces: list[Piece], index: int, headed: bool) -> bool:
    """ "1. Background" alone above its paragraph is a heading, no list of one."""
    piece, following = pieces[index], pieces[index + 1 : index + 2]
    if not headed or piece.marker.kind != "numbers" or not following or following[0].marker:
        return False
    if index and pieces[index - 1].marker and pieces[index - 1].marker.kind == "numbers":
        return False
    return heads_without_colon(piece.text) and len(piece.text.split()) <= 8 and len(following[0].text) > len(piece.text)


def end_of_list(pieces: list[Piece], index: int) -> int:
    first, end = pieces[index].marker, index + 1
    while end < len(pieces) and pieces[end].marker and pieces[end].marker.kind == first.kind:
        if first.kind == "numbers" and pieces[end].marker.number == 1 and pieces[end].lines[0].after_blank:
            break  # a second numbered list begins
        end += 1
    return end


def list_block(pieces: list[Piece]) -> Block:
    return Block(
        kind=pieces[0].marker.kind,
        lines=tuple(number for piece in pieces for number in piece.numbers),
        items=tuple(piece.text for piece in pieces),
        item_lines=tuple(piece.numbers[0] for piece in pieces),
        start=pieces[0].marker.number,
        links=tuple(link for item, piece in enumerate(pieces) for link in piece.links_in(piece.text, item)),
    )


def text_block(pieces: list[Piece], index: int, headed: bool) -> Block:
    piece = pieces[index]
    text = piece.lines[0].text if piece.marker else piece.text
    credited = Quotation(text, piece.credit, credit_line(piece.credit)) if piece.credit else None
    quotation = credited or quotation_of(text)
    if quotation is None:
        kind = "heading" if is_heading(pieces, index, headed) else "paragraph"
        return Block(kind, piece.numbers, text, starts=piece.starts, links=piece.links_in(text))
    return Block(
        "quote",
        piece.numbers,
        quotation.quote,
        speaker=quotation.speaker,
        credit=quotation.credit,
        starts=piece.starts,
        links=piece.links_in(quotation.quote),
    )


def is_heading(pieces: list[Piece], index: int, headed: bool) -> bool:
    piece = pieces[index]
    if index + 1 == len(pieces) or len(piece.lines) > 1:
        return False
    if piece.marker or heads_with_colon(piece.text):
        return True
    return headed and heads_without_colon(piece.text) and not in_a_run(pieces, index)


def in_a_run(pieces: list[Piece], index: int) -> bool:
    """Three short lines in a row, one under another, are a list without marks and no headings."""
    start = end = index
    while start > max(0, index - 2) and heads_below(pieces, start):
        start -= 1
    while end + 1 < min(len(pieces), index + 3) and heads_below(pieces, end + 1):
        end += 1
    return end - start >= 2


def heads_below(pieces: list[Piece], index: int) -> bool:
    """Whether two neighbours are both short lines with no blank line between them."""
    above, below = pieces[index - 1], pieces[index]
    if above.marker or below.marker or below.lines[0].after_blank:
        return False
    return heads_without_colon(above.text) and heads_without_colon(below.text)
