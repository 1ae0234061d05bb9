"""Blocks as semantic HTML and as plain text, and a page as the plain data that `read_page --json` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from html import escape
from typing import Any

from .records import Category, Doubt, Entry, Metric, Page
from .text.passages import Block


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


def as_json(page: Page) -> dict[str, Any]:
    """The page in the shape of DESIGN §4, with more about each entry after the promised keys."""
    return {
        "category": category_data(page.category),
        "entries": [entry_data(entry) for entry in page.entries],
        "doubts": [doubt_data(doubt, page) for doubt in page.doubts],
    }


def category_data(category: Category) -> dict[str, Any]:
    return asdict(category) | {"introduction": to_text(category.introduction), "footer": to_text(category.footer)}


def entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "boroughs": list(entry.boroughs),
        "summary": to_text(entry.summary),
        "contacts": [
            {"name": each.name, "role": each.role, "email": each.email, "email_suspect": each.email_suspect}
            for each in entry.contacts
        ],
        "team": entry.team,
        "partners": list(entry.partners),
        "body_text": to_text(entry.body),
        "supporting_text": to_text(entry.supporting),
        "themes": [theme.slug for theme in entry.themes],
        "metrics": [metric_data(metric) for metric in entry.metrics],
        "line": entry.line,
        "heading": entry.heading,
        "delivery_body": entry.delivery_body,
        "voices": [asdict(voice) for voice in entry.voices],
        "supporting_items": [asdict(item) for item in entry.supporting_items],
        "theme_evidence": [asdict(theme) for theme in entry.themes],
        **entry.facts,
    }


def metric_data(metric: Metric) -> dict[str, Any]:
    comparator = None if metric.comparator is None else as_number(metric.comparator)
    return asdict(metric) | {"value": as_number(metric.value), "comparator": comparator}


def as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def doubt_data(doubt: Doubt, page: Page) -> dict[str, Any]:
    title = None if doubt.entry is None else page.entries[doubt.entry].title
    return {"line": doubt.line, "entry": title, "message": doubt.message, "kind": doubt.kind}
