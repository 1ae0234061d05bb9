"""A table's rows as lines, "Year: 2022; Children: 48", and such a line as the cells that it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

# Between the cells of a line: a tab, or what `lines_of_rows` writes before the next column's name.
BETWEEN_CELLS = re.compile(r"\t+|;\s(?=[^\s;:][^;:\n]{0,60}:\s)")


@dataclass
class Cell:
    """`content`: whatever is to represent the cell in the lines, one after the other."""

    words: str
    is_head: bool
    content: list[Any] = field(default_factory=list)


def lines_of_rows(rows: list[list[Cell]]) -> Iterator[list[Any]]:
    """What each row says, in one line: no row is a heading then, and no figure is read across two cells."""
    has_heads = bool(rows) and name_columns(rows[0], rows[1:])
    heads = [cell.words for cell in rows[0]] if has_heads else []
    for cells in rows[1:] if heads else rows:
        line: list[Any] = []
        for number, cell in enumerate(cells):
            if cell.content:
                head = heads[number] if number < len(heads) else ""
                line += [*(["; "] if line else []), *([f"{head}: "] if head else []), *cell.content]
        yield line


def name_columns(first: list[Cell], others: list[list[Cell]]) -> bool:
    """Whether a table's first row names the columns: it is marked so, or has no figure where others have."""
    if not others or all(cell.is_head for cell in first):
        return bool(others)
    figures = any(has_figure(cell) for cells in others for cell in cells)
    return figures and not any(has_figure(cell) for cell in first)


def has_figure(cell: Cell) -> bool:
    return any(map(str.isdigit, cell.words))


def cells_of(sentence: str) -> list[str]:
    """The cells of a table's row; a sentence of running text is one."""
    parts = [part for part in BETWEEN_CELLS.split(sentence) if part.strip()]
    is_row = "\t" in sentence or (len(parts) > 1 and ": " in parts[0][:70])
    return parts if is_row else [sentence]
