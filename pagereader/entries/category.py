"""The category's own text: number, title, scope, sponsor and introduction before the first entry; after the last how to
have an entry changed, the sign-off, and LIIA's administrators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..figures.numbers import ONES
from ..people.authorities import Gazetteer
from ..people.contacts import trimmed
from ..records import Administrator, Block, Category, Entry, NamedBorough, passages_of
from ..text.blocks import blocks_of
from ..text.lines import Line
from ..text.sentences import Sentence, ends_sentence

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
class Introduction:
    """The category's fields as far as the top of the page gives them. `text`: the lines of running text. `ledger`: what
    became of each line."""

    number: int | None = None
    title: str = ""
    scope: str = ""
    sponsor: str = ""
    panel: str = ""
    text: list[Line] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    ledger: dict[int, str] = field(default_factory=dict)


@dataclass
class Footer:
    """The footer's fields, and what became of each of its lines."""

    sign_off: str = ""
    administrators: list[Administrator] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    ledger: dict[int, str] = field(default_factory=dict)


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
    found = Introduction()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        found.ledger[line.number] = (
            take_number(found, line)
            or ("furniture" if HEADINGS.fullmatch(line.text) else "")
            or take_sponsor(found, line)
            or take_title(found, line, following)
            or take_scope(found, line)
            or take_text(found, line)
        )
    found.blocks = blocks_of(found.text)
    sentences = (sentence.text for passage in passages_of(found.blocks) for sentence in passage.sentences)
    found.panel = next(filter(PANEL.search, sentences), "")
    return found


def take_number(found: Introduction, line: Line) -> str:
    """Stores "Category 3", with its title if that follows. This and its like return what the line became, or ""."""
    match = CATEGORY.fullmatch(line.text)
    if not match or found.number is not None or ends_sentence(line.text):
        return ""
    number = match["number"].lower()
    found.number = int(number) if number.isdigit() else ONES.get(number)
    if found.number is None:
        return ""
    found.title = match["title"].strip() or found.title
    return "category.number, category.title" if match["title"] else "category.number"


def take_sponsor(found: Introduction, line: Line) -> str:
    match = SPONSOR.fullmatch(line.text)
    if not match or found.sponsor or len(line.text) > 200:
        return ""
    found.sponsor = match["name"].strip().removesuffix(".")
    return "category.sponsor"


def take_title(found: Introduction, line: Line, following: Line | None) -> str:
    """Stores a short first line, or one after "Category 3", as the category's title."""
    if found.title or found.scope or found.text or len(line.text) > 120 or SCOPE.match(line.text):
        return ""
    if ends_sentence(line.text) or line.text.endswith((":", ",")):
        return ""
    if following and not following.after_blank and following.text[0].islower():
        return ""
    found.title = line.text.lstrip("# ")
    return "category.title"


def take_scope(found: Introduction, line: Line) -> str:
    """Stores the sentence that says what the category is about, with the lines it wraps onto."""
    if found.text:
        return ""
    if found.scope and not ends_sentence(found.scope) and not line.after_blank:
        found.scope += " " + line.text
    elif SCOPE.match(line.text) and not found.scope:
        found.scope = line.text
    else:
        return ""
    return "category.scope"


def take_text(found: Introduction, line: Line) -> str:
    found.text.append(line)
    return "category.introduction"


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
    found = Footer()
    text: list[Line] = []
    for line in lines:
        if NAVIGATION.fullmatch(line.text):
            found.ledger[line.number] = "furniture"
        elif take_administrator(found, line):
            found.ledger[line.number] = "category.administrators"
        else:
            text.append(line)
            found.ledger[line.number] = "category.footer"
    found.blocks = blocks_of(text)
    found.sign_off = next((block.text for block in found.blocks if SIGN_OFF.search(block.text)), "")
    return found


def take_administrator(found: Footer, line: Line) -> bool:
    """Stores a person named with a role of the programme, or the address on the line below. Whether it was all."""
    address = line.addresses[0] if line.addresses else None
    if match := ADMINISTRATOR.match(line.text):
        name = line.text[match.start("who") : address.start if address else None]
        email = address.text if address else ""
        found.administrators.append(Administrator(trimmed(name), match["role"], email, line.number))
        return True
    if len(line.addresses) != 1 or not found.administrators or found.administrators[-1].email:
        return False
    if trimmed(line.text[: address.start]):
        return False
    found.administrators[-1] = replace(found.administrators[-1], email=address.text)
    return not trimmed(line.text[address.end :])
