"""Where the survey's figures contradict themselves or each other. The published figure stands; a note says what is odd.

A share is a contradiction when no number of authorities, or not every number that the text itself counts, can give it.
"""

from __future__ import annotations

from collections.abc import Iterable

from .records import Statistic

AUTHORITIES = 33  # in London


def share(count: int, base: int) -> int:
    """Percent, rounded to a whole number as the survey does."""
    return round(100 * count / base)


def possible_bases(statistics: Iterable[Statistic]) -> list[int]:
    """How many authorities can have answered: as printed ("15/22"), or as a share of a count allows ("71% (15)")."""
    bases = set()
    for one in statistics:
        if one.base:
            bases.add(one.base)
        elif one.percent and one.count:
            bases |= {n for n in range(one.count, AUTHORITIES + 1) if share(one.count, n) == one.percent}
    return sorted(bases)


def note_on(one: Statistic, bases: list[int]) -> str:
    """A sentence or two on what contradicts this figure, "" if nothing does."""
    if one.percent is None:
        return ""
    if one.base:
        return _against_its_own_base(one, bases)
    return _against_its_count(one, bases) if one.count else _against(one.percent, bases)


def _against_its_own_base(one, bases):
    if share(one.count, one.base) == one.percent:
        return ""
    would_be = [n for n in bases if share(one.count, n) == one.percent]
    better = f" {one.count} of {_or(would_be)} would be {one.percent}%." if would_be else ""
    return f"{one.count} of {one.base} is {share(one.count, one.base)}%, not {one.percent}%.{better}"


def _against_its_count(one, bases):
    others = [n for n in bases if share(one.count, n) != one.percent]
    if not others:
        return ""
    fits = _or([n for n in bases if n not in others])
    rest = "; ".join(f"of the {n} counted elsewhere in the survey it is {share(one.count, n)}%" for n in others)
    return f"{one.count} is {one.percent}% of {fits} authorities; {rest}."


def _against(percent, bases):
    nearest = {n: min(range(n + 1), key=lambda count, n=n: abs(100 * count / n - percent)) for n in bases}
    fits = {n: count for n, count in nearest.items() if share(count, n) == percent}
    others = [n for n in bases if n not in fits]
    if not others:
        return ""
    if not fits:
        near = " and ".join(f"{count} of {n} ({share(count, n)}%)" for n, count in nearest.items())
        return f"No whole number of {_or(bases)} authorities is {percent}%: the nearest are {near}."
    given = " or ".join(f"{count} of {n}" for n, count in fits.items())
    return f"{percent}% is {given} authorities; no whole number of {_or(others)} comes to it."


def _or(numbers):
    return " or ".join(map(str, numbers))
