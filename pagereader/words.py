"""The reader's word lists: `words.toml`, read once."""

from __future__ import annotations

import tomllib
from importlib.resources import files

LISTS = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def word_list(table: str, name: str) -> frozenset[str]:
    return frozenset(LISTS[table][name].split())


def phrase_list(table: str, name: str) -> frozenset[str]:
    """The phrases of a list that has commas between them."""
    return frozenset(" ".join(phrase.split()) for phrase in LISTS[table][name].split(","))
