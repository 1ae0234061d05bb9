"""The survey in a real browser: on every kind of page axe finds nothing, and it works without script and in print."""

import pytest
from playwright.sync_api import expect

from tests.database import load_catalogue


@pytest.fixture
def catalogue(transactional_db):
    load_catalogue()


def test_from_the_menu_to_an_entry_that_answers_a_need_and_back_without_script(catalogue, no_script_page):
    page = no_script_page
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Survey").click()
    page.get_by_role("link", name="Housing", exact=True).click()
    page.get_by_role("link", name="KickStart Futures").click()
    page.get_by_role("link", name="16 authorities commission places").click()
    expect(page).to_have_url("/survey/2024/housing/#other-solutions")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_chart_stays_a_table_for_screen_readers_at_every_width(catalogue, open_page, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto("/survey/2024/education-training-employment/")
    chart = page.locator("#family-firm").get_by_role("table")
    expect(chart.get_by_role("row")).to_have_count(7)
    expect(chart.get_by_role("rowheader", name="Guaranteed interviews")).to_be_visible()
    expect(chart.get_by_role("cell").first).to_have_text("14")


def test_bars_begin_at_one_line_and_grow_with_their_numbers(catalogue, page):
    page.goto("/survey/2024/education-training-employment/")
    boxes = [bar.bounding_box() for bar in page.locator("#family-firm .value").all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    assert [round(box["width"] / boxes[-1]["width"]) for box in boxes] == [14, 13, 13, 8, 2, 1]


@pytest.mark.parametrize("how", [{"media": "print"}, {"forced_colors": "active"}, {"color_scheme": "dark"}])
def test_bars_are_seen_in_print_in_forced_colours_and_in_the_dark(catalogue, page, how):
    page.emulate_media(**how)
    page.goto("/survey/2024/housing/")
    colours = page.locator("#other-solutions tr").nth(1).locator("rect")
    track, value = (rect.evaluate("e => getComputedStyle(e).fill") for rect in colours.all())
    assert track != value
    expect(page.locator("#other-solutions .value").first).to_be_visible()


def test_a_table_and_a_picture_can_be_taken_away(catalogue, page):
    page.goto("/survey/2024/housing/")
    for name, ending in (("table (CSV)", "csv"), ("picture (PNG)", "png")):
        with page.expect_download() as taken:
            page.locator("#other-solutions").get_by_role("link", name=name).click()
        assert taken.value.suggested_filename == f"survey-2024-housing-other-solutions.{ending}"


def test_a_page_is_light(catalogue, page):
    """DESIGN: at most 6 requests and 60 kB over the wire."""
    weights = []
    page.on("response", lambda response: weights.append(int(response.headers.get("content-length") or 0)))
    page.goto("/survey/2024/education-training-employment/", wait_until="networkidle")
    assert len(weights) <= 6
    assert sum(weights) < 60_000
