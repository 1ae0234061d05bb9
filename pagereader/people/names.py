"""What a line about a person looks like: a name, a role, a telephone number."""

from __future__ import annotations

import re

from ..text.addresses import addresses_in
from ..text.lines import Line

ROLE_WORD = re.compile(
    r"\b(?:heads?|director|assistant|deputy|interim|acting|manager|lead|leader|officer|service|services"
    r"|team|senior|principal|strategic|strategy"
    r"|operational|operations|commissioner|commissioning|co-?ordinator|advis[eo]r|practitioner|social"
    r"|worker|project|programme|participation"
    r"|consultant|chief|executive|virtual|children[’']?s|corporate|early|youth|family|education|practice"
    r"|quality|safeguarding|business"
    r"|development|designated|clinical|psychologist|therapist|nurse|specialist|supervisor|inspector"
    r"|analyst|partner|officer|chair|member"
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


def is_name(text: str) -> bool:
    """One to five words written as a person's name is, none of them from a job title."""
    text = re.sub(r"\([^)]*\)", "", text).strip()
    words = text.split()
    if not 1 < len(words) <= 5 or ROLE_WORD.search(text) or any(char.isdigit() for char in text):
        return False
    return words[0][0].isupper() and all(WORD_OF_NAME.match(word) for word in words)


def has_role(text: str) -> bool:
    return bool(ROLE_WORD.search(text))


def is_phone(text: str) -> bool:
    return bool(PHONE.fullmatch(text.strip(" ,;:–—-|()")))


def may_belong_to_a_contact(line: Line, so_far: list[Line], ahead: list[Line]) -> bool:
    """Whether a line under "Key Contact" goes on with the contacts rather than begins the text."""
    text = FIELD_WORD.sub("", line.text)
    if addresses_in(text):
        return len(text) <= 300
    if is_phone(text) or text != line.text:
        return True
    if len(text) > 120 or text.endswith((".", "!", "?", ":")) or text.startswith(("“", '"', "http", "www.")):
        return False
    if not so_far:
        return True
    if any(addresses_in(near.text) for near in ahead) and (
        is_name(text) or has_role(text) or is_name(first_part(text))
    ):
        return True
    if is_role_below(text, so_far[-1]) and not line.after_blank:
        return True
    awaited = not addresses_in(so_far[-1].text) and not line.after_blank
    return (awaited and has_role(text)) or (is_name(first_part(text)) and first_part(text) != text and has_role(text))


def is_role_below(text: str, above: Line) -> bool:
    """Whether a short line is the job of the person above it, who has a name and an address but no role yet."""
    addresses = addresses_in(above.text)
    if not addresses or len(text.split()) > 8 or not has_role(text):
        return False
    return is_name(above.text[: addresses[0].start].strip(" \t,;:|<>()–—-"))


def is_name_or_role(text: str) -> bool:
    """A short line that only names a person or a job."""
    if len(text) > 100 or text.endswith((".", "!", "?", ":")):
        return False
    return is_name(text) or is_name(first_part(text)) or (has_role(text) and len(text.split()) <= 12)


def first_part(text: str) -> str:
    return re.split(r"\s*(?:[,\t|(:;]|\s[-–—]\s?|[–—])", text, maxsplit=1)[0].strip()
