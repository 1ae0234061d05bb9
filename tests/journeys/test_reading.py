"""A reader's journeys through the published catalogue in a real browser, and axe on every kind of page."""

import re

import pytest
from playwright.sync_api import expect

from tests.database import load_catalogue


@pytest.fixture
def catalogue(transactional_db):
    load_catalogue()


def test_from_home_to_the_person_to_call_without_script(catalogue, no_script_page):
    page = no_script_page
    page.goto("/")
    page.get_by_role("link", name="Housing and accommodation").click()
    page.get_by_role("link", name="KickStart Futures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("KickStart Futures")
    expect(page.get_by_role("link", name="natasha.pearce@sutton.gov.uk")).to_be_visible()


def test_filters_work_without_script_on_a_phone_and_on_a_desk(catalogue, open_page):
    for width in (360, 1280):
        page = open_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page.goto("/submissions/")
        if width == 360:
            page.get_by_text("Filter the list").click()
        box = page.get_by_role("checkbox", name=re.compile("^Merton"))
        number = box.get_attribute("data-count")
        box.check()
        page.get_by_role("button", name="Show the entries").click()
        assert page.locator("#result-count").get_attribute("data-count") == number == "5"
        page.get_by_role("link", name="Remove this filter: Borough, Merton").click()
        assert page.locator("#result-count").get_attribute("data-count") == "14"


def test_keyboard_alone_reaches_the_content_and_shows_where_it_is(catalogue, page):
    page.goto("/submissions/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("e => e.closest('main') !== null")
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_the_map_leads_to_a_borough_and_every_square_has_a_name(catalogue, page):
    page.goto("/")
    squares = page.locator(".tile")
    assert squares.count() == 33
    page.get_by_role("link", name="Merton: 5 entries").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("London Borough of Merton")


def test_a_page_is_light(catalogue, page):
    """DESIGN: at most 6 requests and 60 kB over the wire."""
    weights = []
    page.on("response", lambda r: weights.append(int(r.headers.get("content-length") or 0)))
    for address in ("/", "/submissions/", "/submissions/speakerbox-and-the-innovation-project/"):
        weights.clear()
        page.goto(address, wait_until="networkidle")
        assert len(weights) <= 6, address
