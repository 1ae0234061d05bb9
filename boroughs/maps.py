"""Maps of London: its 33 squares, deeper in colour the more entries there are; and a borough among its neighbours.

The squares stand in the London Squared arrangement. Outlines are the numbers of a drawing; the template draws it.
"""

import csv
import re
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap

from django.conf import settings
from django.utils.safestring import mark_safe

from boroughs.models import Borough
from spotlight.wording import entries

# A borough's square takes the deepest step whose number of entries it reaches.
STEPS = (1, 2, 4, 8)

SOURCE = settings.ROOT / "fixtures" / "sources" / "london_boroughs_svg.csv"
_LINE = re.compile(r"([Ml])([^MlzZ]*)")
_NUMBER = re.compile(r"-?\d+")
LETTERS = 0.0235  # the height of a name, as a part of the picture's width
CODE = 0.048  # that of the three letters which stand for it on a phone
LEADING = 1.15
MARGIN = 0.03
WIDTH_TO_HEIGHT = 1.25  # at least: a tall picture would push the page away
MOST_IN_A_LINE = 12


@dataclass(frozen=True)
class Tile:
    borough: Borough
    entries: int
    address: str  # where its link leads
    ticked: bool = False  # on the list's map: the borough is one of the filters

    @property
    def depth(self):
        """0 (no entry) to 4."""
        return bisect(STEPS, self.entries)


def tile_map(boroughs):
    """Tiles in reading order (row by row, left to right) from boroughs `with_entry_counts()`."""
    return [Tile(borough, borough.entries, borough.get_absolute_url()) for borough in in_reading_order(boroughs)]


def in_reading_order(boroughs):
    """The boroughs as their squares are read and reached by keyboard."""
    return sorted(boroughs, key=lambda borough: (borough.tile_row, borough.tile_column))


def legend(tiles):
    """[(depth, wording)] of the depths that occur on this map, lightest first."""
    wordings = {0: "none"}
    for depth, step in enumerate(STEPS, start=1):
        last = STEPS[depth] - 1 if depth < len(STEPS) else None
        wordings[depth] = f"{step} or more" if last is None else f"{step}" if last == step else f"{step} to {last}"
    return [(depth, wordings[depth]) for depth in sorted({tile.depth for tile in tiles})]


def draw_map(tiles):
    """The map and its legend as HTML: by code, since a template takes twenty times as long for 33 squares."""
    depths = (f'<li><span class="swatch depth-{depth}"></span>{wording}</li>' for depth, wording in legend(tiles))
    # Safe: whatever comes from the database or an address was escaped.
    return mark_safe(  # noqa: S308
        '<ul class="tile-map" role="list" aria-label="London’s 33 local authorities as a map of squares">\n'
        f"{''.join(map(_square, tiles))}</ul>\n"
        '<ul class="legend" aria-label="Depth of colour: number of entries">\n'
        f'<li class="quiet">Entries:</li>\n{"".join(depths)}\n</ul>\n'
    )


def _square(tile):
    start, name, end = _parts_of_square(
        tile.borough.tile_row, tile.borough.tile_column, tile.borough.name, tile.borough.tile_label
    )
    current, removes = (' aria-current="true"', ", chosen; remove this filter") if tile.ticked else ("", "")
    return (
        f'{start}{tile.depth}" href="{escape(tile.address)}"{current}\n'
        f'aria-label="{name}: {entries(tile.entries)}{removes}">\n{end}{tile.entries}</span>\n</a>\n</li>\n'
    )


@lru_cache(maxsize=100)
def _parts_of_square(row, column, name, code):
    """What is the same of a borough's square on every map: its beginning, its name, and its texts."""
    name = escape(name)
    return (
        f'<li class="row-{row} col-{column}">\n<a class="tile depth-',
        name,
        f'<span class="full">{name}</span>\n<span class="code">{escape(code)}</span>\n<span class="count">',
    )


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


@dataclass(frozen=True)
class Place:
    """One authority on the picture. A line of its label is (text, x, y)."""

    borough: Borough
    path: str
    name: list[tuple[str, int, int]]
    code: list[tuple[str, int, int]]


@dataclass(frozen=True)
class Surroundings:
    """`box`: left, top, width, height of what is seen; `beyond`: paths of the authorities further off."""

    box: tuple[int, int, int, int]
    own: Place
    neighbours: list[Place]
    beyond: list[str]

    @property
    def places(self):
        return [self.own, *self.neighbours]

    @property
    def letters(self):
        return round(self.box[2] * LETTERS)

    @property
    def code_letters(self):
        return round(self.box[2] * CODE)


def surroundings(borough, neighbours):
    """The picture of a borough and its neighbours, all `with_entry_counts()`; None for a borough without an outline."""
    known = outlines()
    near = [one for one in neighbours if one.ons_code in known]
    if borough.ons_code not in known:
        return None
    box = _frame([known[one.ons_code].box for one in (borough, *near)])
    shown = {one.ons_code for one in (borough, *near)}
    own, *places = [_place(one, known[one.ons_code], box[2]) for one in (borough, *near)]
    return Surroundings(box, own, places, [outline.path for code, outline in known.items() if code not in shown])


def _frame(boxes):
    """The rectangle around all boxes with a margin, wide enough for its height."""
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width, height = max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top
    margin = MARGIN * max(width, height)
    height += 2 * margin
    full = max(width + 2 * margin, height * WIDTH_TO_HEIGHT)
    return round(left - (full - width) / 2), round(top - margin), round(full), round(height)


def _place(borough, outline, width):
    number = str(borough.entries)
    name = [*wrap(borough.name, MOST_IN_A_LINE), number]
    return Place(
        borough,
        outline.path,
        _lines(name, outline, width * LETTERS * LEADING),
        _lines([borough.tile_label, number], outline, width * CODE * LEADING),
    )


def _lines(texts, outline, leading):
    """The lines of a label, the block of them centred on the outline's label point."""
    first = outline.y - leading * (len(texts) - 1) / 2
    return [(text, outline.x, round(first + n * leading)) for n, text in enumerate(texts)]
