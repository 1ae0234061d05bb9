"""The people an entry names as its contacts: name, role and address as printed, however they are laid out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ..records import Contact
from ..text.addresses import Address, addresses_in
from ..text.lines import Line, marker_of
from .names import FIELD_WORD, PHONE, ROLE_WORD, fits, has_role, is_name, letters, name_parts

EDGES = " \t,;:|<>[]–—−-/&·•"
LINK_WORDS = re.compile(
    r"(?:(?:^|(?<=[\s(,;:<–—-]))(?:email address|e-mail address|email|e-mail|mailto|and|contact|via|tel|telephone|phone"
    r"|mobile)$|^and(?= ))",
    re.IGNORECASE,
)
BREAKS_OFF = re.compile(r"(?:[,&–—-]|\b(?:of|and|for|the|to))$")
MOST_MARKS = 12  # joining words and brackets around one name or address
SEPARATOR = re.compile(r"\t|[,;|:(–—−]|\s-|-\s")
NEXT_PERSON = re.compile(r"\s*[;,]\s*|\s+(?:and|&|/)\s+")
BETWEEN_PEOPLE = re.compile(r"\s*(?:;|\s/\s|/|\band\b|&|,\s*and\b)\s*", re.IGNORECASE)


@dataclass
class Draft:
    """A contact being put together."""

    line: int
    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""

    @property
    def fits(self) -> bool:
        return not self.email or fits(self.name, self.email)

    def add_role(self, text: str) -> None:
        self.role = ", ".join(filter(None, (self.role, text)))


def contacts_from(lines: list[Line]) -> tuple[Contact, ...]:
    """Every contact in the lines under "Key Contact", in the order printed."""
    book = Book()
    for number, text in with_roles_joined(lines):
        marker = marker_of(text)
        for person in split_people(marker.rest if marker and marker.rest else text):
            book.add(person, number)
    return tuple(
        Contact(each.name, each.role, each.email, not each.fits, each.line, each.phone) for each in book.drafts
    )


def with_roles_joined(lines: list[Line]) -> list[tuple[int, str]]:
    """Each contact's words on one line, with the number of the first: a line broken in a role is joined again."""
    texts: list[tuple[int, str]] = []
    for line in lines:
        before = texts[-1][1] if texts else ""
        if texts and not addresses_in(before) and (line.wrapped or role_goes_on(before, line)):
            texts[-1] = (texts[-1][0], f"{before} {line.text}")
        else:
            texts.append((line.number, line.text))
    return texts


def role_goes_on(before: str, line: Line) -> bool:
    """Whether a line goes on with a role: in lower case, or after a word or mark that leaves it open."""
    begins = FIELD_WORD.match(line.text) or addresses_in(line.text.split()[0]) or line.marker
    if begins or line.after_blank:
        return False
    return line.text[0].islower() or bool(BREAKS_OFF.search(before))


def split_people(text: str) -> list[str]:
    """Two people on one line parted by ";" (or "and") who each have name and role but no address between them."""
    if addresses_in(text):
        return split_before_address(text)
    for mark in (r"\s*;\s*", r"\s+and\s+", r"\s+/\s+"):
        parts = re.split(mark, text)
        people = [name_and_role(part) for part in parts]
        if len(parts) > 1 and all(is_name(name) and role for name, role in people):
            return parts
    return [text]


def split_before_address(text: str) -> list[str]:
    """ "Jane Doe, Director; John Roe, Manager – john.roe@…": the first of the two has no address of their own."""
    address = addresses_in(text)[0]
    for mark in NEXT_PERSON.finditer(text, 0, address.start):
        left = text[: mark.start()]
        first, role = name_and_role(left)
        second = name_and_role(trimmed(text[mark.end() : address.start]))[0]
        two = is_name(first) and is_name(second) and (has_role(role) or mark.group().strip() in (";", ","))
        if two and fits(second, address.text) and not fits(first, address.text):
            return [left, *split_before_address(text[mark.end() :])]
    return [text]


