"""What the conversion of slides to text left behind, known by name. None of it reaches a reader."""

from __future__ import annotations

from .records import Debris

# The heading of a table's second column, “No.” for “number”, with the arrow by which a slide's table is sorted.
COLUMN_HEADINGS = ("₽No.", "Vo.", "No. ▼", "No.", "No")
BULLET_BOX = "□ "


def cloud_of_names(line: int, text: str) -> Debris:
    """The labels of a map or a word cloud, read from left to right: names with no sentence between them."""
    return Debris(line, text, "cloud of names")


def column_heading(line: int, text: str) -> Debris:
    return Debris(line, text, "column heading")


def without_box(line: int, text: str) -> tuple[str, list[Debris]]:
    """A bullet's text without the box that its font drew as the bullet, and that box."""
    if not text.startswith(BULLET_BOX):
        return text, []
    return text.removeprefix(BULLET_BOX), [Debris(line, BULLET_BOX.strip(), "bullet box")]
