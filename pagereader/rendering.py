"""Blocks as semantic HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .records import Block


def to_html(blocks: Iterable[Block], heading_level: int = 3) -> str:
    """Safe HTML of p, h2–h6, ul, ol, li and blockquote; every word of the page is escaped. `heading_level`: 2 to 6."""
    level = min(max(heading_level, 2), 6)
    return "\n".join(element(block, level) for block in blocks)


def element(block: Block, level: int) -> str:
    if block.kind == "heading":
        return f"<h{level}>{linked(block)}</h{level}>"
    if block.kind == "quote":
        credit = f"<p>{escaped(block.credit)}</p>" if block.credit else ""
        return f"<blockquote><p>{linked(block)}</p>{credit}</blockquote>"
    if block.kind in ("bullets", "numbers"):
        return list_element(block)
    return f"<p>{linked(block)}</p>"


def list_element(block: Block) -> str:
    items = "".join(f"<li>{linked(block, number)}</li>" for number in range(len(block.items)))
    if block.kind == "bullets":
        return f"<ul>{items}</ul>"
    # A list that a paragraph interrupts goes on counting where it stopped.
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>{items}</ol>"


def linked(block: Block, item: int = 0) -> str:
    """The escaped text of a block, or of one of its items, with its links."""
    text, pieces, at = block.items[item] if block.items else block.text, [], 0
    for link in block.links:
        if link.item == item and link.place >= at:
            words = f'<a href="{escape(link.url)}">{escaped(link.words)}</a>'
            pieces += [escaped(text[at : link.place]), words]
            at = link.place + len(link.words)
    return "".join([*pieces, escaped(text[at:])])


def escaped(text: str) -> str:
    return escape(text, quote=False)


def to_text(blocks: Iterable[Block]) -> str:
    """Plain text, blocks parted by blank lines, list items one to a line with "• " or their number."""
    return "\n\n".join(plain(block) for block in blocks)


def plain(block: Block) -> str:
    if block.kind == "bullets":
        return "\n".join(f"• {item}" for item in block.items)
    if block.kind == "numbers":
        return "\n".join(f"{number}. {item}" for number, item in enumerate(block.items, block.start))
    return f"{block.text} {block.credit}".rstrip()
