"""Addresses: as they are sent, whole and of the site's public name; where old ones lead; which entries readers may see.

410 for a withdrawn entry; 301 to a page whose address was typed with capitals or with a slash too many or too few, and
for an address of LIIA's former pages. The QR code is an address for cameras.
"""

import re
from functools import lru_cache
from itertools import groupby

import qrcode
from django.conf import settings
from django.db.models.functions import Lower
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.encoding import escape_uri_path

from spotlight.desk import ADDRESSES
from spotlight.renaming import at_address
from submissions.models import OldAddress, Submission
from submissions.models.old_addresses import trimmed

QUIET = 4  # modules of white all round, as the standard asks
MOST_LISTED = 30  # entries in a reader's own list: about as much as anybody prints
_NUMBER = re.compile(r"[0-9]{1,18}")


def ids_in(values):
    """Numbers of entries from texts like “3,7,12”, each once and in that order; what is no number is left out."""
    return list(dict.fromkeys(int(number) for value in values for number in _NUMBER.findall(value)))


def carried(request):
    """The list that an address carries from page to page (`?list=3,7`), for readers without script."""
    return ids_in(request.GET.getlist("list"))[:MOST_LISTED] if request else []


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


class Withdrawn(Exception):
    """The entry was withdrawn. The middleware answers 410, with a page that says so."""


def visible_or_404(entry):
    """The entry, if readers may see it. A draft answers 404, a withdrawn entry 410."""
    if entry is None or not (entry.is_published or entry.is_withdrawn):
        raise Http404
    if entry.is_withdrawn:
        raise Withdrawn
    return entry


def entry_at(entries, slug):
    """The entry of these that has or once had this slug, if readers may see it."""
    return visible_or_404(at_address(entries, slug))


def short(request, pk):
    """The address that stays for good leads to the entry's page, whatever it is called now."""
    return redirect(visible_or_404(Submission.objects.filter(pk=pk).first()))


class LastingAddressesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        target = target_of(request) if response.status_code == 404 else ""
        return HttpResponsePermanentRedirect(target) if target else response

    def process_exception(self, request, exception):
        if isinstance(exception, Withdrawn):
            return render(request, "submissions/withdrawn.html", status=410)
        return None


def target_of(request):
    """Where this site leads from an address without a page, or "". LIIA's former addresses go before a guess."""
    if request.method not in ("GET", "HEAD") or request.path.startswith(ADDRESSES):
        return ""
    if target := _former_target(request):
        return target
    page, query = page_meant(request.path), request.META.get("QUERY_STRING", "")
    return escape_uri_path(page) + (f"?{query}" if query else "") if page else ""


def _former_target(request):
    """The target in LIIA's table. An address with its query goes before the bare one, capitals make no difference."""
    whole, bare = (trimmed(address).lower() for address in (request.get_full_path(), request.path))
    rows = OldAddress.objects.annotate(small=Lower("path")).filter(small__in={whole, bare})
    found = dict(rows.values_list("small", "target"))
    return found.get(whole) or found.get(bare, "")


def page_meant(path):
    """The path of the page that this one differs from by capitals or slashes only; "" if there is none.

    Never a page of the desk, and never the path itself. A secret within an address keeps its capitals."""
    single = re.sub("/{2,}", "/", path)
    for form in (single, single.rstrip("/") if single.endswith("/") else f"{single}/"):
        if page := _page_at(form):
            return page if page != path else ""
    return ""


def _page_at(path):
    small = path.lower()
    if small.startswith(ADDRESSES) or len(small) != len(path):
        return ""
    try:
        match = resolve(small)
    except Resolver404:
        return ""
    if match.url_name == "api_nothing":
        return ""
    secret = match.captured_kwargs.get("secret")
    parts = zip(path.split("/"), small.split("/"), strict=True)
    return "/".join(typed if part == secret else part for typed, part in parts)
