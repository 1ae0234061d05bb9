"""Every page that lists entries or what they carry, when there are many: 20 on a page, and no page is heavy."""

import re
from html import unescape

import pytest

from boroughs.models import Borough
from submissions.derived import renew
from submissions.models import OutcomeMetric, Partner, Submission, Theme, ThemedSubmission, Voice
from tests.database import shared_in_module
from tests.entries import EntryMaker

NUMBER, WITHOUT, UNDECIDED = 130, 45, 41  # entries; of these, those without a figure and those with a proposed one
MOST = 60_000  # bytes of HTML
CARD = r'<article class="card" data-submission="([\w-]+)"'
LISTS = {
    "/submissions/": (CARD, NUMBER),
    "/submissions/?theme=housing&sort=title": (CARD, NUMBER),
    "/themes/housing/": (CARD, NUMBER),
    "/boroughs/merton/": (CARD, NUMBER),
    "/categories/care-leavers/": (CARD, NUMBER),
    "/outcomes/none/": (CARD, WITHOUT),
    "/outcomes/undecided/": (CARD, UNDECIDED),
    "/outcomes/": (r"#figure-(\d+)", NUMBER - WITHOUT - UNDECIDED),
    "/outcomes/?theme=housing&sort=borough": (r"#figure-(\d+)", NUMBER - WITHOUT - UNDECIDED),
    "/voices/": (r"#voice-(\d+)", NUMBER),
    "/partners/": (r"partner=([\w-]+)", NUMBER),
    "/partners/?name=Helpers": (r"partner=([\w-]+)", NUMBER),
}


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """NUMBER entries alike, stored once for the module and taken back after it."""
    with django_db_blocker.unblock(), shared_in_module():
        make_many(EntryMaker())
        renew(most_drawn=0)
        yield


def make_many(make_entry):
    borough, theme = Borough.objects.get(slug="merton"), Theme.objects.get(slug="housing")
    category = make_entry.category("Care leavers")
    numbers = range(NUMBER)
    shared = {"status": "published", "published_on": "2026-01-01", "round": make_entry.round, "body": "<p>“Yes.”</p>"}
    entries = Submission.objects.bulk_create(
        Submission(
            title=f"{'Entry with a long title ' * 4}{n}", slug=f"e{n}", summary=f"<p>{'Word ' * 60}</p>", **shared
        )
        for n in numbers
    )
    partners = Partner.objects.bulk_create(
        Partner(name=f"Helpers of the town, number {n}", slug=f"helpers-{n}") for n in numbers
    )
    relations = {
        Submission.boroughs.through: lambda n: {"submission": entries[n], "borough": borough},
        Submission.categories.through: lambda n: {"submission": entries[n], "category": category},
        Submission.partners.through: lambda n: {"submission": entries[n], "partner": partners[n]},
        ThemedSubmission: lambda n: {"content_object": entries[n], "tag": theme},
        Voice: lambda n: {"submission": entries[n], "quote": "Yes."},
    }
    for model, fields in relations.items():
        model.objects.bulk_create(model(**fields(n)) for n in numbers)
    OutcomeMetric.objects.bulk_create(
        OutcomeMetric(submission=entry, figure="75%", label="felt safe", quote="75%", value=75, unit="percent",
                      kind="outcome", status="proposed" if n < UNDECIDED else "confirmed")
        for n, entry in enumerate(entries[WITHOUT:])
    )  # fmt: skip


def page(client, address, number=1):
    return client.get(f"{address}{'&' if '?' in address else '?'}page={number}")


def shown(response, pattern):
    """What the page lists, each once."""
    main = response.content.decode().partition("<main")[2].partition('<nav aria-label="Pages"')[0]
    return list(dict.fromkeys(re.findall(pattern, unescape(main))))


@pytest.mark.parametrize("address", LISTS)
def test_a_page_holds_twenty_and_is_light(client, many, db, address):
    pattern, number = LISTS[address]
    first, second = page(client, address), page(client, address, 2)
    assert len(shown(first, pattern)) == len(shown(second, pattern)) == 20
    assert not set(shown(first, pattern)) & set(shown(second, pattern))
    assert max(len(first.content), len(second.content)) < MOST
    last = -(-number // 20)
    assert len(shown(page(client, address, last), pattern)) == number - 20 * (last - 1)
    beyond = page(client, address, last + 1)
    assert beyond.status_code == 404
    assert f"This list has {last} pages, and “{last + 1}” is none of them." in beyond.content.decode()


@pytest.mark.parametrize("address", [address for address in LISTS if "?" not in address])
def test_a_page_says_which_it_is_and_the_first_has_no_number(client, many, db, address):
    head, _, body = client.get(address).content.decode().partition("</head>")
    assert f'rel="canonical" href="http://127.0.0.1:8000{address}"' in head
    assert "<title>Page" not in head
    assert '<a href="?page=2">' in body
    head, _, body = page(client, address, 2).content.decode().partition("</head>")
    assert f'rel="canonical" href="http://127.0.0.1:8000{address}?page=2"' in head
    assert "<title>Page 2 of " in head
    assert re.search(r'<a href="\.">\s*<span class="visually-hidden">Page</span> 1\s*</a>', body)


def test_the_links_to_other_pages_keep_filters_and_the_reader_s_own_list(client, many, db):
    for address in ("/outcomes/?theme=housing&list=3", "/submissions/?theme=housing&list=3"):
        assert 'href="?theme=housing&amp;page=2&amp;list=3"' in client.get(address).content.decode().replace(
            "page=2&list", "page=2&amp;list"
        )


def test_the_list_has_boxes_for_the_most_used_partners_and_a_page_for_all(client, many, db):
    body = client.get("/submissions/?theme=housing").content.decode()
    assert body.count('name="partner"') == 40
    assert f'<a href="/partners/?theme=housing">All {NUMBER} partners</a>' in body
    rare = client.get("/partners/?theme=housing&name=number%20119").content.decode()
    assert "1 partner</h2>" in rare
    assert "1 entry" in rare
    ticked = client.get(unescape(re.search(r'href="(/submissions/\?[^"]*partner=[^"]*)"', rare)[1]))
    assert shown(ticked, CARD) == ["e119"]
    assert 'name="partner" value="helpers-119" data-count="1" checked' in ticked.content.decode()
    assert "No partner has these letters in its name." in client.get("/partners/?name=zzz").content.decode()


def test_a_feed_and_a_part_of_the_map_hold_so_many(client, many, db):
    feed = client.get("/submissions.atom").getvalue().decode()
    assert feed.count("<entry>") == 100
    assert 'rel="next"' in feed and 'rel="previous"' not in feed
    assert client.get("/sitemap-entries.xml").content.count(b"<url>") == NUMBER
