"""The category's own text: number, title, scope, sponsor and introduction before the first entry; after the last how to
have an entry changed, the sign-off, and LIIA's administrators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from ..figures.numbers import ONES
from ..people.authorities import Gazetteer
from ..people.contacts import trimmed
from ..records import Administrator, Category, Entry, NamedBorough
from ..text.blocks import blocks_of
from ..text.lines import Line
from ..text.passages import Block, Sentence, ends_sentence, passages_of

CATEGORY = re.compile(
    r"(?:#+\s*)?category\s+(?P<number>\d{1,2}|[a-z]+)(?=[\s.:)–—-]|$)\s*[.:)–—-]*\s*(?P<title>.*)$", re.IGNORECASE
)
SCOPE = re.compile(r"(?:in )?this (?:category|section)\b", re.IGNORECASE)
SPONSOR = re.compile(
    r"(?:this category (?:is|was) )?(?:kindly )?sponsor(?:ed by\s*[:–-]?|s?\s*[:–-]|ed\s*[:–-])\s*(?:the\s+)?"
    r"(?P<name>.+)$",
    re.IGNORECASE,
)
HEADINGS = re.compile(
    r"(?:an )?introduction(?: to (?:the |this )?(?:submissions|category|entries"
    r"|examples)(?: in this category)?)?\s*[:.]?|sponsor:?"
    r"|(?:london )?(?:children[’']s services )?practice spotlight(?: \d{4})?(?: digital area)?"
    r"|(?:the )?submissions:?|back to (?:top|categories|contents)|contents:?",
    re.IGNORECASE,
)
PANEL = re.compile(
    r"\bpanel\b.*\b(?:consist|compris|made up|includ|drawn|formed|compos|represent|was|were|brought)"
    r"|\b(?:review|judg)ed by\b.*\bpanel\b",
    re.IGNORECASE,
)
NAVIGATION = re.compile(
    r"(?:practice spotlight )?navigation(?: panel)?\s*:?|back to (?:top|categories|contents)", re.IGNORECASE
)
OPENS_FOOTER = re.compile(
    r"(?:practice spotlight )?navigation panel\b|do(?:es)? (?:your|this) (?:submission|entry"
    r"|information)\b.*\b(?:updat|chang|correct)"
    r"|(?:each|every|all) (?:of the )?(?:submissions?|entr(?:y|ies))\b.*\b(?:approved|signed off)"
    r"|(?:project|programme|program|liia) administrators?\b"
    r"|is (?:your|this) (?:submission|entry|information)\b.*\bup to date",
    re.IGNORECASE,
)
OF_A_FOOTER = re.compile(r"submission|LIIA|administrator", re.IGNORECASE)
ADMINISTRATOR = re.compile(
    r"(?P<role>(?:project|programme|program|practice spotlight|liia)\s+(?:administrator|officer|manager"
    r"|support officer|co-?ordinator|lead))s?\s*[:–—-]\s*(?P<who>\S.*)",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(r"\b(?:approved|signed off|sign-off|agreed)\b.*\b(?:DCS|director|practice leader)", re.IGNORECASE)


@dataclass
class Part:
    """The top or the foot of a page. `text`: its lines of running text. `ledger`: what became of each line.

    Each function that stores something of a line returns what the line became, or "".
    """

    part = ""
    text: list[Line] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    ledger: dict[int, str] = field(default_factory=dict)

    def store_text(self, line: Line) -> str:
        self.text.append(line)
        return f"category.{self.part}"


@dataclass
class Introduction(Part):
    """The category's fields as far as the top of the page gives them."""

    part = "introduction"
    number: int | None = None
    title: str = ""
    scope: str = ""
    sponsor: str = ""
    panel: str = ""

    def store_number(self, line: Line) -> str:
        """ "Category 3", with its title if that follows."""
        match = CATEGORY.fullmatch(line.text)
        if not match or self.number is not None or ends_sentence(line.text):
            return ""
        number = match["number"].lower()
        self.number = int(number) if number.isdigit() else ONES.get(number)
        if self.number is None:
            return ""
        self.title = match["title"].strip() or self.title
        return "category.number, category.title" if match["title"] else "category.number"

    def store_sponsor(self, line: Line) -> str:
        match = SPONSOR.fullmatch(line.text)
        if not match or self.sponsor or len(line.text) > 200:
            return ""
        self.sponsor = match["name"].strip().removesuffix(".")
        return "category.sponsor"

    def store_title(self, line: Line, following: Line | None) -> str:
        """A short first line, or one after "Category 3"."""
        if self.title or self.scope or self.text or len(line.text) > 120 or SCOPE.match(line.text):
            return ""
        if ends_sentence(line.text) or line.text.endswith((":", ",")):
            return ""
        if following and not following.after_blank and following.text[0].islower():
            return ""
        self.title = line.text.lstrip("# ")
        return "category.title"

    def store_scope(self, line: Line) -> str:
        """The sentence that says what the category is about, with the lines it wraps onto."""
        if self.text:
            return ""
        if self.scope and not ends_sentence(self.scope) and not line.after_blank:
            self.scope += " " + line.text
        elif SCOPE.match(line.text) and not self.scope:
            self.scope = line.text
        else:
            return ""
        return "category.scope"


