"""Contacts in a real browser: Rosemary Frimpong hands over, a new address, no more mails, and the desk."""

from itertools import chain

import pytest
from playwright.sync_api import expect

from boroughs.models import Contact
from editorial.contacts.questions import ask
from submissions.models import Doubt, Submission
from tests.browsing import fill_site, sign_in
from tests.editorial.contacts.conftest import link_of
from tests.editorial.letters import letter_to, links_in


@pytest.fixture
def rosemary(transactional_db):
    fill_site()
    return Contact.objects.get(name="Rosemary Frimpong")


@pytest.fixture
def entries(rosemary):
    return [line.submission.get_absolute_url() for line in rosemary.entry_lines.select_related("submission")]


def test_a_hand_over_across_three_entries(open_page, rosemary, entries):
    """From the desk's “ask now” to the successor on all three pages, with the script off where authorities read."""
    desk = sign_in(open_page())
    desk.goto("/admin/boroughs/contact/?q=frimpong")
    desk.get_by_role("checkbox", name="Select this object").first.check()
    desk.get_by_role("combobox", name="Action").select_option("Ask now whether they are still right")
    desk.get_by_role("button", name="Go").click()
    desk.get_by_role("button", name="Yes: ask now whether they are still right").click()
    expect(desk.get_by_text("1 mail is on the way.")).to_be_visible()

    page = open_page(java_script_enabled=False)
    page.goto(link_of(rosemary.email))
    expect(page.locator("main").get_by_role("listitem")).to_have_count(3)
    third = page.locator("form", has=page.get_by_role("button", name="Hand over to this person"))
    third.get_by_label("Name").fill("Amina Yusuf")
    third.get_by_label("E-mail address").fill("amina at islington")
    third.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Write an e-mail address like name@council.gov.uk.")
    expect(third.get_by_label("Name")).to_have_value("Amina Yusuf")
    third.get_by_label("E-mail address").fill("amina.yusuf@merton.gov.uk")
    third.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    for address in entries:
        page.goto(address)
        expect(page.locator(".in-short")).to_contain_text("Rosemary Frimpong")
        expect(page.locator("body")).not_to_contain_text("Amina")

    page.goto(link_of("amina.yusuf@merton.gov.uk"))
    page.get_by_label("Job title").fill("Head of Leaving Care")
    page.get_by_role("button", name="I accept").click()
    expect(page.get_by_text("You are now the contact, in place of Rosemary Frimpong.")).to_be_visible()
    for address in entries:
        page.goto(address)
        contact = page.locator(".in-short .person")
        expect(contact).to_contain_text("Amina Yusuf")
        expect(contact).to_contain_text("Head of Leaving Care")
        expect(contact).to_contain_text("Contact confirmed")
        expect(page.locator("body")).not_to_contain_text("Frimpong")
    assert not page.context.cookies()


def test_a_new_address_and_then_no_more_mails(page, rosemary, entries):
    ask(rosemary)
    stop = next(link for link in links_in(letter_to(rosemary.email)) if link.endswith("/no-more/"))
    page.goto(link_of(rosemary.email))
    second = page.locator("form", has=page.get_by_role("button", name="Change my details"))
    expect(second.get_by_label("Name")).to_have_value("Rosemary Frimpong")
    second.get_by_label("E-mail address").fill("rosemary@merton.gov.uk")
    second.get_by_role("button").click()
    expect(page.get_by_text("We have sent a link to rosemary@merton.gov.uk.")).to_be_visible()
    page.goto(entries[0])
    expect(page.locator(".in-short")).to_contain_text(rosemary.email)
    page.goto(stop)
    page.get_by_role("button", name="Send me no more of these mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You get no more of these mails")
    page.goto(link_of("rosemary@merton.gov.uk"))
    page.get_by_role("button", name="Yes, this is my address").click()
    page.goto(entries[0])
    expect(page.locator(".in-short")).to_contain_text("rosemary@merton.gov.uk")


def test_somebody_else_in_a_persons_place_by_keyboard(open_page, rosemary, entries):
    page = sign_in(open_page())
    page.goto(f"/admin/boroughs/contact/{rosemary.pk}/change/")
    page.get_by_role("link", name="Put somebody else in this person’s place").press("Enter")
    coming = Contact.objects.exclude(pk=rosemary.pk).order_by("name").first()
    page.get_by_label("Who comes in this person’s place").select_option(str(coming.pk))
    page.get_by_role("checkbox").first.press("Space")
    page.get_by_role("button", name="Show what would change").press("Enter")
    expect(page.locator(".results tbody tr")).to_have_count(2)
    assert rosemary.entry_lines.count() == 3
    page.get_by_role("button", name="Do it").press("Enter")
    expect(page.get_by_text(f"{coming.name} now stands on 2 entries.")).to_be_visible()
    assert rosemary.entry_lines.count() == 1


def test_every_screen_is_accessible(open_page, assert_holds, rosemary, entries):
    reader, desk = open_page(), sign_in(open_page())
    for visited in chain(public_screens(reader, rosemary, entries), desk_screens(desk, rosemary)):
        assert_holds(visited)


def public_screens(page, rosemary, entries):
    """Yields the page at each screen that a mail leads to, thanks, faults and dead links included."""

    def at(address):
        page.goto(address)
        return page

    def press(name):
        page.get_by_role("button", name=name).click()
        return page

    ask(rosemary)
    link = link_of(rosemary.email)
    yield at(link)
    yield press("Hand over to this person")  # with its faults
    yield at(f"{link}no-more/")
    yield press("Send me no more of these mails")
    page.goto(link)
    page.locator("form").nth(1).get_by_label("E-mail address").fill("rf@merton.gov.uk")
    yield press("Change my details")
    yield at(link)  # used
    yield at("/contact-checks/none/")
    yield at(link_of("rf@merton.gov.uk"))
    yield press("Yes, this is my address")
    yield at(entries[0])
    rosemary.refresh_from_db()
    ask(rosemary)
    page.goto(link_of("rf@merton.gov.uk"))
    page.locator("form").nth(2).get_by_label("Name").fill("Amina Yusuf")
    page.locator("form").nth(2).get_by_label("E-mail address").fill("amina@merton.gov.uk")
    yield press("Hand over to this person")
    yield at(link_of("amina@merton.gov.uk"))
    yield press("No, it is not me")
    yield at(entries[0])  # Ask LIIA


def desk_screens(page, rosemary):
    doubted = Doubt.objects.filter(contact__isnull=False).first().contact
    others = ",".join(str(pk) for pk in Contact.objects.values_list("pk", flat=True)[:2])
    chosen = Submission.objects.filter(contact_lines__contact=rosemary).first()
    replace = f"/admin/boroughs/contact/{rosemary.pk}/replace/"
    coming = Contact.objects.exclude(pk=rosemary.pk).first()
    for address in (
        "/admin/boroughs/contact/",
        "/admin/boroughs/contact/?mails=look",
        f"/admin/boroughs/contact/{doubted.pk}/change/",
        replace,
        f"{replace}?coming={coming.pk}",
        f"{replace}?coming={coming.pk}&entries={chosen.pk}",
        f"/admin/boroughs/contact/merge/?ids={others}",
    ):
        page.goto(address)
        yield page
