"""Every download is exactly the list on screen: its entries, its order, all of them, and no others."""

import io
import json
import re
import zipfile

import feedparser
import openpyxl
import pytest

from submissions.models import Submission

pytestmark = pytest.mark.django_db

FORMS = ["csv", "xlsx", "json", "atom"]
LISTS = [
    {},
    {"theme": ["housing", "money"]},
    {"borough": ["merton", "brent"], "sort": "title"},
    {"theme": ["housing"], "borough": ["merton"], "sort": "borough"},
    {"has": ["outcomes", "voices"]},
    {"category": ["early-help"], "partner": ["barnardos"]},
    {"q": "Entry"},
    {"q": "felt safe", "theme": ["housing"]},
    {"theme": ["send"], "borough": ["camden"], "has": ["voices"], "partner": ["settle"]},
]


def on_screen(client, parameters):
    """The slugs of a list, page after page."""
    slugs, page = [], 1
    while (response := client.get("/submissions/", {**parameters, "page": page})).status_code == 200:
        slugs += re.findall(r'data-submission="([\w-]+)"', response.content.decode())
        page += 1
    return slugs


def slugs_in(form, content):
    if form == "json":
        rows = json.loads(content)["results"]
        return [row["url"].split("/")[-2] for row in rows]
    if form == "atom":
        return [entry.link.split("/")[-2] for entry in feedparser.parse(content).entries]
    if form == "xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True)
        return [row[2].split("/")[-2] for row in rows]
    return re.findall(r"/submissions/([\w-]+)/", content.decode())


@pytest.mark.parametrize("parameters", LISTS, ids=str)
def test_a_file_is_the_list_on_screen(client, download, mixed_catalogue, parameters):
    shown = on_screen(client, parameters)
    for form in FORMS:
        assert slugs_in(form, download(f"/submissions.{form}", **parameters)) == shown, form


def test_a_file_has_no_pages(download, make_entry):
    for _ in range(45):
        make_entry()
    for form in FORMS:
        content = download(f"/submissions.{form}", page="2")
        assert len(slugs_in(form, content)) == 45, form
    assert json.loads(download("/submissions.json"))["count"] == 45


def test_drafts_and_withdrawn_entries_are_in_no_file(download, make_entry):
    make_entry(slug="open", title="Open", themes=["housing"], figures=["confirmed"])
    for status in ("draft", "withdrawn"):
        make_entry(slug=f"is-{status}", title="Secret", status=status, themes=["housing"], figures=["confirmed"])
    for path in [f"/submissions.{form}" for form in FORMS] + ["/data/outcomes.json", "/data/outcomes.csv"]:
        content = opened(download(path))
        assert b"Open" in content, path
        assert b"Secret" not in content, path
        assert b"is-draft" not in content and b"is-withdrawn" not in content, path
    assert all(b",1," in line for line in download("/data/themes.csv").splitlines() if b"/housing/" in line)


def opened(content):
    """A workbook's parts one after the other; any other file as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


@pytest.mark.parametrize("form", FORMS)
def test_no_address_of_a_person_is_in_any_file(download, make_entry, form):
    make_entry(
        contact="a.person@merton.gov.uk",
        title="Ask b.person@merton.gov.uk",
        summary='<p>Write to <a href="mailto:c.person+work@merton.gov.uk">c.person+work@merton.gov.uk</a>.</p>',
        team="Team d’person@sub.merton.gov.uk",
        partners=["Friends (e_person@example.org)"],
    )
    content = opened(download(f"/submissions.{form}")).decode()
    assert "@" not in content
    assert "person" not in content
    assert "address on the entry’s own page" in content


@pytest.mark.parametrize("form", FORMS)
def test_two_downloads_without_an_edit_are_the_same_bytes(download, mixed_catalogue, form, time_machine):
    time_machine.move_to("2026-11-22 10:00")
    first = download(f"/submissions.{form}", theme="housing")
    time_machine.move_to("2026-12-24 18:00")
    assert download(f"/submissions.{form}", theme="housing") == first
    Submission.objects.published().first().save()
    Submission.objects.filter(themes__slug="housing").update(title="Edited")
    assert download(f"/submissions.{form}", theme="housing") != first


@pytest.mark.parametrize("form", FORMS)
def test_an_unchanged_file_is_not_sent_again(client, make_entry, form, django_assert_num_queries):
    entry = make_entry()
    address = f"/submissions.{form}"
    first = client.get(address)
    first.getvalue()
    for tag in (first["ETag"], f"W/{first['ETag']}"):
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    Submission.objects.filter(pk=entry.pk).update(title="Edited")
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    again.getvalue()
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("entries", [3, 30])
def test_a_file_asks_the_database_as_often_for_3_as_for_30(
    download, make_entry, form, entries, django_assert_num_queries
):
    for n in range(entries):
        make_entry(
            boroughs=["merton", "brent"][: n % 2 + 1], themes=["housing"], figures=["confirmed"], partners=["Settle"]
        )
    download(f"/submissions.{form}")  # builds the index of this catalogue
    expected = 5 if form == "atom" else 4  # a feed also asks when its list was changed
    with django_assert_num_queries(expected):
        download(f"/submissions.{form}", theme="housing", sort="title")


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_value_is_refused_with_a_sentence(client, make_entry, form):
    make_entry()
    response = client.get(f"/submissions.{form}", {"theme": "houses", "sort": "best"})
    assert response.status_code == 400
    said = response.json()["error"] if form == "json" else response.content.decode()
    assert "There is no theme “houses”. The list cannot be sorted by “best”." in said
    assert "left out" not in said
    if form != "json":
        assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_file_is_named_after_what_was_asked_for(client, make_entry):
    make_entry(themes=["housing"])
    for parameters, name in (
        ({}, "practice-spotlight.csv"),
        ({"theme": "housing", "borough": "merton"}, "practice-spotlight-housing-merton.csv"),
        ({"q": "Safe & “well”!"}, "practice-spotlight-safe-well.csv"),
    ):
        response = client.get("/submissions.csv", parameters)
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_only_reading(client, make_entry):
    make_entry()
    for form in FORMS:
        assert client.post(f"/submissions.{form}").status_code == 405
        head = client.head(f"/submissions.{form}")
        assert head.getvalue() == b""
        assert head.status_code == 200
        assert head["ETag"]


def test_other_sites_may_read_files_but_no_page(client, make_entry):
    make_entry()
    first = client.get("/submissions.json")
    assert first["Access-Control-Allow-Origin"] == "*"
    unchanged = client.get("/submissions.json", headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")
    assert not client.get("/submissions/").has_header("Access-Control-Allow-Origin")


def test_the_list_offers_itself_with_its_own_parameters(client, make_entry):
    make_entry(themes=["housing"])
    page = client.get("/submissions/", {"theme": "housing", "sort": "title"}).content.decode()
    for form in FORMS:
        assert f'href="/submissions.{form}?theme=housing&amp;sort=title"' in page
    assert 'href="/submissions.csv"' in client.get("/submissions/").content.decode()
    assert 'type="application/atom+xml"' in client.get("/").content.decode()


def test_a_list_with_nothing_in_it_is_still_a_file(download, make_entry, csv_rows):
    make_entry(boroughs=["merton"])
    assert csv_rows("/submissions.csv", borough="brent") == []
    assert json.loads(download("/submissions.json", borough="brent"))["results"] == []
    assert slugs_in("xlsx", download("/submissions.xlsx", borough="brent")) == []
    assert not feedparser.parse(download("/submissions.atom", borough="brent")).bozo
