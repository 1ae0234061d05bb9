"""The desk's work in a real browser: an authority signs off from its mail, two people edit one entry, what waits."""

import pytest
from playwright.sync_api import expect

from boroughs.models import Borough
from editorial import asking
from editorial.models import Signatory, SignOff
from editorial.models.sign_off import Role
from submissions.models import Submission
from tests.admin.test_admin_journeys import save, signed_in
from tests.browsing import wait_for_editors
from tests.database import load_catalogue
from tests.editorial.importing.conftest import PAGES
from tests.editorial.letters import letters, links_in

__all__ = ["signed_in"]


@pytest.fixture
def site(transactional_db, administrator):
    load_catalogue()
    sutton = Borough.objects.get(slug="sutton")
    for role in Role.values:
        Signatory.objects.create(borough=sutton, role=role, name=f"The {role}", email=f"{role}@sutton.example")


@pytest.fixture
def entry(site):
    return Submission.objects.get(slug="kickstart-futures")


def form_of(entry):
    return f"/admin/submissions/submission/{entry.pk}/change/"


def change_title(page, entry, title, button="Save and continue editing"):
    page.goto(form_of(entry))
    wait_for_editors(page)
    page.get_by_role("textbox", name="Title").first.fill(title)
    page.get_by_role("button", name=button).first.click()


def approve(open_page, link):
    page = open_page(java_script_enabled=False)
    page.goto(link)
    page.get_by_label("I approve this text as it stands").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your answer is kept")


