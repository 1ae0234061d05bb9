"""What programmes ask for: the map of the site, how to search it, its icons, and whom to tell of a weakness."""

import io
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap, x_robots_tag
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from boroughs.models import Borough
from submissions.facets import current_index
from submissions.models import Category, Submission, Theme
from submissions.sharing.addresses import absolute
from submissions.sharing.drawing import PAPER, emblem
from survey.models import Section, Survey

# A promise that somebody still reads the address below: look at both once a year, then move the day.
SECURITY_EXPIRES = datetime(2027, 10, 31, tzinfo=UTC)

# Pages that are no single record's, by the name of their address; what a release does not have is left out.
STANDING = (
    "themes",
    "categories",
    "boroughs",
    "coverage",
    "outcomes",
    "voices",
    "glossary",
    "data",
    "about",
    "accessibility",
    "privacy",
)
A_WEEK = 7 * 24 * 60 * 60


class Part(Sitemap):
    """Addresses are of the site's public name, whichever name a request came by."""

    def get_protocol(self, protocol=None):
        return absolute("").partition("://")[0]

    def get_domain(self, site=None):
        return absolute("").partition("://")[2]


class Entries(Part):
    """The pages of entries, the oldest first, so that a new one changes the last part alone."""

    limit = 1000

    def items(self):
        return Submission.objects.published().only("slug", "changed_at").order_by("pk")

    def lastmod(self, entry):
        return entry.changed_at


class Pages(Part):
    """Every other page: (path, when what it shows was last changed)."""

    def items(self):
        index = current_index()
        pages = [(reverse(name), index.last_change(index.everything)) for name in ("home", "submissions")]
        pages += [(address, None) for address in _standing()]
        for facet, records in (
            ("borough", Borough.objects.all()),
            ("theme", Theme.objects.all()),
            ("category", Category.objects.public()),
        ):
            changed = ((one, index.last_change(index.having(facet, one.slug))) for one in records)
            pages += [(record.get_absolute_url(), change) for record, change in changed]
        survey = [*Survey.objects.all(), *Section.objects.select_related("survey")]
        return pages + [(part.get_absolute_url(), None) for part in survey]

    def location(self, item):
        return item[0]

    def lastmod(self, item):
        return item[1]


SITEMAPS = {"pages": Pages, "entries": Entries}


@x_robots_tag
def sitemap_index(request):
    """Where the parts of the site's map are."""
    pages, entries = (reverse("sitemap_part", args=[name]) for name in SITEMAPS)
    numbers = Entries().paginator.page_range
    parts = [pages, *(f"{entries}?p={number}" if number > 1 else entries for number in numbers)]
    context = {"sitemaps": [{"location": absolute(part)} for part in parts]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


def sitemap_part(request, section):
    response = sitemap(request, SITEMAPS, section)
    del response["Last-Modified"]  # the day of the last change does not tell of an entry that was withdrawn since
    return response


def _standing():
    for name in STANDING:
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in (reverse("admin:index"), "/accounts/")), ""]
    return _text([*lines, f"Sitemap: {absolute(reverse('sitemap'))}"])


def security(request):
    """RFC 9116. A test fails thirty days before it expires."""
    contact = settings.SECURITY_CONTACT or absolute(reverse("about"))
    lines = [
        f"Contact: {contact}",
        f"Expires: {SECURITY_EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {absolute(reverse('security'))}",
    ]
    return _text(lines)


def opensearch(request):
    """Lets a browser search the catalogue from its own address bar."""
    addresses = {"search": absolute(reverse("submissions")), "icon": absolute(reverse("favicon"))}
    kind = "application/opensearchdescription+xml"
    return render(request, "spotlight/opensearch.xml", addresses, content_type=kind)


def favicon(request):
    """For programmes that look for `/favicon.ico` whatever the page says."""
    return _image_response(emblem(48), "ICO", "image/x-icon", sizes=[(16, 16), (32, 32), (48, 48)])


def touch_icon(request):
    """For a telephone's home screen, which puts a transparent icon on black."""
    return _image_response(emblem(180, PAPER).convert("RGB"), "PNG", "image/png", optimize=True)


def _image_response(image, form, kind, **options):
    file = io.BytesIO()
    image.save(file, form, **options)
    response = HttpResponse(file.getvalue(), content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_WEEK}"
    return response


def _text(lines):
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
