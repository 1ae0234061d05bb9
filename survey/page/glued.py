"""Rows that glue several answers together, as when an authority's free text was read into one cell."""

from __future__ import annotations

import re

from .records import Option


def split_glued(options: list[Option]) -> None:
    """Give each row that names other rows of its table again, after a full stop, its answers as `parts`."""
    texts = [option.text for option in options]
    starts = re.compile(rf"(?<=\.) (?=({'|'.join(re.escape(text) for text in texts)})\b)") if texts else None
    for option in options:
        if found := list(starts.finditer(option.text)):
            option.repeats = [match[1] for match in found]
            ends = [*(match.start() for match in found), len(option.text)]
            begins = [0, *(match.end() for match in found)]
            option.parts = [option.text[begin:end] for begin, end in zip(begins, ends, strict=True)]
