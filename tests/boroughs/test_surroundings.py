"""A borough among its neighbours: the outlines as received, and the picture on its page."""

import re

import lxml.html
import pytest

from boroughs.maps import outlines, surroundings
from boroughs.models import Borough

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(make_entry):
    """drawn(slug) → (borough, picture)."""

    def drawn(slug):
        borough = Borough.objects.with_entry_counts().get(slug=slug)
        return borough, surroundings(borough, borough.neighbours.with_entry_counts())

    return drawn


def test_every_authority_has_an_outline_with_its_label_inside_its_box(make_entry):
    assert outlines().keys() == set(Borough.objects.values_list("ons_code", flat=True))
    for outline in outlines().values():
        left, top, right, bottom = outline.box
        assert 0 <= left < outline.x < right <= 2000
        assert 0 <= top < outline.y < bottom <= 1545
    assert outlines()["E09000001"].box == (940, 646, 1036, 703)  # the City: 96 by 57 units, as its source says


def test_a_picture_holds_the_whole_of_the_borough_and_its_neighbours(drawn):
    for slug in Borough.objects.values_list("slug", flat=True):
        borough, picture = drawn(slug)
        left, top, width, height = picture.box
        assert [place.borough for place in picture.neighbours] == list(borough.neighbours.order_by("name"))
        assert len(picture.beyond) == 33 - 1 - len(picture.neighbours)
        assert width >= 1.24 * height
        for place in picture.places:
            box = outlines()[place.borough.ons_code].box
            assert left < box[0] and box[2] < left + width, place.borough
            assert top < box[1] and box[3] < top + height, place.borough


def test_neighbours_are_links_with_their_number_in_the_picture_and_in_the_list(client, make_entry):
    make_entry(boroughs=["merton"])
    make_entry(boroughs=["merton"], status="draft")
    page = lxml.html.fromstring(client.get("/boroughs/sutton/").content.decode())
    assert {(link.get("href"), link.get("aria-label")) for link in page.xpath("//svg[@class='surroundings']/a")} == {
        ("/boroughs/croydon/", "Croydon: 0 entries"),
        ("/boroughs/kingston-upon-thames/", "Kingston upon Thames: 0 entries"),
        ("/boroughs/merton/", "Merton: 1 entry"),
    }
    listed = [" ".join(item.text_content().split()) for item in page.xpath("//ul[@class='borough-list']/li")]
    assert listed == ["Croydon CRD none yet", "Kingston upon Thames KNG none yet", "Merton MRT 1 entry"]
    assert page.xpath("//p[contains(., 'Crown copyright')]")


def test_a_borough_without_an_entry_leads_to_what_its_neighbours_have(client, make_entry):
    make_entry(boroughs=["merton"])
    make_entry(boroughs=["kingston-upon-thames", "merton"])
    page = client.get("/boroughs/sutton/").content.decode()
    address = re.search(r'<a href="([^"]+)">See what its neighbours have submitted</a>', page)[1].replace("&amp;", "&")
    assert address == "/submissions/?borough=kingston-upon-thames&borough=merton"
    assert 'id="result-count" data-count="2"' in client.get(address).content.decode()
    assert "neighbours have submitted" not in client.get("/boroughs/havering/").content.decode()


def test_a_borough_that_the_outlines_do_not_know_has_its_list_alone(client, make_entry):
    Borough.objects.filter(slug="sutton").update(ons_code="E09000099")
    page = client.get("/boroughs/sutton/").content.decode()
    assert '<svg class="surroundings"' not in page
    assert '<a href="/boroughs/merton/">Merton</a>' in page
    assert '<svg class="surroundings"' in client.get("/boroughs/merton/").content.decode()


def test_the_credits_stand_on_the_about_page(client, db):
    page = client.get("/about/").content.decode()
    assert "Contains National Statistics data © Crown copyright and database right 2015." in page
    assert "Contains Ordnance Survey data © Crown copyright and database right 2015." in page
