"""E-mail and web addresses in running text."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”‘]+", re.IGNORECASE)
LOCAL = frozenset(string.ascii_letters + string.digits + "._%+'’-")
DOMAIN = frozenset(string.ascii_letters + string.digits + ".-")


@dataclass(frozen=True)
class Address:
    """An e-mail address as printed, and where it begins and ends."""

    text: str
    start: int
    end: int

    @property
    def domain(self) -> str:
        return self.text.rpartition("@")[2].lower()


def addresses_in(text: str) -> list[Address]:
    """Every e-mail address in `text`, as printed. Walks out from each @, so the cost is linear."""
    addresses: list[Address] = []
    at = text.find("@")
    while at != -1:
        address = address_around(text, at, addresses[-1].end if addresses else 0)
        if address:
            addresses.append(address)
        at = text.find("@", at + 1)
    return addresses


def address_around(text: str, at: int, floor: int) -> Address | None:
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
