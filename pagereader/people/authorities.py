"""Whom a text names: London's authorities and the bodies that deliver for them, in any form people write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..reference import Reference

AND = r"(?:and|&|\+)"
PREFIX = re.compile(
    r"(?:the\s+)?(?:(?:london|royal)\s+boroughs?(?:\s+of)?|boroughs?\s+of|cit(?:y|ies)\s+of"
    r"|l\.?\s?b\.?s?(?:\s+of)?|r\.?\s?b\.?(?:\s+of)?"
    r"|lbs(?:\s+of)?|councils?\s+of)\s+",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"\s+(?:(?:city|borough)\s+)?(?:council|corporation)s?\b", re.IGNORECASE)
SERVICES = re.compile(r"\s+(?:children['’]?s|childrens)\s+(?:services|social care)\b", re.IGNORECASE)
JOINER = re.compile(r"\s*(?:,\s*and\b|,|/|&|\+|;|\band\b|\bwith\b)\s*", re.IGNORECASE)
DASH_JOINER = re.compile(r"\s*[-–—−,:(]\s*")
ENDS_NAME = re.compile(
    r"\s*(?:$|[-–—−‒|:,;/&+()\t]|and\b|with\b|(?:(?:city|borough)\s+)?council|corporation|children)", re.IGNORECASE
)
FIRST_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Named:
    """One name in a text: the authorities it means, and the delivery body when it is one’s name."""

    authorities: tuple[str, ...]
    delivery_body: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True)
class Opening:
    """The authorities a line opens with: `end` is where the rest of the line begins."""

    authorities: tuple[str, ...]
    delivery_body: str
    end: int
    official: bool  # in the borough's formal form, not only "Camden"


class Gazetteer:
    """Every form of every authority’s and delivery body’s name."""

    def __init__(self, reference: Reference):
        self.meaning: dict[str, tuple[tuple[str, ...], str]] = {}
        forms = []
        for authority in reference.authorities:
            for form in (authority.name, authority.official_name, *authority.aliases):
                self.meaning.setdefault(key(form), ((authority.name,), ""))
                forms.append(form)
        for body in filter(None, dict.fromkeys(authority.delivery_body for authority in reference.authorities)):
            members = [authority for authority in reference.authorities if authority.delivery_body == body]
            for form in (body, *(alias for member in members for alias in member.delivery_aliases)):
                self.meaning[key(form)] = (tuple(member.name for member in members), body)
                forms.append(form)
        self.pattern = forms_pattern(forms)
        self.opening_with = {first: forms_pattern(same) for first, same in by_first_word(forms).items()}
        self.official = {key(authority.official_name) for authority in reference.authorities}

    def named(self, match: re.Match[str]) -> Named:
        authorities, body = self.meaning[key(match.group())]
        return Named(authorities, body, match.start(), match.end(), match.group())

    def all_in(self, text: str) -> list[Named]:
        return [self.named(match) for match in self.pattern.finditer(text)]

    def name_at(self, text: str, position: int) -> re.Match[str] | None:
        """The name that begins at this place; its first word chooses the few forms to try."""
        word = FIRST_WORD.match(text, position)
        pattern = self.opening_with.get(word.group().lower()) if word else None
        return pattern.match(text, position) if pattern else None

    def opening(self, text: str) -> Opening | None:
        """The authority or authorities with which `text` begins ("LB Camden and LB Islington – …"), or None."""
        all_named: list[Named] = []
        position: int | None = 0
        official = False
        while position is not None and len(all_named) < 8:
            prefix = PREFIX.match(text, position)
            match = self.name_at(text, position) or (prefix and self.name_at(text, prefix.end()))
            if not match or not ENDS_NAME.match(text, match.end()):
                break
            official |= bool(prefix) or is_official(match.group(), self.official)
            all_named.append(self.named(match))
            position = self.next_name(text, after_name(text, match.end()), all_named[-1])
        return opening_of(text, all_named, official) if all_named else None

    def next_name(self, text: str, position: int, named: Named) -> int | None:
        """Where the next name begins when another follows, else None. A dash or bracket joins only around a delivery
        body or an abbreviation of the name before it ("Hammersmith and Fulham (LBHF)")."""
        if match := JOINER.match(text, position):
            return match.end()
        match = DASH_JOINER.match(text, position)
        if not match:
            return None
        prefix = PREFIX.match(text, match.end())
        following = self.name_at(text, prefix.end() if prefix else match.end())
        if not following or not ENDS_NAME.match(text, following.end()):
            return None
        joins = "(" in match.group() or named.delivery_body or self.named(following).delivery_body
        return match.end() if joins else None


def opening_of(text: str, all_named: list[Named], official: bool) -> Opening:
    explicit = [name for named in all_named if not named.delivery_body for name in named.authorities]
    implied = [name for named in all_named for name in named.authorities]
    body = next((named.delivery_body for named in all_named if named.delivery_body), "")
    end = after_name(text, all_named[-1].end)
    if text[end : end + 1] == ")" and "(" in text[:end]:
        end += 1
    return Opening(tuple(dict.fromkeys(explicit or implied)), body, end, official or bool(body))


def after_name(text: str, position: int) -> int:
    for pattern in (SUFFIX, SERVICES):
        if match := pattern.match(text, position):
            position = match.end()
    return position


def forms_pattern(forms: list[str]) -> re.Pattern[str]:
    """Matches any of these forms, the longest that fits."""
    longest_first = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(as_pattern, longest_first)) + r")(?!\w)")


def by_first_word(forms: list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(FIRST_WORD.match(form).group().lower(), []).append(form)
    return groups


def key(form: str) -> str:
    """One spelling for all spellings of a name: "Kensington & Chelsea" is "kensington and chelsea"."""
    form = form.lower().replace("&", " and ").replace("+", " and ").replace("'", "").replace("’", "")
    return re.sub(r"[\W_]+", " ", form).strip()


def as_pattern(form: str) -> str:
    words = [
        AND if word in ("and", "&") else re.escape(word).replace("\\&", r"\s?(?:&|and)\s?")
        for word in re.split(r"[\s-]+", form)
    ]
    pattern = r"[\s-]+".join(words).replace("'", "['’]?")
    # An abbreviation counts only as listed: "LBI" is Islington, "lbi" is nothing; "AfC" and "AFC" are both listed.
    return pattern if is_abbreviation(form) else f"(?i:{pattern})"


def is_abbreviation(form: str) -> bool:
    return " " not in form and sum(char.isupper() for char in form) >= 2


def is_official(printed: str, official: set[str]) -> bool:
    return key(printed) in official or is_abbreviation(printed) or printed[:3].lower() in ("lb ", "rb ")


@lru_cache(maxsize=8)
def gazetteer_of(reference: Reference) -> Gazetteer:
    return Gazetteer(reference)