class Book:
    """The contacts so far; the last one may still wait for its address."""

    def __init__(self):
        self.drafts: list[Draft] = []

    @property
    def waiting(self) -> Draft | None:
        return self.drafts[-1] if self.drafts and not self.drafts[-1].email else None

    def add(self, text: str, line: int) -> None:
        addresses = addresses_in(text)
        if not addresses:
            self.add_words(trimmed(text), line)
            return
        before = trimmed(text[: addresses[0].start])
        if not before and not self.waiting:
            self.add_address_first(text, addresses, line)
        else:
            self.add_name_first(text, addresses, line)

    def add_words(self, text: str, line: int) -> None:
        """A line without an address: a new person, or the role or telephone of the one before."""
        text, phone = without_phone(text)
        if phone and self.drafts:
            self.drafts[-1].phone = phone
        if not text:
            return
        name, role = name_and_role(text)
        last = self.drafts[-1] if self.drafts else None
        if last and not last.name:  # the address came first
            last.name, last.role = name, role
        elif last and not is_name(name) and (not last.role or self.waiting or has_role(text)):
            last.add_role(text)
        else:
            self.drafts.append(Draft(line, name, role, phone="" if last else phone))

    def add_name_first(self, text: str, addresses: list[Address], line: int) -> None:
        position = 0
        for number, address in enumerate(addresses):
            before = trimmed(text[position : address.start])
            if before:
                self.open_people(before, addresses[number:], text, line)
            self.give_address(address, line)
            position = address.end
        self.add_rest(trimmed(text[position:]), line)

    def open_people(self, before: str, addresses: list[Address], text: str, line: int) -> None:
        """A new draft, or several when the words name as many people as addresses follow one another."""
        before, phone = without_phone(before)
        name, role = name_and_role(before)
        if self.waiting and not is_name(name) and not self.waiting.role:
            self.waiting.role = before  # the role is on the line of the address, the name above it
            return
        names = [part for part in BETWEEN_PEOPLE.split(name) if part]
        one = len(names) > 1 and all(map(is_name, names)) and any(fits(each, addresses[0].text) for each in names)
        if len(names) > 1 and (one or len(names) == adjacent(addresses, text)):
            self.drafts += [Draft(line, each, role) for each in names]
            return
        self.drafts.append(Draft(line, name, role, phone=phone))

    def give_address(self, address: Address, line: int) -> None:
        last = self.drafts[-1] if self.drafts else None
        waiting = [draft for draft in self.drafts if not draft.email and (draft.line == line or draft is last)]
        fitting = (draft for draft in waiting if draft.name and fits(draft.name, address.text))
        draft = next(fitting, waiting[0] if waiting else None)
        if draft is None:
            draft = Draft(line)
            self.drafts.append(draft)
        draft.email = unglued(address.text, draft.name)
        glued = address.text.removesuffix(draft.email).strip(EDGES + ".")
        draft.role = f"{draft.role} {glued}".strip()

    def add_address_first(self, text: str, addresses: list[Address], line: int) -> None:
        for number, address in enumerate(addresses):
            end = addresses[number + 1].start if number + 1 < len(addresses) else len(text)
            words, phone = without_phone(trimmed(text[address.end : end]))
            name, role = name_and_role(words)
            self.drafts.append(Draft(line, name, role, address.text, phone))

    def add_rest(self, rest: str, line: int) -> None:
        """What follows a line's last address: a telephone number, a role, or one person more."""
        rest, phone = without_phone(rest)
        last = self.drafts[-1]
        last.phone = last.phone or phone
        if not rest:
            return
        name, role = name_and_role(rest)
        if is_name(name) and last.role:
            self.drafts.append(Draft(line, name, role))
        elif not last.name:
            last.name, last.role = name, role
        else:
            last.add_role(rest)


def adjacent(addresses: list[Address], text: str) -> int:
    """How many addresses follow one another with nobody named between them."""
    count = 1
    for before, after in pairwise(addresses):
        if trimmed(text[before.end : after.start]):
            break
        count += 1
    return count


def trimmed(text: str) -> str:
    """Without the marks and words that only join a name to its address."""
    text = re.sub(r"\(\s*\)", " ", text)
    text = re.sub(r"[ \f\v]+", " ", text).strip(EDGES)
    for _ in range(MOST_MARKS):
        shorter = LINK_WORDS.sub("", FIELD_WORD.sub("", text))
        shorter = without_lone_bracket(shorter.strip(EDGES))
        if shorter == text:
            return text
        text = shorter
    return text


def without_lone_bracket(text: str) -> str:
    """Without a bracket at either end that has no partner."""
    if text.endswith("(") or (text.startswith("(") and ")" not in text):
        return text.strip("( ")
    if text.startswith(")") or (text.endswith(")") and "(" not in text):
        return text.strip(") .")
    return text.removesuffix(".") if text == "." else text


def without_phone(text: str) -> tuple[str, str]:
    """The text without a telephone number, and the number."""
    match = PHONE.search(text)
    if not match:
        return text, ""
    return trimmed(text[: match.start()] + " " + text[match.end() :]), match["number"].strip()


def name_and_role(text: str) -> tuple[str, str]:
    """Parts "Jane Doe, Head of Service" (or with a dash, colon, tab, bracket or nothing between) at its first mark."""
    match = SEPARATOR.search(text)
    if not match:
        return split_at_role_word(text)
    name, role = text[: match.start()].strip(EDGES), text[match.end() :].strip(EDGES)
    if match.group() == "(":
        return bracketed(text, match.start())
    if has_role(name) and is_name(role):
        return role, name
    if has_role(name) and not is_name(name):
        first, rest = split_at_role_word(name)
        return first, f"{rest}{text[match.start() :]}".strip() if rest else role
    return name, role


def bracketed(text: str, at: int) -> tuple[str, str]:
    """ "Jane Doe (Head of Service)", while pronouns in brackets stay with the name."""
    end = text.find(")", at)
    if end == -1:
        return text[:at].strip(EDGES), text[at + 1 :].strip(EDGES)
    inner, rest = text[at + 1 : end], text[end + 1 :].strip(EDGES)
    if re.fullmatch(r"(?:she|he|they)\s?/\s?\w+(?:\s?/\s?\w+)?", inner, re.IGNORECASE):
        return text[: end + 1], rest
    if not has_role(inner) and rest:
        return text[: end + 1], rest
    return text[:at].strip(EDGES), ", ".join(filter(None, (inner, rest)))


def split_at_role_word(text: str) -> tuple[str, str]:
    """ "Jane Doe Head of Service": the name is the words before the first word of a job title."""
    match = ROLE_WORD.search(text)
    if not match or len(text[: match.start()].split()) < 2:
        return text.strip(), ""
    return text[: match.start()].strip(EDGES), text[match.start() :].strip(EDGES)


def unglued(address: str, name: str) -> str:
    """The address alone, where a role ran into it ("Parenting-jane.doe@…")."""
    local = address.partition("@")[0]
    parts = name_parts(name)
    if not parts or letters(local[: len(parts[0])]) == parts[0]:
        return address
    at = local.lower().find(parts[0])
    if at > 0 and len(parts[0]) > 2 and letters(local[at:]) and fits(name, address[at:]) and not fits(name, address):
        return address[at:]
    return address
