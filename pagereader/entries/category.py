"""What stands before the first entry: the category's number, title, scope, sponsor and introduction."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..people.authorities import Gazetteer
from ..records import Block, Entry, NamedBorough
from ..text.blocks import blocks_of, line_at, passages
from ..text.lines import Line
from ..text.sentences import Sentence, ends_sentence, sentences_of

CATEGORY = re.compile(
    r"(?:#+\s*)?category\s+(?P<number>\d{1,2}|[a-z]+)(?=[\s.:)–—-]|$)\s*[.:)–—-]*\s*(?P<title>.*)$", re.IGNORECASE
)
NUMBER_WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)
SCOPE = re.compile(r"(?:in )?this (?:category|section)\b", re.IGNORECASE)
SPONSOR = re.compile(
    r"(?:this category (?:is|was) )?(?:kindly )?sponsor(?:ed by\s*[:–-]?|s?\s*[:–-]|ed\s*[:–-])\s*(?:the\s+)?"
    r"(?P<name>.+)$",
    re.IGNORECASE,
)
FURNITURE = re.compile(
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


@dataclass
class Introduction:
    """The category's fields as far as the top of the page gives them, and where each line went."""

    number: int | None = None
    title: str = ""
    scope: str = ""
    sponsor: str = ""
    panel: str = ""
    blocks: tuple[Block, ...] = ()
    ledger: dict[int, str] = field(default_factory=dict)


def introduction_from(lines: list[Line], width: int | None) -> Introduction:
    found = Introduction()
    rest: list[Line] = []
    for index, line in enumerate(lines):
        if not (take_category(found, line) or take_furniture(found, line, rest) or take_sponsor(found, line)):
            following = lines[index + 1] if index + 1 < len(lines) else None
            if not (take_title(found, line, rest, following) or take_scope(found, line, rest, following)):
                rest.append(line)
                found.ledger[line.number] = "category.introduction"
    found.blocks = blocks_of(rest, width)
    found.panel = next(
        (s.text for text, _, _ in passages(found.blocks) for s in sentences_of(text) if PANEL.search(s.text)), ""
    )
    return found


def take_category(found: Introduction, line: Line) -> bool:
    match = CATEGORY.fullmatch(line.text)
    if not match or found.number is not None or ends_sentence(line.text):
        return False
    number = match["number"].lower()
    found.number = int(number) if number.isdigit() else NUMBER_WORDS.get(number)
    if found.number is None:
        return False
    found.title = match["title"].strip() or found.title
    found.ledger[line.number] = "category.number, category.title" if match["title"] else "category.number"
    return True


def take_furniture(found: Introduction, line: Line, rest: list[Line]) -> bool:
    if not FURNITURE.fullmatch(line.text):
        return False
    found.ledger[line.number] = "furniture"
    return True


def take_sponsor(found: Introduction, line: Line) -> bool:
    match = SPONSOR.fullmatch(line.text)
    if not match or found.sponsor or len(line.text) > 200:
        return False
    found.sponsor = match["name"].strip().removesuffix(".")
    found.ledger[line.number] = "category.sponsor"
    return True


def take_title(found: Introduction, line: Line, rest: list[Line], following: Line | None) -> bool:
    """A short first line is the category's title; one after "Category 3" too."""
    if (
        found.title
        or found.scope
        or rest
        or len(line.text) > 120
        or ends_sentence(line.text)
        or line.text.endswith((":", ","))
    ):
        return False
    if SCOPE.match(line.text) or (following and not following.after_blank and following.text[0].islower()):
        return False
    found.title = line.text.lstrip("# ")
    found.ledger[line.number] = "category.title"
    return True


def take_scope(found: Introduction, line: Line, rest: list[Line], following: Line | None) -> bool:
    """The sentence that says what the category is about, with the lines it wraps onto."""
    wrapped = found.scope and not ends_sentence(found.scope) and not line.after_blank and not rest
    if wrapped:
        found.scope += " " + line.text
    elif SCOPE.match(line.text) and not found.scope and not rest:
        found.scope = line.text
    else:
        return False
    found.ledger[line.number] = "category.scope"
    return True


def boroughs_named(
    blocks: tuple[Block, ...], panel: str, gazetteer: Gazetteer, entries: tuple[Entry, ...]
) -> tuple[NamedBorough, ...]:
    """Every authority and delivery body the introduction's sentences name, the panel's own members left aside."""
    found = []
    for text, block, first in passages(blocks):
        for sentence in sentences_of(text):
            if sentence.text != panel:
                found += named_in(sentence, line_at(block, sentence.start, first), gazetteer, entries)
    return tuple(found)


def named_in(sentence: Sentence, line: int, gazetteer: Gazetteer, entries: tuple[Entry, ...]) -> list[NamedBorough]:
    seen, found = set(), []
    for named in gazetteer.all_in(sentence.text):
        who = named.delivery_body or named.authorities[0]
        if who not in seen:
            seen.add(who)
            borough = "" if named.delivery_body else named.authorities[0]
            present = has_entry(borough, named.delivery_body, named.authorities, entries)
            found.append(NamedBorough(borough, named.printed, sentence.text, line, present, named.delivery_body))
    return found


def has_entry(borough: str, body: str, members: tuple[str, ...], entries: tuple[Entry, ...]) -> bool:
    if borough:
        return any(borough in entry.boroughs for entry in entries)
    return any(entry.delivery_body == body or set(entry.boroughs) & set(members) for entry in entries)
