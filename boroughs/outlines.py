"""The authorities' outlines, drawn on one plane of 2000 × 1545 units, north at the top.

From the Greater London Authority's boundary files (fixtures/sources/london_boroughs_svg.csv; the about page carries the
credits). Land does not change with the catalogue, so the file is read where it stands and not kept in the database.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

SOURCE = settings.ROOT / "fixtures" / "sources" / "london_boroughs_svg.csv"
_LINE = re.compile(r"([Ml])([^MlzZ]*)")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True)
class Outline:
    path: str  # for SVG: moves, relative lines, closings
    x: int  # where a label stands
    y: int
    box: tuple[int, int, int, int]  # left, top, right, bottom


@lru_cache(maxsize=1)
def outlines():
    """{ONS code: outline} of all 33."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return {row["ons_code"]: _outline(row) for row in csv.DictReader(file)}


def _outline(row):
    return Outline(row["path"], int(row["label_x"]), int(row["label_y"]), _box(row["path"]))


def _box(path):
    xs, ys = zip(*_points(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _points(path):
    """Every corner of a path: absolute after M, relative to the corner before after l."""
    x = y = 0
    for command, numbers in _LINE.findall(path):
        values = [int(number) for number in _NUMBER.findall(numbers)]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
            yield x, y
