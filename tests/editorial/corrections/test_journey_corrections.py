"""A correction in a real browser, from the public form to the answer in the mail."""

import re

import pytest
from playwright.sync_api import expect

from editorial.models import Correction
from submissions.models import Submission
from tests.browsing import fill_site, sign_in
from tests.editorial.letters import letter_to, letters, links_in


@pytest.fixture
def entry(transactional_db):
    fill_site()
    return Submission.objects.get(slug="annual-celebrations")


def tell(page, entry, kind="Something about a person"):
    page.goto(entry.get_absolute_url())
    page.get_by_role("link", name="Something wrong? Tell LIIA about: The submission").click()
    expect(page.get_by_label("Where does it stand?")).to_have_value("submission")
    page.wait_for_timeout(1100)  # a person reads
    page.get_by_label(kind).check()
    page.get_by_label("What should LIIA know?").fill("My name stands there.")
    page.get_by_label("Your e-mail address").fill("kim@brent.example")
    page.get_by_role("button", name="Send to LIIA").click()


def test_from_the_public_form_to_the_answer(open_page, entry):
    page = open_page(java_script_enabled=False)
    tell(page, entry)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. LIIA has your message.")
    number = page.locator(".reference").text_content()
    assert re.fullmatch(r"PS-\d{4}-\d{4}", number)
    assert number in letter_to("kim@brent.example").subject
    assert not page.context.cookies()

    desk = sign_in(open_page())
    expect(desk.get_by_text("1 waiting, 1 about a person")).to_be_visible()
    desk.get_by_role("link", name="Corrections", exact=True).first.click()
    expect(desk.locator("#result_list")).to_contain_text("30 days left")
    desk.get_by_role("link", name=number).click()
    expect(desk.get_by_text("My name stands there.")).to_be_visible()
    desk.get_by_role("button", name="Send the answer and close").click()
    expect(desk.get_by_text("Nobody’s correction is closed without a reply.")).to_be_visible()
    desk.get_by_role("textbox", name="Answer").fill("We have taken your name out.")
    desk.get_by_role("button", name="Send the answer and close").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    answer = letter_to("kim@brent.example")
    assert "We have taken your name out." in answer.body
    desk.goto("/admin/")
    expect(desk.get_by_text("All answered")).to_be_visible()


def test_a_scanner_that_opens_every_link_of_these_mails_changes_nothing(client, open_page, entry, settings):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    tell(open_page(), entry)
    before = list(Correction.objects.values())
    links = [link for mail in letters() for link in links_in(mail)]
    assert len(links) == 3
    for link in links:
        for scan in (client.get, client.head):
            assert scan(link).status_code in (200, 302)
    assert list(Correction.objects.values()) == before


def test_a_fault_leads_to_its_field_and_keeps_the_words(page, entry):
    page.goto(f"/submissions/{entry.slug}/correction/")
    page.get_by_label("What should LIIA know?").fill("Kept")
    page.wait_for_timeout(1100)
    page.get_by_role("button", name="Send to LIIA").click()
    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link")).to_have_count(2)
    alert.get_by_role("link", name="Choose where it stands.").click()
    expect(page.get_by_label("Where does it stand?")).to_be_focused()
    expect(page.get_by_label("What should LIIA know?")).to_have_value("Kept")


def test_every_screen_is_accessible(open_page, assert_holds, entry):
    page = open_page()
    page.goto(f"/submissions/{entry.slug}/correction/")
    assert_holds(page)
    page.get_by_role("button", name="Send to LIIA").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_holds(page)
    tell(page, entry)
    assert_holds(page)
    page.goto(entry.get_absolute_url())
    assert_holds(page)
    desk = sign_in(open_page())
    one = f"/admin/editorial/correction/{Correction.objects.get().pk}/change/"
    for address in ("/admin/editorial/correction/", one):
        desk.goto(address)
        assert_holds(desk)
    desk.get_by_role("button", name="Send the answer and close").click()
    assert_holds(desk)
