"""The London tile map: 33 squares in the London Squared arrangement, deeper in colour the more entries there are."""

from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import mark_safe

from boroughs.models import Borough
from spotlight.wording import entries

# A borough's square takes the deepest step whose number of entries it reaches.
STEPS = (1, 2, 4, 8)


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
    start, name, end = _frame(
        tile.borough.tile_row, tile.borough.tile_column, tile.borough.name, tile.borough.tile_label
    )
    current, removes = (' aria-current="true"', ", chosen; remove this filter") if tile.ticked else ("", "")
    return (
        f'{start}{tile.depth}" href="{escape(tile.address)}"{current}\n'
        f'aria-label="{name}: {entries(tile.entries)}{removes}">\n{end}{tile.entries}</span>\n</a>\n</li>\n'
    )


@lru_cache(maxsize=100)
def _frame(row, column, name, code):
    """What is the same of a borough's square on every map: its beginning, its name, and its texts."""
    name = escape(name)
    return (
        f'<li class="row-{row} col-{column}">\n<a class="tile depth-',
        name,
        f'<span class="full">{name}</span>\n<span class="code">{escape(code)}</span>\n<span class="count">',
    )