@dataclass
class Footer(Part):
    """The footer's fields."""

    part = "footer"
    sign_off: str = ""
    administrators: list[Administrator] = field(default_factory=list)

    def store_administrator(self, line: Line) -> str:
        """A person named with a role of the programme, or the address of the one on the line above."""
        address = line.addresses[0] if line.addresses else None
        if match := ADMINISTRATOR.match(line.text):
            name = line.text[match.start("who") : address.start if address else None]
            email = address.text if address else ""
            self.administrators.append(Administrator(trimmed(name), match["role"], email, line.number))
            return "category.administrators"
        if len(line.addresses) != 1 or not self.administrators or self.administrators[-1].email:
            return ""
        if trimmed(line.text[: address.start]):
            return ""
        self.administrators[-1] = replace(self.administrators[-1], email=address.text)
        return "" if trimmed(line.text[address.end :]) else "category.administrators"


def category_from(
    introduction: Introduction, footer: Footer, gazetteer: Gazetteer, entries: tuple[Entry, ...]
) -> Category:
    return Category(
        number=introduction.number,
        title=introduction.title,
        scope=introduction.scope,
        sponsor=introduction.sponsor,
        introduction=introduction.blocks,
        panel=introduction.panel,
        named_boroughs=tuple(boroughs_named(introduction, gazetteer, entries)),
        sign_off=footer.sign_off,
        administrators=tuple(footer.administrators),
        footer=footer.blocks,
    )


def introduction_from(lines: list[Line]) -> Introduction:
    top = Introduction()
    for line, following in zip_longest(lines, lines[1:]):
        top.ledger[line.number] = (
            top.store_number(line)
            or ("furniture" if HEADINGS.fullmatch(line.text) else "")
            or top.store_sponsor(line)
            or top.store_title(line, following)
            or top.store_scope(line)
            or top.store_text(line)
        )
    top.blocks = blocks_of(top.text)
    sentences = (sentence.text for passage in passages_of(top.blocks) for sentence in passage.sentences)
    top.panel = next(filter(PANEL.search, sentences), "")
    return top


def boroughs_named(
    introduction: Introduction, gazetteer: Gazetteer, entries: tuple[Entry, ...]
) -> Iterator[NamedBorough]:
    """Every authority and delivery body the introduction's sentences name, the panel's own members left aside."""
    for passage in passages_of(introduction.blocks):
        for sentence in passage.sentences:
            if sentence.text != introduction.panel:
                yield from named_in(sentence, gazetteer, entries)


def named_in(sentence: Sentence, gazetteer: Gazetteer, entries: tuple[Entry, ...]) -> Iterator[NamedBorough]:
    seen = set()
    for named in gazetteer.all_in(sentence.text):
        borough, body = "" if named.delivery_body else named.authorities[0], named.delivery_body
        if (borough or body) not in seen:
            seen.add(borough or body)
            present = any(
                borough in entry.boroughs
                if borough
                else entry.delivery_body == body or set(entry.boroughs) & set(named.authorities)
                for entry in entries
            )
            yield NamedBorough(borough, named.printed, sentence.text, sentence.line, present, body)


def footer_start(lines: list[Line]) -> int:
    """The index of the footer's first line, or the number of lines when the page has none."""
    for index, line in enumerate(lines):
        near = lines[index : index + 3]
        if OPENS_FOOTER.match(line.text) and all(len(one.text) <= 200 or OF_A_FOOTER.search(one.text) for one in near):
            return index
    return len(lines)


def footer_from(lines: list[Line]) -> Footer:
    end = Footer()
    for line in lines:
        is_navigation = NAVIGATION.fullmatch(line.text)
        end.ledger[line.number] = (
            "furniture" if is_navigation else end.store_administrator(line) or end.store_text(line)
        )
    end.blocks = blocks_of(end.text)
    end.sign_off = next((block.text for block in end.blocks if SIGN_OFF.search(block.text)), "")
    return end
