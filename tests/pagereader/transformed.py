"""The same page as other programs would save it: nothing that a reader would notice changes."""

from __future__ import annotations

import re
import textwrap

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


def wrapped_at_80(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 80, break_long_words=False, break_on_hyphens=False) if len(line) > 80 else line
        for line in text.split("\n")
    )


def with_labels_alone(text: str) -> str:
    return re.sub(r"^(Summary of project|Key Contact|Team|Partners): ", r"\g<1>:\n", text, flags=re.MULTILINE)


def with_other_labels(text: str) -> str:
    for label, other in (
        ("Summary of project:", "Project summary:"),
        ("Key Contact:", "Contacts:"),
        ("Team:", "Team name:"),
        ("Partners:", "Partner organisations:"),
        ("Main Submission:", "Main submission"),
    ):
        text = re.sub(f"^{label}", other, text, flags=re.MULTILINE)
    return text


def without_some_labels(text: str) -> str:
    return re.sub(r"^(?:Main Submission:|Read more about this project)\n", "", text, flags=re.MULTILINE)


def with_straight_double_marks(text: str) -> str:
    return text.replace("“", '"').replace("”", '"')


def with_dashes(text: str) -> str:
    return text.replace("–", "—")
