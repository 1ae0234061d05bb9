"""LIIA's desk in a real browser: the catalogue, and an administrator who has come through the door."""

import time

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import expect

from editorial.people.rights import ADMINISTRATORS
from tests.database import load_catalogue

# A desk by day and a phone in the dark: contrast hangs on the scheme, the layout on the width, and neither on both. The
# phone last: what a journey does next, it does there.
LOOKS = [(1280, "light"), (320, "dark")]


def fill_site():
    """The catalogue, and Mei as an administrator. For tests whose browser sees the database as it is."""
    load_catalogue()
    mei = User.objects.create_user("mei", password="mei has a long password", first_name="Mei", is_staff=True)
    mei.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return mei


def sign_in(page, name="mei"):
    """To the desk's first page with a session that has begun already: the way in by hand costs three pages more."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie | {"httpOnly": True, "sameSite": "Lax"}])
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
    return page


def sign_in_by_hand(page, name="mei"):
    page.goto("/admin/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(f"{name} has a long password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
    return page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def looks(page):
    """Shows the page that is open in each of LOOKS, one after the other, without motion: no colour is half way from
    one look to the other when the page is looked at."""
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield width, scheme


def wait_until(question, seconds=10):
    """Until `question()` is true. Never Playwright's `wait_for_function`: it has the page evaluate a string each time
    it looks, which our own policy refuses, so that it works only where the first look finds it true."""
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, f"Not within {seconds} seconds"
        time.sleep(0.05)


def wait_for_editors(page):
    """Until each text of the form has its editor."""
    expect(page.locator(".prose-menubar[role=group]")).to_have_count(
        page.locator("[data-django-prose-editor-configurable]").count()
    )
