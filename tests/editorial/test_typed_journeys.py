"""What is typed is kept, in a real browser: left, signed out, another button, another person, another form of it."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from boroughs.models import Contact
from editorial.models import Correction
from editorial.people.rights import ADMINISTRATORS
from submissions.models import OutcomeMetric, Submission, Theme
from tests.admin.test_admin_journeys import editor, signed_in, site
from tests.browsing import sign_in_by_hand, wait_for_editors

__all__ = ["signed_in", "site"]
OFFER = "What you typed here and did not save"
DRAFTS = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"


def offer(page):
    return page.get_by_role("status", name=OFFER)


def wait_for_draft(page):
    """Until the last key is on the shelf: a draft is saved a moment after it was typed."""
    page.wait_for_timeout(1000)
    assert page.evaluate(DRAFTS) > 0


@pytest.fixture
def draft(site, make_entry):
    return make_entry(status="draft", published_on=None, title="Open door", figures=["confirmed", "confirmed"])


def test_a_session_that_has_ended_loses_nothing(signed_in):
    page, contact = signed_in(), Contact.objects.first()
    page.goto(f"/admin/boroughs/contact/{contact.pk}/change/")
    page.get_by_label("Role").fill("Head of “Everything” & more")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was sent yet")
    expect(page.get_by_label("Role")).to_have_value("Head of “Everything” & more")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in another tab").click()
    sign_in_by_hand(opened.value)
    page.get_by_role("button", name="I have signed in: send it again").click()
    page.get_by_role("button", name="Send it again").click()  # signing in has changed the token
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    contact.refresh_from_db()
    assert contact.role == "Head of “Everything” & more"


def test_a_button_beside_the_form_warns_and_another_person_sees_nothing(signed_in, open_page):
    page, contact = signed_in(), Contact.objects.first()
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    address = f"/admin/boroughs/contact/{contact.pk}/change/"
    page.goto(address)
    page.get_by_label("Role").fill("Head of Service")
    ravi = User.objects.create_user("ravi", password="ravi has a long password", is_staff=True)
    ravi.groups.add(Group.objects.get(name=ADMINISTRATORS))
    page.get_by_role("button", name="Log out").click()
    sign_in_by_hand(page, "ravi")
    assert warned == ["beforeunload"]
    page.goto(address)
    expect(page.get_by_label("Role")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    page.get_by_role("button", name="Log out").click()
    sign_in_by_hand(page)
    page.goto(address)
    page.get_by_role("button", name="Throw it away").click()
    page.goto(address)
    expect(offer(page)).to_have_count(0)
    assert warned == ["beforeunload"]  # nothing typed, nothing asked


FORMS = [
    "/admin/boroughs/contact/add/", "/admin/submissions/theme/{theme}/change/", "/admin/submissions/partner/add/",
    "/admin/submissions/category/1/change/", "/admin/submissions/round/add/", "/admin/submissions/glossaryterm/add/",
    "/admin/submissions/doubt/1/change/", "/admin/boroughs/deliverybody/add/", "/admin/boroughs/borough/1/change/",
    "/admin/submissions/submission/add/",
]  # fmt: skip
FIRST = (
    "form[method=post]:not(#logout-form) :is(input[type=text], textarea)"
    ":not([name*=__prefix__], [readonly], .ProseMirror *)"
)


def test_each_form_of_the_desk_offers_what_was_typed_however_it_was_left(signed_in):
    User.objects.update(is_superuser=True)  # whoever may open every form
    page, theme = signed_in(), Theme.objects.first().pk
    page.on("dialog", lambda dialog: dialog.accept())
    missing = []
    for address in FORMS:
        page.goto(address.format(theme=theme))
        field = page.locator(FIRST).and_(page.locator(":visible")).first
        if not field.count():
            missing.append(f"{address} has no field")
            continue
        field.press_sequentially("Words of mine")
        page.get_by_role("link", name="LIIA’s desk").first.click()
        page.goto(address.format(theme=theme))
        try:
            expect(offer(page)).to_be_visible(timeout=4000)
        except AssertionError:
            missing.append(address)
    assert missing == []


def test_five_minutes_before_its_end_a_session_can_be_kept_open(signed_in, settings, assert_accessible):
    page = signed_in()
    other = page.context.new_page()
    settings.SESSION_COOKIE_AGE = 302
    for tab in (other, page):
        tab.goto("/admin/boroughs/contact/add/")
    note = page.get_by_role("alert").filter(has_text="You will be signed out at")
    expect(note).to_be_visible()
    assert_accessible(page)
    settings.SESSION_COOKIE_AGE = 8 * 60 * 60
    page.get_by_role("button", name="Stay signed in").click()
    expect(note).to_be_hidden()
    expect(other.get_by_role("button", name="Stay signed in")).to_be_hidden()
    settings.SESSION_COOKIE_AGE = 2
    page.goto("/admin/boroughs/contact/add/")
    expect(page.get_by_role("alert").filter(has_text="You have been signed out.")).to_be_visible()


def test_a_readers_words_are_offered_back_until_they_are_sent(open_page, site):
    page, entry = open_page(), Submission.objects.published().first()
    address = f"/submissions/{entry.slug}/correction/"
    page.goto(address)
    page.get_by_label("What should LIIA know?").fill("It has another name now.")
    page.get_by_label("Something is out of date").or_(page.get_by_role("radio").first).first.check()
    page.wait_for_timeout(500)
    page.goto("/about/")
    page.goto(address)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("What should LIIA know?")).to_have_value("It has another name now.")
    page.get_by_role("button", name="Send to LIIA").click()  # without saying where: it comes back, and offers nothing
    expect(page.get_by_label("What should LIIA know?")).to_have_value("It has another name now.")
    expect(offer(page)).to_have_count(0)
    page.get_by_label("Where does it stand?").select_option("whole")
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Send to LIIA").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.goto(address)
    expect(offer(page)).to_have_count(0)
    assert Correction.objects.get().message == "It has another name now."
    assert page.context.cookies() == []


def test_every_kind_of_field_is_offered_back_and_forgotten_when_saved(signed_in, draft, assert_accessible):
    page = signed_in()
    address = f"/admin/submissions/submission/{draft.pk}/change/"
    page.goto(address)
    wait_for_editors(page)
    stamp = page.locator("input[name=_opened_version], input[name=_opened]").first.input_value()
    page.get_by_role("textbox", name="Title").first.fill("Another <b>title</b>")
    editor(page, "Main text").press_sequentially("Typed in the editor. ")
    page.locator("#metrics-group summary").click()
    page.locator("#id_metrics-1-figure").fill("7 of the second row")
    page.locator("#id_metrics-1-status").select_option("rejected")
    page.locator("#metrics-group .add-row a").click()
    page.locator("#id_metrics-2-quote").fill("A sentence of a new row")
    wait_for_draft(page)
    OutcomeMetric.objects.filter(submission=draft).order_by("pk").first().delete()  # somebody else, meanwhile
    page.goto("/admin/")
    page.goto(address)
    wait_for_editors(page)
    assert page.get_by_role("textbox", name="Title").first.input_value() == "Open door"
    page.get_by_text("What it would change").click()
    expect(offer(page)).to_contain_text("You were typing here on")
    expect(offer(page)).to_contain_text("Another <b>title</b>")
    expect(offer(page)).to_contain_text("Typed in the editor.")
    assert_accessible(page)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_text("What you typed is back in the form.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title").first).to_have_value("Another <b>title</b>")
    expect(editor(page, "Main text")).to_contain_text("Typed in the editor.")
    expect(page.locator("#id_metrics-0-figure")).to_have_value("7 of the second row")
    expect(page.locator("#id_metrics-0-status")).to_have_value("rejected")
    expect(page.locator("#id_metrics-1-quote")).to_have_value("A sentence of a new row")
    assert page.locator("input[name=_opened_version], input[name=_opened]").first.input_value() == stamp
    page.locator("#metrics-group summary").click()
    page.locator("#metrics-1 .inline-deletelink").click()  # a figure wants more than its sentence
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.wait_for_load_state()
    if Submission.objects.get(pk=draft.pk).title == "Open door":  # told of what the other did: sent again
        expect(offer(page)).to_have_count(0)
        page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_role("textbox", name="Title").first).to_have_value("Another <b>title</b>")
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    assert page.evaluate(DRAFTS) == 0
    assert "Typed in the editor." in Submission.objects.get(pk=draft.pk).body
