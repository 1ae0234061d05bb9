"""The same page as other programs would save it: nothing that a reader would notice changes."""

from __future__ import annotations

import re

BULLETS = re.compile(r"^(\s*)[•●] ", re.MULTILINE)


def with_crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def with_cr(text: str) -> str:
    return text.replace("\n", "\r")


def with_no_break_spaces(text: str) -> str:
    return re.sub(r"(?<=\S) (?=\S)", "\u00a0", text)


def with_zero_width(text: str) -> str:
    return re.sub(r"(?<=\w) (?=\w)", "\u200b ", text)


def with_blank_lines_doubled(text: str) -> str:
    return text.replace("\n\n", "\n\n\n\n")


def with_trailing_spaces(text: str) -> str:
    return text.replace("\n", "  \t\n")


def without_indentation(text: str) -> str:
    return re.sub(r"^ +(?=[•●\d])", "", text, flags=re.MULTILINE)


def with_bullet(mark: str):
    return lambda text: BULLETS.sub(rf"\g<1>{mark} ", text)


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text)
