"""What programmes ask for: sitemap, robots, OpenSearch, icons, security.txt."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from spotlight.well_known import SECURITY_EXPIRES, Entries
from submissions.sharing.drawing import ACCENT, SPOT

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def locations(client, address):
    """{location: day of its last change} of a map of the site, or of the index of its parts."""
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314  (our own)
    return {one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod") for one in tree}


def test_the_map_of_the_site_has_parts_with_every_entry_once(client, make_entry, monkeypatch):
    monkeypatch.setattr(Entries, "limit", 2)
    slugs = [make_entry().slug for _ in range(5)]
    parts = [part.removeprefix("http://127.0.0.1:8000") for part in locations(client, "/sitemap.xml")]
    assert parts[1:] == ["/sitemap-entries.xml", "/sitemap-entries.xml?p=2", "/sitemap-entries.xml?p=3"]
    found = [location.split("/")[-2] for part in parts[1:] for location in locations(client, part)]
    assert found == slugs
    assert client.get("/sitemap-entries.xml?p=4").status_code == 404
    assert client.get("/sitemap-others.xml").status_code == 404


def test_the_sitemap_names_what_readers_may_see_with_the_day_of_its_change(client, make_entry, settings):
    settings.SITE_URL = "https://spotlight.example.org/"
    entry = make_entry(slug="shown", boroughs=["merton"])
    make_entry(slug="draft", status="draft", boroughs=["ealing"])
    make_entry(slug="gone", status="withdrawn")
    index = locations(client, "/sitemap.xml")
    parts = [part.removeprefix("https://spotlight.example.org") for part in index]
    assert parts == ["/sitemap-pages.xml", "/sitemap-entries.xml"]
    pages = {location: day for part in parts for location, day in locations(client, part).items()}
    day = f"{entry.changed_at:%Y-%m-%d}"
    assert pages["https://spotlight.example.org/submissions/shown/"] == day
    assert pages["https://spotlight.example.org/boroughs/merton/"] == day
    assert pages["https://spotlight.example.org/boroughs/ealing/"] is None
    assert not [page for page in pages if "draft" in page or "gone" in page]
    for page in pages:
        assert client.get(page.removeprefix("https://spotlight.example.org")).status_code == 200, page


def test_robots_name_the_sitemap_and_leave_the_desk_alone(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


def test_a_browser_can_search_the_catalogue_by_itself(client, make_entry):
    make_entry(title="Cooking with friends")
    tree = ElementTree.fromstring(client.get("/opensearch.xml").content)  # noqa: S314  (our own)
    assert len(tree.findtext(f"{OPENSEARCH}ShortName")) <= 16  # the format's limit
    template = tree.find(f"{OPENSEARCH}Url").get("template")
    address = template.removeprefix("http://127.0.0.1:8000").replace("{searchTerms}", "cooking")
    assert "Cooking with friends" in client.get(address).content.decode()
    assert 'rel="search" href="/opensearch.xml"' in client.get("/").content.decode()


def test_the_icon_has_the_colours_of_the_house():
    icon = finders.find("spotlight/icon.svg")
    assert re.findall(r'fill="(#\w+)"', Path(icon).read_text()) == [ACCENT, SPOT]


def test_security_txt_has_thirty_days_left():
    """Fails when somebody should look whether the address is still read, and move SECURITY_EXPIRES on by a year."""
    assert SECURITY_EXPIRES - datetime.now(UTC) > timedelta(days=30)


def test_security_txt_says_whom_to_tell(client, settings):
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "http://127.0.0.1:8000/about/"
    assert datetime.fromisoformat(lines["Expires"]) == SECURITY_EXPIRES
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    again = client.get("/.well-known/security.txt?again").content.decode()
    assert "Contact: mailto:security@example.org" in again


@pytest.mark.parametrize(
    ("address", "form", "size"), [("/favicon.ico", "ICO", 48), ("/apple-touch-icon.png", "PNG", 180)]
)
def test_icons_are_there_and_kept_by_browsers(client, address, form, size):
    response = client.get(address)
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.size) == (form, (size, size))
    assert "max-age=604800" in response["Cache-Control"]
    assert f'href="{address}"' in client.get("/about/").content.decode()
