"""Addresses as they are sent: whole, and of the site's public name, whichever name a request came by.

The QR code is one for cameras.
"""

from functools import lru_cache
from itertools import groupby

import qrcode
from django.conf import settings
from django.urls import reverse

QUIET = 4  # modules of white all round, as the standard asks


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


@lru_cache(maxsize=1000)
def qr_path(address):
    """A QR code: (modules on a side, the `d` of one SVG path). Dark modules side by side are one rectangle.

    Black on white in light, dark and print: cameras need it.
    """
    # Any of the eight masks is right; to weigh each takes five times as long as to draw with one.
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M, mask_pattern=0)
    code.add_data(address)
    rows = code.get_matrix()
    return len(rows), "".join(piece for y, row in enumerate(rows) for piece in _row(y, row))


def _row(y, row):
    x = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield f"M{x} {y}h{length}v1h-{length}z"
        x += length
