"""Checking that nothing of a page is lost: each line's words stand in the field its ledger names."""

from __future__ import annotations

import re

from pagereader import to_text
from pagereader.text.lines import lines_of

LABELS = """
    summary of project the this brief short key lead main contact contacts contact(s) details team teams name names
    partners partner organisations organisation agencies submission supporting information material materials document
    documents category sponsored by sponsor is kindly email e mail address tel telephone phone mobile mailto role job
    title and london s
"""
LABEL_WORDS = frozenset(LABELS.split())
WORD = re.compile(r"\w+")


def missing_words(text: str, page) -> list[tuple[int, str, set[str]]]:
    """Each non-blank line with words that its fields do not hold: (line, field, words)."""
    held: dict[str, set[str]] = {}
    missing = []
    for line in lines_of(text):
        where = page.ledger[line.number]
        if where == "furniture":
            continue
        words = set()
        for name in where.split(", "):
            if name not in held:
                held[name] = set(WORD.findall(field_text(page, name).lower()))
            words |= held[name]
        lost = set(WORD.findall(line.text.lower())) - words - LABEL_WORDS
        lost = {word for word in lost if not is_marker(word, line.text)}
        if lost:
            missing.append((line.number, where, lost))
    return missing


def is_marker(word: str, text: str) -> bool:
    return bool(re.match(rf"\W*{re.escape(word)}[.):]?\W", text.lower())) and len(word) <= 2


def field_text(page, name: str) -> str:
    if name.startswith("category."):
        return plain(getattr(page.category, name.removeprefix("category.")))
    number, field = name.removeprefix("entry ").split(".")
    return plain(getattr(page.entries[int(number)], field))


def plain(value) -> str:
    if isinstance(value, tuple) and value and hasattr(value[0], "kind"):
        return to_text(value)
    if isinstance(value, tuple):
        return " ".join(
            " ".join(map(str, vars(item).values())) if hasattr(item, "__dict__") else str(item) for item in value
        )
    return str(value)
