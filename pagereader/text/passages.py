"""Blocks of running text, and their passages and sentences with the lines they are on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from .sentences import Sentence, sentences_of


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
