"""Sending an entry on, gathering a list, printing and comparing it: with script and without."""

import re

import pytest
from playwright.sync_api import expect

from editorial.workflow import transition
from submissions.models import Submission
from tests.browsing import wait_until
from tests.database import load_catalogue

ENTRY = "/submissions/kickstart-futures/"


@pytest.fixture
def catalogue(transactional_db):
    load_catalogue()
    return {entry.slug: entry.pk for entry in Submission.objects.all()}


def ids(catalogue, *slugs):
    return ",".join(str(catalogue[slug]) for slug in slugs)


THREE = ("kickstart-futures", "our-leisure", "care-experienced-internships")


def test_everything_in_the_share_box_works_without_script(catalogue, no_script_page):
    page = no_script_page
    page.goto(ENTRY)
    box = page.get_by_role("region", name="Send it, cite it, keep it")
    address = box.get_by_label("Short address").input_value()
    assert address == f"http://127.0.0.1:8000/s/{catalogue['kickstart-futures']}"
    assert "KickStart%20Futures" in box.get_by_role("link", name="Send by e-mail").get_attribute("href")
    expect(box.get_by_role("img", name="QR code that leads to")).to_be_visible()
    expect(box.get_by_label("Citation, Harvard")).to_have_value(re.compile("Accessed: .add the day"))
    assert box.get_by_role("button").count() == 0
    page.goto(address.removeprefix("http://127.0.0.1:8000"))
    expect(page).to_have_url(re.compile(ENTRY))


def test_copying_says_so(catalogue, open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(ENTRY)
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".copied")).to_have_text("Copied: short address.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/s/{catalogue['kickstart-futures']}")
    page.get_by_role("button", name="Copy the Harvard citation").click()
    expect(page.locator(".copied")).to_have_text("Copied: citation.")
    assert re.search(r"\(Accessed: \d+ \w+ \d{4}\)", page.evaluate("navigator.clipboard.readText()"))


def test_a_list_is_kept_on_the_device_and_nowhere_else(catalogue, page):
    page.goto("/submissions/")
    expect(page.get_by_role("link", name="My list")).to_be_hidden()
    for title in ("KickStart Futures", "Our Leisure"):
        page.get_by_role("button", name=f"Add to my list: {title}").click()
    expect(page.get_by_role("status").filter(has_text="On your list: Our Leisure. It holds 2.")).to_be_attached()
    page.goto(ENTRY)
    expect(page.get_by_role("button", name="On my list: take it off: KickStart Futures")).to_be_visible()
    page.get_by_role("link", name="My list (2)").click()
    expect(page).to_have_url(re.compile(rf"/pack/\?ids={ids(catalogue, 'kickstart-futures', 'our-leisure')}"))
    page.get_by_role("button", name="Empty my list").click()
    expect(page.get_by_role("link", name="My list")).to_be_hidden()
    page.get_by_role("button", name="Keep this as my list").click()
    expect(page.get_by_role("link", name="My list (2)")).to_be_visible()
    assert page.context.cookies() == []


def test_a_list_follows_filters_that_change_in_place(catalogue, page):
    page.goto("/submissions/")
    page.get_by_role("button", name="Add to my list: KickStart Futures").click()
    page.get_by_role("checkbox", name=re.compile("^Sutton")).check()
    expect(page.locator("article.card")).to_have_count(1)
    expect(page.get_by_role("button", name="On my list: take it off: KickStart Futures")).to_be_visible()


def test_a_list_is_gathered_without_script(catalogue, no_script_page):
    page = no_script_page
    page.goto("/submissions/")
    page.get_by_role("button", name="Add to my list: KickStart Futures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A shortlist of 1 entry")
    page.get_by_role("link", name="Find more for this list").click()
    page.get_by_role("link", name="Title, A to Z").click()
    page.get_by_role("link", name="Our Leisure").click()
    page.get_by_role("button", name="Add to my list: Our Leisure").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A shortlist of 2 entries")
    page.get_by_role("button", name="Compare the ticked").click()
    expect(page.get_by_role("columnheader", name="KickStart Futures")).to_be_visible()
    page.go_back()
    page.get_by_role("checkbox", name=re.compile("KickStart")).uncheck()
    page.get_by_role("button", name="Keep only the ticked").click()
    expect(page).to_have_url(re.compile(rf"/pack/\?ids={catalogue['our-leisure']}$"))
    assert page.context.cookies() == []


def test_a_pack_prints_without_navigation(catalogue, page):
    page.goto(f"/pack/?ids={ids(catalogue, *THREE)}")
    page.emulate_media(media="print")
    for hidden in (page.get_by_role("navigation", name="Main"), page.locator(".tools"), page.locator("[data-take]")):
        expect(hidden).to_be_hidden()
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
    breaks = page.locator(".pack-entry").evaluate_all("all => all.map(e => getComputedStyle(e).breakBefore)")
    assert breaks == ["page"] * 3
    rows = page.locator(".fact-table tr").first
    assert rows.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    pages = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) >= 4


def test_lists_and_what_is_gone_are_accessible(catalogue, page, assert_holds):
    gone = Submission.objects.get(slug="annual-celebrations")
    transition(gone, "withdraw")
    for address in (
        f"/pack/?ids={ids(catalogue, *THREE, gone.slug)}",
        f"/compare/?ids={ids(catalogue, *THREE)}",
        "/compare/",
        f"/s/{gone.pk}",
    ):
        page.goto(address)
        assert_holds(page)
        assert page.locator("h1").count() == 1, address


def test_a_wide_comparison_is_moved_by_keyboard_on_a_phone(catalogue, open_page):
    page = open_page(viewport={"width": 320, "height": 700})
    page.goto(f"/compare/?ids={ids(catalogue, *THREE)}")
    region = page.get_by_role("region", name="The entries in columns")
    region.focus()
    page.keyboard.press("ArrowRight")
    wait_until(lambda: region.evaluate("e => e.scrollLeft") > 0)
    assert page.get_by_role("columnheader").count() == 3
    assert page.get_by_role("rowheader").count() == 8
