"""What a published page says, as plain records that know their lines (counted from 1).

Every text is as published: wrapped lines are joined with one space and outer spaces are cut, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
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