def test_a_changed_entry_is_signed_off_from_two_mails_and_published(signed_in, open_page, entry):
    page = signed_in()
    change_title(page, entry, "KickStart Futures, five years on")
    expect(page.get_by_text("Readers still see the text that the authority signed off.")).to_be_visible()
    page.get_by_role("button", name="Save and send to the authority for sign-off").click()
    expect(page.get_by_text("is with its authority. Each person has been sent a link.")).to_be_visible()
    assert len(letters()) == 2
    for message in letters():
        (link,) = links_in(message, "sign-off")
        approve(open_page, link)
    page.reload()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Nobody has confirmed yet that")).to_be_visible()
    page.get_by_role("button", name="Publish it all the same").click()
    expect(page.get_by_text("is published: readers see it now.")).to_be_visible()
    reader = open_page()
    reader.goto("/submissions/kickstart-futures/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("KickStart Futures, five years on")
    expect(reader.get_by_text("Signed off by the authority, ")).to_be_visible()
    assert "dcs" not in reader.content()


def test_a_page_is_read_in_signed_off_from_two_mails_and_published(signed_in, open_page, site):
    page_text = (PAGES / "early-help.txt").read_text()
    page = signed_in()
    page.goto("/admin/import/")
    page.get_by_label("Or the page’s text").fill(page_text)
    page.get_by_role("button", name="Show what would happen").click()
    page.get_by_label("Short name").fill("Early help")
    page.get_by_role("button", name="Confirm: save 2 drafts").click()
    page.get_by_role("link", name="Family Hubs that Reach Fathers").click()
    draft = Submission.objects.get(title="Family Hubs that Reach Fathers")
    assert draft.status == "draft"
    draft.metrics.update(status="confirmed")  # nothing is sent while a figure is undecided
    for borough, role in asking.wanted(draft):
        Signatory.objects.create(borough=borough, role=role, name=f"The {role}", email=f"{role}@{borough.slug}.example")
    page.get_by_role("button", name="Save and send to the authority for sign-off").click()
    expect(page.get_by_text("is with its authority.")).to_be_visible()
    for message in letters():
        approve(open_page, links_in(message, "sign-off")[0])
    page.reload()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Nobody has confirmed yet that")).to_be_visible()
    page.get_by_role("button", name="Publish it all the same").click()
    expect(page.get_by_text("is published: readers see it now.")).to_be_visible()
    reader = open_page()
    reader.goto(draft.get_absolute_url())
    expect(reader.get_by_role("heading", level=1)).to_have_text("Family Hubs that Reach Fathers")
    expect(reader.get_by_text("Signed off by the authority, ")).to_be_visible()


def test_a_figure_edited_after_the_sign_off_makes_it_void_and_publishing_is_refused(signed_in, open_page, entry):
    page = signed_in()
    change_title(page, entry, "Signed")
    page.get_by_role("button", name="Save and send to the authority for sign-off").click()
    for message in letters():
        approve(open_page, links_in(message, "sign-off")[0])
    page.reload()
    wait_for_editors(page)
    page.locator("#metrics-group > details > summary, #metrics-group summary").first.click()
    page.locator("#id_metrics-0-figure").fill("£100 a week, against £805")
    page.get_by_role("button", name="Save and publish").click()
    warning = page.locator(".messagelist .warning")
    expect(warning).to_contain_text("You changed the figures, so")
    expect(warning).to_contain_text("must be asked again; it was saved, not published.")
    assert Submission.objects.get(replaces=entry).status == "draft"
    page.get_by_role("link", name="Sign-off and plans").click()
    expect(page.get_by_text("Void: Figures changed on").first).to_be_visible()
    assert not any(sign_off.is_approval for sign_off in SignOff.objects.filter(submission__replaces=entry))


def test_two_administrators_edit_one_entry_and_neither_loses_a_word(signed_in, entry):
    entry.status = "draft"
    entry.save()
    first, second = signed_in(), signed_in()
    for page in (first, second):
        page.goto(form_of(entry))
        wait_for_editors(page)
    first.get_by_role("textbox", name="Title").first.fill("The first's title")
    first.locator("#id_team").fill("The first's team")
    save(first)
    second.get_by_role("textbox", name="Title").first.fill("The second's title")
    second.get_by_role("button", name="Save and continue editing").first.click()
    expect(second.get_by_text("Nothing was saved yet: Mei has changed “Title” too")).to_be_visible()
    expect(second.get_by_role("heading", name="What Mei changed meanwhile")).to_be_visible()
    expect(second.get_by_role("textbox", name="Title").first).to_have_value("The second's title")
    save(second)
    entry.refresh_from_db()
    assert (entry.title, entry.team) == ("The second's title", "The first's team")
    second.get_by_role("link", name="History").click()
    expect(second.get_by_role("heading", name="All versions")).to_be_visible()
    assert "The first's title" in [version.content["fields"]["title"] for version in entry.versions.all()]


def test_what_waits_stands_on_the_first_page_oldest_first(signed_in, entry):
    page = signed_in()
    waits = page.get_by_role("region", name="What waits")
    expect(waits.locator("summary", has_text="Doubts to settle")).to_be_visible()
    change_title(page, entry, "Another")
    page.get_by_role("button", name="Save and send to the authority for sign-off").click()
    SignOff.objects.filter(role="dcs", answer="").update(asked_at="2026-01-01T12:00Z")
    page.goto("/admin/")
    first = waits.locator("details").first
    expect(first.locator("summary")).to_contain_text("Sign-offs not answered yet")
    expect(first.get_by_role("link").first).to_have_text("Another: Director of Children’s Services of Sutton")
    first.get_by_role("link").first.click()
    page.get_by_role("button", name="Send a new link").first.click()
    expect(page.get_by_text("A new mail with a new link is on its way.")).to_be_visible()
    assert len(letters()) == 3


def test_what_an_authority_opens_is_accessible(signed_in, open_page, assert_holds, entry):
    desk = signed_in()
    change_title(desk, entry, "Another")
    desk.get_by_role("button", name="Save and send to the authority for sign-off").click()
    expect(desk.get_by_text("is with its authority.")).to_be_visible()
    page = open_page()
    (link,) = links_in(letters()[0], "sign-off")
    page.goto(link)
    assert_holds(page)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the three answers.")
    assert_holds(page)
    # By keyboard alone: the answer, then the button.
    page.get_by_label("I approve this text as it stands").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: your answer is kept")
    assert_holds(page)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has been used")
    assert_holds(page)
