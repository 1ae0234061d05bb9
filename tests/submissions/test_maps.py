"""The tile map of a list and of a theme: its numbers follow, its squares lead on."""

import re
from html import unescape

import lxml.html
import pytest

from submissions.derived import renew

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(make_entry):
    make_entry(boroughs=["merton"], themes=["housing"])
    make_entry(boroughs=["merton", "brent"], themes=["housing", "money"])
    make_entry(boroughs=["brent"], themes=["money"])
    make_entry(boroughs=["brent"], themes=["money"], status="draft")


def squares(client, address):
    """{borough: (number, link, whether it is ticked)} of the map on a page."""
    page = lxml.html.fromstring(client.get(address).content.decode())
    found = {}
    for link in page.xpath("//a[contains(@class, 'tile ')]"):
        name = link.get("aria-label").partition(":")[0]
        number = int(link.xpath("span[@class='count']")[0].text)
        assert re.search(rf": {number} entr(y|ies)\b", link.get("aria-label"))
        found[name] = (number, unescape(link.get("href")), link.get("aria-current") == "true")
    assert len(found) == 33
    return found


def total(client, address):
    page = client.get(address.partition("#")[0]).content.decode()
    return int(re.search(r'id="result-count" data-count="(\d+)"', page)[1])


def test_squares_of_the_list_count_what_is_published_and_lead_to_it(client, catalogue):
    found = squares(client, "/submissions/")
    assert {name: square[0] for name, square in found.items() if square[0]} == {"Merton": 2, "Brent": 2}
    assert found["Brent"] == (2, "?borough=brent#map", False)
    assert total(client, "/submissions/" + found["Brent"][1]) == 2


def test_squares_follow_the_other_filters_and_the_search(client, catalogue, make_entry):
    make_entry(boroughs=["brent"], title="Zebra crossing")
    found = squares(client, "/submissions/?theme=housing")
    assert {name: square[0] for name, square in found.items() if square[0]} == {"Merton": 2, "Brent": 1}
    assert found["Brent"][1] == "?theme=housing&borough=brent#map"
    assert total(client, "/submissions/?theme=housing&borough=brent") == 1
    found = squares(client, "/submissions/?q=zebra")
    assert {name: square[0] for name, square in found.items() if square[0]} == {"Brent": 1}


def test_a_ticked_square_says_so_and_takes_itself_away_and_the_others_keep_their_own_number(client, catalogue):
    found = squares(client, "/submissions/?borough=merton&sort=title")
    assert found["Merton"] == (2, "?sort=title#map", True)
    assert found["Brent"] == (2, "?borough=merton&borough=brent&sort=title#map", False)
    assert total(client, "/submissions/" + found["Brent"][1]) == 3  # the joint entry once


def test_squares_keep_the_readers_own_list(client, catalogue):
    found = squares(client, "/submissions/?borough=merton&list=1")
    assert found["Merton"][1] == "?list=1#map"
    assert found["Brent"][1] == "?borough=merton&borough=brent&list=1#map"


def test_squares_of_a_theme_lead_to_its_entries(client, catalogue):
    found = squares(client, "/themes/money/")
    assert {name: square[0] for name, square in found.items() if square[0]} == {"Merton": 1, "Brent": 2}
    assert total(client, found["Brent"][1]) == 2


@pytest.mark.parametrize("address", ["/", "/boroughs/", "/themes/"])
def test_squares_of_the_whole_lead_to_boroughs(client, catalogue, address):
    found = squares(client, address)
    assert found["Brent"] == (2, "/boroughs/brent/", False)
    assert found["Ealing"][0] == 0


@pytest.mark.parametrize("entries", [1, 3, 25])
def test_maps_ask_a_fixed_number_of_times(client, make_entry, entries, django_assert_num_queries):
    for _ in range(entries):
        make_entry(boroughs=["merton"], themes=["housing"], figures=["confirmed"])
    renew()  # draws the cards
    client.get("/submissions/")  # builds the index
    with django_assert_num_queries(3):
        client.get("/themes/")
    with django_assert_num_queries(4):
        client.get("/themes/housing/")
