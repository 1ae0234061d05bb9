"""The reader's word lists: `words.toml`, read once."""

from __future__ import annotations

import tomllib
from pathlib import Path

LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def word_list(table: str, name: str) -> frozenset[str]:
    return frozenset(LISTS[table][name].split())


def phrase_list(table: str, name: str) -> frozenset[str]:
    """The phrases of a list that has commas between them."""
    return frozenset(" ".join(phrase.split()) for phrase in LISTS[table][name].split(","))
