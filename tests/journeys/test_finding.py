"""Finding with script on: suggestions while typing, and a list that follows its filters in place."""

import re

import pytest
from playwright.sync_api import expect

from tests.database import load_catalogue


@pytest.fixture
def catalogue(transactional_db):
    load_catalogue()


def test_suggestions_by_keyboard(catalogue, page, assert_accessible):
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("kickst")
    option = page.get_by_role("option", name="KickStart Futures")
    expect(option).to_be_visible()
    assert_accessible(page)
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    box.press("Escape")
    expect(option).to_be_hidden()
    box.press_sequentially("a")
    box.press("Backspace")
    expect(option).to_be_visible()
    while option.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("KickStart Futures")


def test_enter_without_a_choice_searches(catalogue, page):
    page.goto("/")
    page.get_by_role("combobox").fill("mental health")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/?q=mental+health")


def test_the_list_follows_a_filter_in_place(catalogue, page):
    page.goto("/submissions/?q=young+people")
    merton = page.get_by_role("checkbox", name="Merton")
    number = merton.get_attribute("data-count")
    merton.check()
    expect(page.locator("#result-count")).to_have_attribute("data-count", number)
    expect(merton).to_be_focused()
    expect(page.locator("#announce")).to_contain_text(f"{number} entr")
    assert "borough=merton" in page.url
    assert "q=young+people" in page.url
    expect(page.locator("[data-submission]")).to_have_count(int(number))
    housing = page.get_by_role("checkbox", name="Housing and accommodation")
    expect(housing).to_have_attribute("data-count", "0")
    page.go_back()
    expect(merton).not_to_be_checked()
    expect(page.locator("#result-count")).not_to_have_attribute("data-count", number)


def test_the_same_list_without_script(catalogue, no_script_page):
    page = no_script_page
    page.goto("/submissions/?q=young+people&borough=merton")
    assert page.locator("[data-submission]").count() == int(page.locator("#result-count").get_attribute("data-count"))


def test_the_map_filters_in_place_and_stays_open(catalogue, page, assert_accessible):
    page.goto("/submissions/?q=young+people")
    page.get_by_text("These entries on the map").click()
    page.get_by_role("link", name="Merton: ").click()
    chosen = page.get_by_role("link", name=re.compile("^Merton: .* chosen; remove this filter$"))
    expect(chosen).to_be_focused()
    expect(page.get_by_role("checkbox", name="Merton")).to_be_checked()
    assert "borough=merton" in page.url
    assert_accessible(page)
    chosen.press("Enter")
    expect(page.get_by_role("checkbox", name="Merton")).not_to_be_checked()
    expect(page.get_by_role("link", name="Merton: ")).to_be_visible()
    assert "borough" not in page.url


def test_the_map_filters_without_script_and_is_open_on_arrival(catalogue, no_script_page):
    page = no_script_page
    page.goto("/submissions/?theme=housing")
    square = page.get_by_role("link", name=re.compile("^Sutton: 1 entry"))
    expect(square).to_be_hidden()
    page.get_by_text("These entries on the map").click()
    square.click()
    assert page.locator("#result-count").get_attribute("data-count") == "1"
    expect(page.get_by_role("link", name="Sutton: 1 entry, chosen; remove this filter")).to_be_visible()


def test_suggestions_for_an_earlier_text_are_never_chosen_and_their_number_is_announced(catalogue, page):
    page.goto("/")
    box, status = page.get_by_role("combobox"), page.locator(".search-field [role=status]")
    box.press_sequentially("hous")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(status).to_have_text(re.compile(r"^\d suggestions?\.$"))
    page.route("**/suggest?*", lambda route: None)  # the answer to the next text never comes
    box.fill("jobs")
    expect(page.get_by_role("option")).to_have_count(0)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/submissions/?q=jobs")


def test_a_link_within_the_page_fetches_no_list(catalogue, page):
    page.goto("/submissions/?q=young+people")
    asked = []
    page.on("request", lambda request: "/submissions/" in request.url and asked.append(request.url))
    first = page.locator(".card a").first.element_handle()
    page.evaluate("location.hash = 'main'")
    page.wait_for_timeout(400)
    assert asked == []
    expect(page.locator("#announce")).to_have_text("")
    assert first.evaluate("e => e.isConnected")  # the same results, not new ones in their place


def test_back_shows_what_filters_and_a_new_search_keeps_it(catalogue, page):
    page.goto("/submissions/")
    merton = page.get_by_role("checkbox", name="Merton")
    page.route("**/submissions/?borough=merton", lambda route: None)  # a slow line
    merton.check()
    page.locator(".card a").first.click()
    page.get_by_role("link", name="Something wrong?").first.wait_for()
    page.unroute_all(behavior="ignoreErrors")
    page.go_back()
    page.wait_for_url("**/submissions/")
    expect(merton).not_to_be_checked()
    merton.check()
    expect(page.locator("#within")).to_contain_text("Within Merton.")
    box = page.get_by_role("combobox")
    box.fill("cooking")
    box.press("Enter")
    page.wait_for_url("**/submissions/?*")
    expect(page.get_by_role("checkbox", name="Merton")).to_be_checked()
    assert "borough=merton" in page.url
    assert "q=cooking" in page.url
