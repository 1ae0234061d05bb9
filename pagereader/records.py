"""What a published page says, as plain records that know their lines (counted from 1); as HTML, text and plain data.

Every text is as published: wrapped lines are joined with one space and outer spaces are cut, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from html import escape
from typing import Any

from .text.labels import FACTS
from .text.passages import Block


@dataclass(frozen=True)
class Contact:
    name: str
    role: str
    email: str  # as printed
    email_suspect: bool  # the address does not fit the name
    line: int
    phone: str = ""  # as printed


@dataclass(frozen=True)
class Metric:
    """A figure: `value` `unit` (percent, people, GBP, GBP per week, sessions, packs, …) from one exact sentence."""

    quote: str
    value: Decimal
    unit: str
    label: str  # what it measures, proposed from the sentence
    kind: str  # outcome, activity, cost or context
    comparator: Decimal | None  # £266 against £805
    period: str  # "between September and December 2024", "" when not stated
    figure: str  # the figure as printed: "£266 per week", "Six", "over 300"
    line: int


@dataclass(frozen=True)
class Voice:
    """Words of one person, from a quotation block or inside a paragraph, without the outer quotation marks."""

    quote: str
    speaker: str
    line: int


@dataclass(frozen=True)
class SupportingItem:
    """A document, film or page the entry points to. `url` is "" when the page names it without supplying it."""

    title: str
    url: str
    line: int


@dataclass(frozen=True)
class ProposedTheme:
    slug: str
    evidence: str  # the sentence or title that made the reader propose it, verbatim
    line: int


@dataclass(frozen=True)
class Entry:
    line: int
    heading: str  # the whole heading line as printed
    title: str
    boroughs: tuple[str, ...]  # authority names as in Reference, in the order printed
    delivery_body: str = ""
    summary: tuple[Block, ...] = ()
    contacts: tuple[Contact, ...] = ()
    team: str = ""
    partners: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    supporting: tuple[Block, ...] = ()
    supporting_items: tuple[SupportingItem, ...] = ()
    voices: tuple[Voice, ...] = ()
    themes: tuple[ProposedTheme, ...] = ()
    metrics: tuple[Metric, ...] = ()
    facts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(FACTS, ""))  # as plain text

    def stated(self, name: str) -> Any:
        """What it states of a fact or in a field, "" or nothing where the page does not say."""
        return self.facts[name] if name in self.facts else getattr(self, name)

    @property
    def texts(self) -> tuple[tuple[Block, ...], ...]:
        return (self.summary, self.body, self.supporting)


@dataclass(frozen=True)
class NamedBorough:
    """A borough (or delivery body) an introduction names: `borough` as in Reference ("" for a delivery body)."""

    borough: str
    printed: str
    sentence: str
    line: int
    has_entry: bool
    delivery_body: str = ""


@dataclass(frozen=True)
class Administrator:
    name: str
    role: str
    email: str
    line: int


@dataclass(frozen=True)
class Category:
    number: int | None = None
    title: str = ""
    scope: str = ""
    sponsor: str = ""
    introduction: tuple[Block, ...] = ()
    panel: str = ""  # the sentence that says who the panel was
    named_boroughs: tuple[NamedBorough, ...] = ()
    sign_off: str = ""  # the page's own statement that DCS and Practice Leader approved
    administrators: tuple[Administrator, ...] = ()
    footer: tuple[Block, ...] = ()  # the footer's running text, the sign-off among it


@dataclass(frozen=True)
class Doubt:
    """Something a person should look at. `kind`: contact-address, praised-without-entry, empty-label,
    announced-missing, unclosed-quote, unplaced-line, swallowed-entry, cut-off, left-out.
    `entry`: index into Page.entries, None for the category."""

    kind: str
    line: int
    message: str
    entry: int | None = None


@dataclass(frozen=True)
class Page:
    category: Category
    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]
    # Where each non-blank line went: line number -> "category.scope", "entry 3.body", "furniture" (Read more …).
    # Entries are counted from 0, as in `entries`. A line that fed two fields names both, parted by a comma.
    ledger: dict[int, str] = field(default_factory=dict)


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
