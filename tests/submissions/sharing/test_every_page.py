"""Fetches every published page of the seed catalogue and reads what previews, search engines and machines read."""

import io
import json
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.conf import settings
from lxml import etree
from PIL import Image

from spotlight.well_known import STANDING

pytestmark = pytest.mark.django_db

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LISTS = [
    "/submissions/?theme=housing&borough=sutton&borough=lambeth",
    "/submissions/?borough=merton&sort=title",
    "/submissions/?q=jobs",
    "/submissions/?has=outcomes&partner=barnardos",
]
REQUIRED = {
    "Article": {"headline", "author", "publisher", "datePublished", "dateModified", "image", "mainEntityOfPage"},
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"name", "url", "description"},
    "WebSite": {"name", "url", "potentialAction"},
    "Dataset": {"name", "description", "license", "distribution"},
}


drawn = []


class Page:
    """One page as a previewer sees it."""

    def __init__(self, client, address):
        response = client.get(address)
        assert response.status_code == 200, address
        self.address, self.tree = address, lxml.html.fromstring(response.content.decode())
        self.title = self.tree.findtext(".//title")
        self.meta = {m.get("property") or m.get("name"): m.get("content") for m in self.tree.iter("meta")}

    @property
    def canonical(self):
        (link,) = self.tree.xpath("//link[@rel='canonical']/@href")
        return link

    @property
    def data(self):
        found = [json.loads(script.text) for script in self.tree.xpath("//script[@type='application/ld+json']")]
        assert all(thing["@context"] == "https://schema.org" for thing in found), self.address
        return [part for thing in found for part in thing.get("@graph", [thing])]


def locations(client, address, path):
    found = etree.fromstring(client.get(address).content).findall(path, SITEMAP)
    return [location.text.removeprefix(settings.SITE_URL) for location in found]


@pytest.fixture
def pages(seed_catalogue, client):
    """Every page of the seed catalogue, drawn once for all tests."""
    drawn[:] = drawn or _draw(client)
    return drawn


def _draw(client):
    parts = locations(client, "/sitemap.xml", "s:sitemap/s:loc")
    addresses = [address for part in parts for address in locations(client, part, "s:url/s:loc")]
    return [Page(client, address) for address in [*addresses, *LISTS]]


def test_every_page_of_the_seed_catalogue(client, pages):
    assert len(pages) > 14 + 33 + 17
    for page in pages:
        has_a_preview(page)
        has_one_address(page)
        has_true_data(page)
        has_a_picture(client, page)
    for what in (lambda page: page.title, lambda page: page.meta["description"]):
        said = [what(page) for page in pages]
        assert len(set(said)) == len(said), sorted(text for text in said if said.count(text) > 1)


def test_only_standing_pages_share_the_image_of_the_site(pages):
    of_the_site = f"{settings.SITE_URL}/preview.png?v="
    general = {page.address for page in pages if page.meta["og:image"].startswith(of_the_site)}
    own = {page.address for page in pages} - general
    assert {"/survey/2024/", "/survey/2024/housing/", "/themes/money/", "/boroughs/ealing/", *LISTS} <= own
    assert general == {"/", *(f"/{name}/" for name in STANDING)}


def has_a_preview(page):
    meta, description = page.meta, page.meta["description"]
    assert 20 < len(description) <= 200, page.address
    assert not set("<>") & set(description), page.address
    assert page.title == f"{meta['og:title']} – Practice Spotlight"
    assert meta["og:description"] == meta["twitter:description"] == description
    assert meta["twitter:title"] == meta["og:title"]
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:type"] == (
        "article" if page.address.count("/") == 3 and "/submissions/" in page.address else "website"
    )


def has_one_address(page):
    expected = settings.SITE_URL + page.address.replace("&sort=title", "")
    assert page.canonical == page.meta["og:url"] == expected


def has_true_data(page):
    for thing in page.data:
        assert thing.keys() >= REQUIRED[thing["@type"]], page.address
        for value in ("url", "mainEntityOfPage"):
            assert thing.get(value, page.canonical).partition("#")[0] == page.canonical
        for place, item in enumerate(thing.get("itemListElement", []), start=1):
            assert item["position"] == place
            assert item["item"].startswith(settings.SITE_URL)


def has_a_picture(client, page):
    address = page.meta["og:image"]
    assert page.meta["twitter:image"] == address
    assert address.startswith(settings.SITE_URL)
    response = client.get(address.removeprefix(settings.SITE_URL))
    assert response["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(response.content))
    assert image.size == (int(page.meta["og:image:width"]), int(page.meta["og:image:height"])) == (1200, 630)


def test_an_entry_says_who_wrote_it_and_who_published_it(client, pages):
    page = next(page for page in pages if page.address == "/submissions/kickstart-futures/")
    article, trail = page.data
    assert [author["name"] for author in article["author"]] == ["London Borough of Sutton"]
    assert article["author"][0]["@type"] == "GovernmentOrganization"
    assert article["publisher"]["name"] == "London Innovation and Improvement Alliance"
    assert urlsplit(article["identifier"]).path.startswith("/s/")
    assert [item["name"] for item in trail["itemListElement"]] == ["Home", "All entries", "KickStart Futures"]


def test_a_filtered_list_says_what_it_shows(pages):
    page = next(page for page in pages if page.address == LISTS[0])
    assert page.meta["og:title"] == "2 examples on housing and accommodation from Sutton and Lambeth"
    assert "KickStart Futures" in page.meta["description"]
