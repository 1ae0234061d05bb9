"""What LIIA has not decided yet is never told as “none”; and a category is nobody's before its first entry is."""

import csv
import io
import json
import re

import docx
import pytest

from submissions.models import Category, Submission

UNDECIDED = "ot yet decided by LIIA"


@pytest.fixture
def three(make_entry):
    """An entry that states no figure, one whose figure is undecided, and one with a confirmed and an undecided one."""
    return [
        make_entry(title="Silent", slug="silent"),
        make_entry(title="Open", slug="open", figures=["proposed"]),
        make_entry(title="Both", slug="both", figures=["confirmed", "proposed"]),
    ]


def body(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def test_an_entry_with_undecided_figures_says_so_and_never_that_it_states_none(client, three):
    silent, opened, both = (body(client, f"/submissions/{slug}/") for slug in ("silent", "open", "both"))
    assert "This entry states no figures." in silent and UNDECIDED not in silent
    assert "Figures: not yet decided by LIIA." in opened and "states no figures" not in opened
    assert "More figures are not yet decided by LIIA." in both and "states no figures" not in both


def test_the_page_of_figures_lists_it_apart(client, three):
    page = body(client, "/outcomes/")
    undecided = page.partition("Entries whose figures are not yet decided by LIIA")[2]
    undecided, _, silent = undecided.partition("Entries that state no figures")
    assert "/submissions/open/" in undecided and "/submissions/both/" not in undecided
    assert "/submissions/silent/" in silent and "/submissions/open/" not in silent


def test_the_pack_on_paper_and_in_word_says_so(client, three):
    keys = ",".join(str(entry.pk) for entry in three)
    assert body(client, f"/pack/?ids={keys}").count(UNDECIDED) == 2
    answer = client.get(f"/pack.docx?ids={keys}")
    document = docx.Document(io.BytesIO(answer.getvalue()))
    assert sum(UNDECIDED in paragraph.text for paragraph in document.paragraphs) == 2


def test_the_comparison_says_so_in_its_cells(client, three):
    keys = ",".join(str(entry.pk) for entry in three)
    page = body(client, f"/compare/?ids={keys}")
    assert page.count("Not yet decided by LIIA") == 3  # figures and costs of one, costs of another


def test_files_and_the_api_count_what_is_undecided(client, three):
    rows = {row["title"]: row for row in csv.DictReader(io.StringIO(body(client, "/submissions.csv").lstrip("\ufeff")))}
    assert [rows[title]["figures_undecided"] for title in ("Silent", "Open", "Both")] == ["0", "1", "1"]
    assert client.get("/api/submissions/open").json()["figures_undecided"] == 1
    listed = {
        row["title"]: row["figures_undecided"] for row in json.loads(body(client, "/submissions.json"))["results"]
    }
    assert listed == {"Silent": 0, "Open": 1, "Both": 1}


# --- categories ----------------------------------------------------------------------------------------------------


@pytest.fixture
def workforce(make_entry):
    """A category that was just read in: all its entries are drafts."""
    make_entry(title="Public")
    entry = make_entry(status="draft", category="Zebra crossings")
    category = entry.categories.get()
    category.administrators.create(name="Ada Admin", email="ada@liia.example")
    category.mentions.create(borough=entry.boroughs.get(), printed="Merton", sentence="Merton shines at them.")
    return category


PLACES = {
    "/": "zebra",
    "/submissions/": "zebra",
    "/sitemap-pages.xml": "zebra",
    "/about/": "Ada Admin",
    "/accessibility/": "Ada Admin",
    "/privacy/": "Ada Admin",
    "/boroughs/merton/": "zebra",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_category_without_a_published_entry_is_nowhere(client, workforce, place):
    page = body(client, place)
    assert "zebra" not in page.lower() and "Ada Admin" not in page
    Submission.objects.filter(categories=workforce).update(status="published")
    assert PLACES[place] in body(client, place)


def test_its_address_opens_with_its_first_published_entry(client, workforce):
    addresses = ["/categories/zebra-crossings/", "/categories/zebra-crossings/preview.png"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert "There is no" in body(client, "/submissions/?category=zebra-crossings")
    assert client.get("/submissions.csv?category=zebra-crossings").status_code == 400
    Submission.objects.filter(categories=workforce).update(status="published")
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_its_address_stays_when_its_entries_are_withdrawn(client, workforce):
    Submission.objects.filter(categories=workforce).update(status="withdrawn")
    assert client.get("/categories/zebra-crossings/").status_code == 200


def test_the_desk_sees_it_all_the_while(workforce):
    assert workforce in Category.objects.all()
    assert workforce not in Category.objects.public()


def test_all_categories_that_are_public_are_listed_with_the_number_of_their_entries(client, make_entry):
    make_entry()
    make_entry().categories.add(make_entry.category("Early help"))
    make_entry(category="Not yet", status="draft")
    page = client.get("/categories/").content.decode()
    found = re.findall(r'<h2><a href="(/categories/[\w-]+/)">.*?</h2>.*?(\d+) entr', page, re.S)
    assert found == [("/categories/care-leavers/", "2"), ("/categories/early-help/", "1")]
