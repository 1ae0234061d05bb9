"""Every file against the one schema that the data page shows, and the small tables themselves."""

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pytest

from submissions.derived import renew
from submissions.exports.table import CHUNK, Kind
from submissions.exports.tables import TABLES
from submissions.models import Submission

pytestmark = pytest.mark.django_db

IN_JSON = {
    Kind.WHOLE: lambda v: isinstance(v, int),
    Kind.NUMBER: lambda v: isinstance(v, int | float),
    Kind.TEXT: lambda v: isinstance(v, str) and v != "",
    Kind.LIST: lambda v: isinstance(v, list) and all(isinstance(text, str) for text in v),
    Kind.DATE: lambda v: date.fromisoformat(v),
    Kind.TIME: lambda v: datetime.fromisoformat(v).tzinfo,
    Kind.ADDRESS: lambda v: v.startswith("http://127.0.0.1:8000/"),
}


@pytest.fixture
def catalogue(mixed_catalogue, make_entry):
    make_entry(title="Bare", summary="", boroughs=[])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_file_keeps_to_its_schema(download, catalogue, table):
    names = [column.name for column in table.columns]
    found = json.loads(download(f"/{table.path}.json"))
    assert found["count"] == len(found["results"]) > 0
    for row in found["results"]:
        assert list(row) == names
        for column in table.columns:
            value = row[column.name]
            assert IN_JSON[column.kind](value) if value is not None else column.optional, (column.name, value)
    rows = list(csv.reader(io.StringIO(download(f"/{table.path}.csv").decode("utf-8-sig"), newline="")))
    assert rows[0] == names
    assert len(rows) == found["count"] + 1
    sheet = openpyxl.load_workbook(io.BytesIO(download(f"/{table.path}.xlsx"))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == names
    assert sheet.max_row == len(rows)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_example_of_a_table_keeps_to_its_schema_too(table):
    for column in table.columns:
        if column.kind is not Kind.ADDRESS:
            assert IN_JSON[column.kind](column.example), column.name
        assert column.meaning.endswith(".")
    assert table.changes


def test_boroughs_are_all_there_and_counted(csv_rows, make_entry):
    make_entry(boroughs=["merton", "brent"])
    make_entry(boroughs=["merton"])
    make_entry(boroughs=["merton"], status="draft")
    rows = {row["name"]: row for row in csv_rows("/data/boroughs.csv")}
    assert len(rows) == 33
    assert (rows["Merton"]["entries"], rows["Brent"]["entries"], rows["Ealing"]["entries"]) == ("2", "1", "0")
    assert rows["Merton"]["ons_code"] == "E09000024"


def test_themes_are_all_there_and_counted(csv_rows, make_entry):
    make_entry(themes=["housing", "money"])
    make_entry(themes=["housing"], status="withdrawn")
    rows = {row["slug"]: row["entries"] for row in csv_rows("/data/themes.csv")}
    assert len(rows) == 17
    assert (rows["housing"], rows["money"], rows["send"]) == ("1", "1", "0")


def test_outcomes_are_the_confirmed_figures_with_their_sentences(csv_rows, make_entry):
    entry = make_entry(title="Homes", slug="homes", figures=["confirmed", "proposed", "rejected"])
    entry.metrics.filter(status="confirmed").update(comparator="50.5", quote="Ask a@b.gov.uk: 75% felt safe.")
    (row,) = csv_rows("/data/outcomes.csv")
    assert row == {
        "entry_id": str(entry.pk),
        "entry": "Homes",
        "url": "http://127.0.0.1:8000/submissions/homes/",
        "figure": "75%",
        "label": "felt safe",
        "value": "75",
        "unit": "percent",
        "comparator": "50.5",
        "period": "Not stated",
        "kind": "What it reached",
        "sentence": "Ask [address on the entry’s own page]: 75% felt safe.",
    }


@pytest.mark.parametrize("entries", [3, 30])
@pytest.mark.parametrize(("name", "queries"), [("boroughs", 3), ("themes", 3), ("outcomes", 3)])
def test_a_table_asks_the_database_as_often_for_3_as_for_30(
    download, make_entry, entries, name, queries, django_assert_num_queries
):
    for _ in range(entries):
        make_entry(themes=["housing"], figures=["confirmed"])
    renew()  # else the first request does
    with django_assert_num_queries(queries):
        download(f"/data/{name}.csv")


def test_entries_have_one_address(client):
    response = client.get("/data/entries.csv")
    assert (response.status_code, response["Location"]) == (301, "/submissions.csv")


@pytest.mark.parametrize("path", ["/data/people.csv", "/data/boroughs.atom", "/data/boroughs.exe"])
def test_a_file_that_is_not_there(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "The data page, /data/, names them all." in response.content.decode()


@pytest.mark.parametrize("form", ["csv", "json", "atom"])
def test_what_is_withdrawn_while_somebody_downloads_is_left_out(client, make_entry, form):
    """The second batch of rows is read when the first was taken away already."""
    round_ = make_entry(title="Newest", published_on="2026-05-01").round
    shown = {"status": "published", "published_on": "2026-01-01", "round": round_}
    Submission.objects.bulk_create([Submission(title=f"Entry no {n}", slug=f"e{n}", **shown) for n in range(CHUNK + 1)])
    parts = iter(client.get(f"/submissions.{form}").streaming_content)
    begun = b""
    while b"Entry no 0" not in begun:
        begun += next(parts)
    gone = Submission.objects.newest_first().last()
    Submission.objects.filter(pk=gone.pk).update(status="withdrawn")
    text = (begun + b"".join(parts)).decode()
    assert "Entry no 0" in text
    assert f"Entry no {CHUNK}" not in text
