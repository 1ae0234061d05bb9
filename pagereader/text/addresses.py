"""E-mail addresses in running text, and whether one fits the name it stands beside."""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass

from ..people.nicknames import forms_of
from .words import words_of

LOCAL = frozenset(string.ascii_letters + string.digits + "._%+'’-")
DOMAIN = frozenset(string.ascii_letters + string.digits + ".-")
HONORIFICS = frozenset(words_of("mr mrs ms miss mx dr prof professor cllr councillor sir dame rev revd"))
# A service's own mailbox fits whoever is named beside it.
MAILBOX = re.compile(
    r"(?:participation|safeguarding|partnerships?|commissioning|performance|enquir(?:y|ies)|childrens?"
    r"|children|families|family|fostering|kinship"
    r"|adoption|leaving|virtual|referrals?|services?|support|contacts?|mailbox|schools?|education|training"
    r"|academy|learning|projects?|council"
    r"|office|admin|young|people|youth|justice|early|years|help|voice|teams?|info|send|mash|care|leavers?"
    r"|after|workforce|practice|data"
    r"|quality|the|and|of|hub|lct|yjs|yos|cyp|csc|psw|lado|liia|[a-z]{2,4}(?=team$))++"
)


@dataclass(frozen=True)
class Address:
    text: str
    start: int
    end: int


def addresses_in(text: str) -> list[Address]:
    """Every e-mail address in `text`, as printed. Walks out from each @, so the cost is linear."""
    found: list[Address] = []
    at = text.find("@")
    while at != -1:
        address = around(text, at, found[-1].end if found else 0)
        if address:
            found.append(address)
        at = text.find("@", at + 1)
    return found


def around(text: str, at: int, floor: int) -> Address | None:
    start, end = at, at + 1
    while start > floor and text[start - 1] in LOCAL:
        start -= 1
    while end < len(text) and text[end] in DOMAIN:
        end += 1
    while start < at and text[start] in ".-'’_%+":
        start += 1
    while end > at + 1 and text[end - 1] in ".-":
        end -= 1
    if start == at or end == at + 1:
        return None
    return Address(text[start:end], start, end)


def letters(text: str) -> str:
    """Only the letters, in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in plain if char.isalpha() and char.isascii())


def name_parts(name: str) -> list[str]:
    words = re.split(r"[\s\-–—.,/()]+", re.sub(r"\([^)]*\)", " ", name))
    parts = [letters(word) for word in words]
    return [part for part in parts if part and part not in HONORIFICS][:6]


def fits(name: str, address: str) -> bool:
    """Whether a person of this name may well have this address. Case, accents, initials and order do not matter."""
    local, _, domain = address.partition("@")
    parts = name_parts(name)
    if "." not in domain:
        return False
    if not parts:
        return True
    whole = letters(local)[:64]
    if any(composed(whole, (first, *parts[1:]), False) for first in (parts[0], *forms_of(parts[0]))):
        return True
    pieces = [letters(piece) for piece in re.split(r"[._\-\d]+", local)]
    pieces = [piece for piece in pieces if len(piece) > 1]
    if pieces and all(composed(piece, tuple(parts), False) for piece in pieces):
        return True
    return short_form_fits(pieces, parts) or bool(MAILBOX.fullmatch(whole))


def composed(rest: str, parts: tuple[str, ...], full: bool) -> bool:
    """Whether `rest` is made of some of `parts`, each whole or as its initial, at least one of them whole."""
    if not rest:
        return full
    for index, part in enumerate(parts):
        others = parts[:index] + parts[index + 1 :]
        if len(part) > 1 and rest.startswith(part) and composed(rest[len(part) :], others, True):
            return True
        if rest[0] == part[0] and composed(rest[1:], others, full):
            return True
    return False


def short_form_fits(pieces: list[str], parts: list[str]) -> bool:
    """ "Sam Jones" at samantha.jones: the surname is whole, the first name a short form. One letter more or less is
    no short form but a slip ("Keli", "Kelli")."""
    if len(pieces) != 2 or len(parts) < 2 or pieces[1] != parts[-1]:
        return False
    printed, given = pieces[0], parts[0]
    long, short = max(printed, given, key=len), min(printed, given, key=len)
    return long.startswith(short) and len(long) - len(short) >= 2
