"""Figures inside a consideration, as far as its sentence says them."""

from __future__ import annotations

import re

from .records import Statistic

SPELT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
PERCENT = re.compile(r"(?P<figure>(?P<percent>\d+)%)")
COUNT_OF_BASE = re.compile(r"\((?P<count>\d+)/(?P<base>\d+)\b")
COUNT = re.compile(r"\((?P<count>\d+)\)")
COUNTED_BOROUGHS = re.compile(rf"\b(?P<figure>{'|'.join(SPELT)}) (?:boroughs|LA's)\b", re.IGNORECASE)
WORDED = re.compile(r"^(?P<figure>(?:Just (?:over|under)|About|Nearly) half|All but (?:one|two))\b")


def statistic_in(text: str) -> Statistic | None:
    """The figure of one bullet, or None. A share in words ("Just under half") has neither percent nor count."""
    of_base, count = COUNT_OF_BASE.search(text), COUNT.search(text)
    if found := PERCENT.search(text):
        return Statistic(found["figure"], int(found["percent"]), *_counted(of_base, count))
    if found := COUNTED_BOROUGHS.search(text):
        return Statistic(found["figure"], count=SPELT[found["figure"].lower()])
    if count:
        return Statistic(count["count"], count=int(count["count"]))
    found = WORDED.match(text)
    return Statistic(found["figure"]) if found else None


def _counted(of_base, count):
    """(count, base) as printed: "(15/22 LA's)" is (15, 22), "(15)" is (15, None)."""
    if of_base:
        return int(of_base["count"]), int(of_base["base"])
    return (int(count["count"]), None) if count else (None, None)
