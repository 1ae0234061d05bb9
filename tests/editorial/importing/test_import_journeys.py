"""The import desk in a real browser: without script, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from submissions.models import Submission
from tests.browsing import sign_in
from tests.database import load_catalogue
from tests.editorial.importing.conftest import PAGES, SOURCE, as_word, user_with

RIGHTS = ["add_submission", "change_submission", "view_submission"]


@pytest.fixture
def signed_in(open_page, transactional_db):
    load_catalogue()
    user_with("edda", *RIGHTS)

    def page_of_edda(**options):
        return sign_in(open_page(**options), "edda")

    return page_of_edda


def test_a_word_file_becomes_drafts_without_script(signed_in, tmp_path):
    file = tmp_path / "early help.docx"
    file.write_bytes(as_word((PAGES / "early-help.txt").read_text()))
    page = signed_in(java_script_enabled=False)
    page.get_by_role("link", name="Read in a category page").click()
    page.get_by_label("A file").set_input_files(file)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would happen")
    expect(page.get_by_role("heading", name="New drafts (2)")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Early help and family support")
    assert Submission.objects.count() == 14
    page.get_by_label("Short name").fill("Early help")
    page.get_by_role("button", name="Confirm: save 2 drafts").click()
    expect(page.get_by_text("The page is read in: 2 new, 0 changed, 0 unchanged.")).to_be_visible()
    expect(page.get_by_role("link", name="Family Hubs that Reach Fathers")).to_be_visible()
    page.get_by_role("link", name="Parent Champions (Peer Support)").click()
    expect(page.get_by_label("Team", exact=True)).to_have_value("Family Support")


def test_a_changed_page_is_pasted_and_read_by_keyboard_alone(signed_in):
    text = SOURCE.read_text().replace("100% of participants have", "98% of participants have")
    page = signed_in()
    page.goto("/admin/import/")
    page.get_by_label("Or the page’s text").focus()
    page.keyboard.insert_text(text)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 new, 1 changed, 13 unchanged.")).to_be_visible(timeout=20_000)
    difference = page.get_by_role("region", name="Main text")
    expect(difference.locator("del")).to_contain_text("100%")
    expect(difference.locator("ins")).to_contain_text("98%")
    page.get_by_role("radio", name="This is category 5, Delivering excellence").press("Space")
    page.get_by_role("button", name="Confirm: save 1 draft").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("0 new, 1 changed, 13 unchanged")
    assert Submission.objects.get(slug="total-respect-training").next_version.status == "draft"


def test_a_doubt_leads_to_its_line(signed_in):
    page = signed_in()
    page.goto("/admin/import/")
    page.get_by_label("Or the page’s text").fill((PAGES / "early-help.txt").read_text())
    page.get_by_role("button", name="Show what would happen").click()
    page.locator(".import-doubts a").first.click()
    expect(page.locator("li:target")).to_be_visible()


def test_each_screen_is_accessible(signed_in, assert_holds):
    page = signed_in()
    new = (PAGES / "early-help.txt").read_text().replace("Category 3. Early help and family support\n", "")
    changed = SOURCE.read_text().replace("100% of participants have", "98% of participants have")

    page.goto("/admin/import/")
    assert_holds(page)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.locator(".errornote")).to_be_visible()
    assert_holds(page)
    for text in (changed, new):
        page.goto("/admin/import/")
        page.get_by_label("Or the page’s text").fill(text)
        page.get_by_role("button", name="Show what would happen").click()
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert_holds(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("which category this page is")).to_be_visible()
    assert_holds(page)
    page.get_by_role("radio", name="A new category").check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Give a title.")).to_be_visible()
    assert_holds(page)
