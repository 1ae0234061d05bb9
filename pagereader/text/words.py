"""Word lists as people write them: in a line of text."""

from __future__ import annotations


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list parted by spaces or line breaks."""
    return tuple(text.split())


def phrases_of(text: str) -> tuple[str, ...]:
    """The phrases of a list parted by commas."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())
