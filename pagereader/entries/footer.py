"""What stands after the last entry: how to have an entry changed, the sign-off, and LIIA's administrators."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..people.contacts import trimmed
from ..records import Administrator, Block
from ..text.addresses import addresses_in
from ..text.blocks import blocks_of
from ..text.lines import Line

NAVIGATION = re.compile(
    r"(?:practice spotlight )?navigation(?: panel)?\s*:?|back to (?:top|categories|contents)", re.IGNORECASE
)
OPENS = re.compile(
    r"(?:practice spotlight )?navigation panel\b|do(?:es)? (?:your|this) (?:submission|entry"
    r"|information)\b.*\b(?:updat|chang|correct)"
    r"|(?:each|every|all) (?:of the )?(?:submissions?|entr(?:y|ies))\b.*\b(?:approved|signed off)"
    r"|(?:project|programme|program|liia) administrators?\b"
    r"|is (?:your|this) (?:submission|entry|information)\b.*\bup to date",
    re.IGNORECASE,
)
ADMINISTRATOR = re.compile(
    r"(?P<role>(?:project|programme|program|practice spotlight|liia)\s+(?:administrator|officer|manager"
    r"|support officer|co-?ordinator|lead))s?\s*[:–—-]\s*(?P<who>\S.*)",
    re.IGNORECASE,
)
SIGN_OFF = re.compile(r"\b(?:approved|signed off|sign-off|agreed)\b.*\b(?:DCS|director|practice leader)", re.IGNORECASE)


@dataclass
class Footer:
    """The footer's fields and where each of its lines went."""

    sign_off: str = ""
    administrators: list[Administrator] = field(default_factory=list)
    blocks: tuple[Block, ...] = ()
    ledger: dict[int, str] = field(default_factory=dict)


def footer_start(lines: list[Line]) -> int:
    """The index of the footer's first line, or the number of lines when the page has none."""
    for index, line in enumerate(lines):
        if OPENS.match(line.text) and all(is_short_or_footer(after) for after in lines[index : index + 3]):
            return index
    return len(lines)


def is_short_or_footer(line: Line) -> bool:
    return len(line.text) <= 200 or bool(re.search(r"submission|LIIA|administrator", line.text, re.IGNORECASE))


def footer_from(lines: list[Line], width: int | None) -> Footer:
    found = Footer()
    rest: list[Line] = []
    for line in lines:
        if NAVIGATION.fullmatch(line.text):
            found.ledger[line.number] = "furniture"
        elif take_administrator(found, line):
            found.ledger[line.number] = "category.administrators"
        else:
            rest.append(line)
            found.ledger[line.number] = "category.footer"
    found.blocks = blocks_of(rest, width)
    found.sign_off = next((block.text for block in found.blocks if SIGN_OFF.search(block.text)), "")
    return found


def take_administrator(found: Footer, line: Line) -> bool:
    addresses = addresses_in(line.text)
    match = ADMINISTRATOR.match(line.text)
    if match:
        who = line.text[match.start("who") :]
        name = who[: addresses_in(who)[0].start] if addresses else who
        email = addresses[0].text if addresses else ""
        found.administrators.append(Administrator(trimmed(name), match["role"], email, line.number))
        return True
    if (
        len(addresses) == 1
        and found.administrators
        and not trimmed(line.text[: addresses[0].start])
        and not found.administrators[-1].email
    ):
        last = found.administrators.pop()
        found.administrators.append(Administrator(last.name, last.role, addresses[0].text, last.line))
        return not trimmed(line.text[addresses[0].end :])
    return False
