"""What a person's name, role and telephone number look like, and which addresses fit a name."""

from __future__ import annotations

import re
import unicodedata

from ..reference import word_list
from ..text.lines import Line

ROLE_WORD = re.compile(
    r"\b(?:heads?|director|assistant|deputy|interim|acting|manager|lead|leader|officer|service|services"
    r"|team|senior|principal|strategic|strategy"
    r"|operational|operations|commissioner|commissioning|co-?ordinator|advis[eo]r|practitioner|social"
    r"|worker|project|programme|participation"
    r"|consultant|chief|executive|virtual|children[’']?s|corporate|early|youth|family|education|practice"
    r"|quality|safeguarding|business"
    r"|development|designated|clinical|psychologist|therapist|nurse|specialist|supervisor|inspector"
    r"|analyst|partner|chair|member"
    r"|councillor|administrator|apprentice|trainer|teacher|headteacher|psw|dcs|joint|group|area|performance|data)\b",
    re.IGNORECASE,
)
WORD_OF_NAME = re.compile(r"(?:[A-Z][\w’'.-]*|de|van|der|den|von|la|le|al|el|bin|da|dos|di|ap|ó|ní|ul|ur)$")
PHONE = re.compile(
    r"(?:(?<!\w)(?:tel(?:ephone)?|phone|mobile|mob|t|m)\b\s*(?:no|number)?\s*[.:]*\s*)?"
    r"(?P<number>(?:\+\d{1,3}|\(?0)[\d\s()./-]{8,22}\d)",
    re.IGNORECASE,
)
FIELD_WORD = re.compile(
    r"^(?:full name|name|role|job title|job role|title|position|post|e-?mail(?: address)?|contact e-?mail"
    r"|tel(?:ephone)?(?: number)?|phone(?: number)?|mobile|mailto|address)\s*[:–-]\s*",
    re.IGNORECASE,
)
FIRST_MARK = re.compile(r"\s*(?:[,\t|(:;]|\s[-–—]\s?|[–—])")
HONORIFICS = word_list("names", "honorifics")
SHORT_FORMS = [frozenset(forms.split("/")) for forms in word_list("names", "short_forms")]
# A service's own mailbox fits anyone named beside it.
MAILBOX = re.compile(
    r"(?:participation|safeguarding|partnerships?|commissioning|performance|enquir(?:y|ies)|childrens?"
    r"|children|families|family|fostering|kinship"
    r"|adoption|leaving|virtual|referrals?|services?|support|contacts?|mailbox|schools?|education|training"
    r"|academy|learning|projects?|council"
    r"|office|admin|young|people|youth|justice|early|years|help|voice|teams?|info|send|mash|care|leavers?"
    r"|after|workforce|practice|data"
    r"|quality|the|and|of|hub|lct|yjs|yos|cyp|csc|psw|lado|liia|[a-z]{2,4}(?=team$))++"
)


def is_name(text: str) -> bool:
    """Two to five words with the shape of a person's name, none of them from a job title."""
    text = re.sub(r"\([^)]*\)", "", text).strip()
    words = text.split()
    if not 1 < len(words) <= 5 or ROLE_WORD.search(text) or any(char.isdigit() for char in text):
        return False
    return words[0][0].isupper() and all(WORD_OF_NAME.match(word) for word in words)


def has_role(text: str) -> bool:
    return bool(ROLE_WORD.search(text))


def is_phone(text: str) -> bool:
    return bool(PHONE.fullmatch(text.strip(" ,;:–—-|()")))


def first_part(text: str) -> str:
    return FIRST_MARK.split(text, maxsplit=1)[0].strip()


def begins_with_name(text: str) -> bool:
    return is_name(text) or is_name(first_part(text))


def is_name_or_role(text: str) -> bool:
    """A short line that only names a person or a job."""
    if len(text) > 100 or text.endswith((".", "!", "?", ":")):
        return False
    return begins_with_name(text) or (has_role(text) and len(text.split()) <= 12)


def may_belong_to_a_contact(line: Line, above: list[Line], below: list[Line]) -> bool:
    """Whether a line under "Key Contact" goes on with the contacts rather than begins the text. `above`: the contacts'
    lines so far."""
    text = FIELD_WORD.sub("", line.text)
    if line.addresses:
        return len(text) <= 300
    if is_phone(text) or text != line.text:
        return True
    if len(text) > 120 or text.endswith((".", "!", "?", ":")) or text.startswith(("“", '"', "http", "www.")):
        return False
    if not above or (any(near.addresses for near in below) and (begins_with_name(text) or has_role(text))):
        return True
    if not has_role(text):
        return False
    is_below = not line.after_blank and (not above[-1].addresses or is_role_below(text, above[-1]))
    return is_below or (first_part(text) != text and is_name(first_part(text)))


def is_role_below(text: str, above: Line) -> bool:
    """Whether a short line is the job of the person above it, who has a name and an address but no role yet."""
    return len(text.split()) <= 8 and is_name(above.text[: above.addresses[0].start].strip(" \t,;:|<>()–—-"))


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
    if any(composed(whole, (first, *parts[1:]), False) for first in (parts[0], *short_forms_of(parts[0]))):
        return True
    pieces = [letters(piece) for piece in re.split(r"[._\-\d]+", local)]
    pieces = [piece for piece in pieces if len(piece) > 1]
    if pieces and all(composed(piece, tuple(parts), False) for piece in pieces):
        return True
    return short_form_fits(pieces, parts) or bool(MAILBOX.fullmatch(whole))


def composed(rest: str, parts: tuple[str, ...], full: bool) -> bool:
    """Whether `rest` consists of some of `parts`, each whole or as its initial, at least one of them whole."""
    if not rest:
        return full
    for index, part in enumerate(parts):
        others = parts[:index] + parts[index + 1 :]
        if len(part) > 1 and rest.startswith(part) and composed(rest[len(part) :], others, True):
            return True
        if rest[0] == part[0] and composed(rest[1:], others, full):
            return True
    return False


def short_forms_of(name: str) -> frozenset[str]:
    """Every other form of a first name, in lower case."""
    return frozenset().union(*(forms for forms in SHORT_FORMS if name in forms)) - {name}


def short_form_fits(pieces: list[str], parts: list[str]) -> bool:
    """ "Sam Jones" at samantha.jones: the surname is whole, the first name a short form. One letter more or less is
    no short form but a slip ("Keli", "Kelli")."""
    if len(pieces) != 2 or len(parts) < 2 or pieces[1] != parts[-1]:
        return False
    printed, given = pieces[0], parts[0]
    long, short = max(printed, given, key=len), min(printed, given, key=len)
    return long.startswith(short) and len(long) - len(short) >= 2
