"""The tile map where its counts follow something: the filters of a list, or a theme. The index counts, without a query.

A square's number is what its borough itself has, also where others are ticked: a map that added them up would deepen
everywhere at once.
"""

from urllib.parse import urlencode

from django.urls import reverse

from boroughs.tilemap import Tile, in_reading_order
from submissions.facet_index import current_index


def list_map(filterset):
    """Tiles of a list: entries within the search and the other filters; a square's link turns its borough round."""
    ticked = filterset.chosen("borough")

    def turned(borough):
        rest = [slug for slug in ticked if slug != borough.slug]
        return filterset.query(borough=rest if borough.slug in ticked else [*ticked, borough.slug])

    return _tiles(filterset.index, filterset.entries_without("borough"), turned, ticked)


def theme_map(theme):
    """Tiles of a theme: a square leads to the borough's entries on it."""

    def within(borough):
        return f"{reverse('submissions')}?{urlencode({'theme': theme.slug, 'borough': borough.slug})}"

    index = current_index()
    return _tiles(index, index.any_of("theme", [theme.slug]), within)


def _tiles(index, entries, address, ticked=()):
    def tile(borough):
        own = entries & index.any_of("borough", [borough.slug])
        return Tile(borough, own.bit_count(), address(borough), borough.slug in ticked)

    return [tile(borough) for borough in in_reading_order(index.boroughs)]
