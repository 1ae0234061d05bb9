"""LIIA's desk in a real browser: the catalogue, and an administrator who has come through the door."""

from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from editorial.people.roles import ADMINISTRATORS, give_rights
from tests.database import load_catalogue

SIZES = [320, 1280]
# A phone in the dark and a desk by day: contrast hangs on the scheme, the layout on the width, and neither on both.
LOOKS = [(320, "dark"), (1280, "light")]


def fill_site():
    """The catalogue, and Mei as an administrator. For tests whose browser sees the database as it is."""
    load_catalogue()
    give_rights()
    mei = User.objects.create_user("mei", password="mei has a long password", first_name="Mei", is_staff=True)
    mei.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return mei


def sign_in(page, name="mei"):
    page.goto("/admin/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(f"{name} has a long password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
    return page


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
