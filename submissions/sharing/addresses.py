"""Addresses as they are sent: whole, and of the site's public name, whichever name a request came by."""

from django.conf import settings
from django.urls import reverse


def absolute(path):
    """`/s/3` as `https://…/s/3`."""
    return settings.SITE_URL.rstrip("/") + path


def short_address(entry):
    """The address that stays for good, whatever becomes of the title."""
    return absolute(reverse("short", args=[entry.pk]))


def picture_address(name, card, *args):
    """The address of a page's preview image, which changes with what the image says."""
    return f"{reverse(name, args=args)}?v={card.digest}"


def liia_address():
    """Where a reader of the site reaches LIIA: its mailbox, or the page that names its people."""
    return f"mailto:{settings.LIIA_EMAIL}" if settings.LIIA_EMAIL else reverse("about")
