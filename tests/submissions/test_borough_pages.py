"""The authorities' pages and the tile map."""

import pytest

from boroughs.maps import legend, tile_map
from boroughs.models import Borough
from submissions.derived import renew
from submissions.models import BoroughMention

pytestmark = pytest.mark.django_db


def test_all_33_are_listed_in_order_with_what_they_have(client, make_entry):
    make_entry(boroughs=["merton"])
    page = " ".join(client.get("/boroughs/").content.decode().split())
    names = list(Borough.objects.values_list("name", flat=True))
    assert len(names) == 33
    places = [page.index(f'/">{name}</a> <span class="n">') for name in names]
    assert places == sorted(places)
    assert 'Merton</a> <span class="n"> 1 entry </span>' in page
    assert 'Ealing</a> <span class="n"> none yet </span>' in page


def test_a_borough_without_an_entry_says_so_and_what_liia_wrote_of_it(client, make_entry):
    category = make_entry(boroughs=["merton"]).categories.get()
    BoroughMention.objects.create(
        category=category, borough=Borough.objects.get(slug="ealing"), printed="LBE", sentence="Ealing did well."
    )
    page = client.get("/boroughs/ealing/").content.decode()
    assert "No entry yet" in page
    assert "Ealing did well." in page
    assert "is printed “LBE”" in page
    assert "praised in an introduction" in client.get("/boroughs/").content.decode()
    assert "from whom the page carries no entry" in client.get(category.get_absolute_url()).content.decode()


def test_tiles_stand_in_reading_order_and_deepen_with_the_number(make_entry):
    for _ in range(5):
        make_entry(boroughs=["merton"])
    make_entry(boroughs=["enfield"])
    tiles = tile_map(Borough.objects.with_entry_counts())
    assert [tile.borough.tile_label for tile in tiles[:3]] == ["ENF", "HRW", "BRN"]
    depth = {tile.borough.slug: tile.depth for tile in tiles}
    assert (depth["ealing"], depth["enfield"], depth["merton"]) == (0, 1, 3)
    assert legend(tiles) == [(0, "none"), (1, "1"), (3, "4 to 7")]


@pytest.mark.parametrize("entries", [1, 3, 25])
def test_pages_ask_a_fixed_number_of_times(client, make_entry, entries, django_assert_num_queries):
    for _ in range(entries):
        make_entry(boroughs=["merton"], themes=["housing"], figures=["confirmed"])
    renew()  # draws the cards
    client.get("/submissions/")  # builds the index
    with django_assert_num_queries(3):
        client.get("/boroughs/")
    with django_assert_num_queries(5):
        client.get("/boroughs/merton/")
    with django_assert_num_queries(5):
        client.get("/categories/care-leavers/")
    with django_assert_num_queries(1):
        client.get("/partners/")
