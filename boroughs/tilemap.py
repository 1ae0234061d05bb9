"""The London tile map: 33 squares in the London Squared arrangement, deeper in colour the more entries there are."""

from dataclasses import dataclass

from boroughs.models import Borough

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
        return sum(self.entries >= step for step in STEPS)


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
