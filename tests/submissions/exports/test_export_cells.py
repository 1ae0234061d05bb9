"""What stands in a cell: texts that no spreadsheet runs, real types in Excel, and “Not stated” where it is so."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from boroughs.models import Borough
from submissions.models import Submission, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(download):
    """sheet(**parameters) → the first sheet of the list's workbook, as openpyxl reads it."""

    def sheet(**parameters):
        return openpyxl.load_workbook(io.BytesIO(download("/submissions.xlsx", **parameters))).worksheets[0]

    return sheet


def cells(sheet, row=2):
    """{column: cell} of a row."""
    return {head.value: cell for head, cell in zip(sheet[1], sheet[row], strict=True)}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_runs_as_a_formula(csv_rows, sheet, make_entry, start):
    make_entry(title=f"{start}HYPERLINK(1)", team=f"{start}1+1")
    (row,) = csv_rows("/submissions.csv")
    assert row["title"].startswith("'")
    assert row["team"].startswith("'")
    found = cells(sheet())
    assert found["title"].data_type == found["team"].data_type == "s"
    assert found["title"].quotePrefix  # text also after somebody edited the cell


def test_csv_keeps_commas_quotes_lines_and_letters(download, csv_rows, make_entry):
    make_entry(title='One, “two”, "three"', summary="<p>Café – £5</p><p>Second; line</p>", team="")
    assert download("/submissions.csv").startswith(b"\xef\xbb\xbfid,title,")
    (row,) = csv_rows("/submissions.csv")
    assert row["title"] == 'One, “two”, "three"'
    assert row["summary"] == "Café – £5\nSecond; line"
    assert row["team"] == row["partners"] == "Not stated"
    assert download("/submissions.csv").endswith(b"\r\n")


def test_a_row_says_what_the_entry_says(csv_rows, make_entry):
    entry = make_entry(
        title="Homes",
        slug="homes",
        boroughs=["sutton", "merton"],
        themes=["money", "housing"],
        partners=["Settle", "Barnardo’s"],
        figures=["confirmed", "proposed", "rejected"],
        voices=["“One.”", "“Two.”"],
        published_on="2026-03-01",
    )
    Submission.objects.filter(pk=entry.pk).update(changed_at=datetime(2026, 7, 1, 11, 30, tzinfo=UTC))
    assert csv_rows("/submissions.csv") == [
        {
            "id": str(entry.pk),
            "title": "Homes",
            "url": "http://127.0.0.1:8000/submissions/homes/",
            "boroughs": "Merton; Sutton",
            "borough_codes": "E09000024; E09000029",
            "delivery_body": "",
            "categories": "Care leavers",
            "round": "2024 round",
            "themes": "Housing and accommodation; Money and practical help",
            "summary": entry.summary.removeprefix("<p>").removesuffix("</p>"),
            "team": "Not stated",
            "partners": "Barnardo’s; Settle",
            "figures": "75%: felt safe",
            "voices_count": "2",
            "published_on": "2026-03-01",
            "changed_at": "2026-07-01T12:30:00+01:00",
            "figures_undecided": "1",
            "what_it_took": "Not stated",
        }
    ]


def test_a_workbook_has_real_types_a_frozen_header_and_links(sheet, make_entry):
    entry = make_entry(title="Homes", slug="homes", published_on="2026-03-01", voices=["“One.”"])
    Submission.objects.filter(pk=entry.pk).update(changed_at=datetime(2026, 7, 1, 11, 30, tzinfo=UTC))
    found = sheet()
    row = cells(found)
    assert row["id"].value == entry.pk
    assert row["voices_count"].value == 1
    assert row["published_on"].value.date() == date(2026, 3, 1)
    assert row["changed_at"].value == datetime(2026, 7, 1, 12, 30)  # London's time
    assert row["url"].hyperlink.target == "http://127.0.0.1:8000/submissions/homes/"
    assert row["team"].value == "Not stated"
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:R2"
    assert found.column_dimensions["B"].width > 30


def test_a_workbook_says_where_it_is_from(download, make_entry):
    make_entry(themes=["housing"])
    book = openpyxl.load_workbook(io.BytesIO(download("/submissions.xlsx", theme="housing")))
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about["List"] == "Practice Spotlight: examples on housing and accommodation"
    assert about["Address"] == "http://127.0.0.1:8000/submissions/?theme=housing"
    assert "Open Government Licence" in about["Licence"]
    assert about["voices_count"]


@pytest.mark.parametrize("title", ["<r><t>not markup</t></r>", "a\x0bb\x01c\x1f", "x" * 250, "😀 & <b>"])
def test_odd_texts_leave_every_file_readable(download, csv_rows, sheet, make_entry, title):
    make_entry(title=title, summary="")
    shown = title.replace("\x0b", "").replace("\x01", "").replace("\x1f", "")
    assert cells(sheet())["title"].value.rstrip() == shown
    assert csv_rows("/submissions.csv")[0]["title"] == shown
    assert shown.encode() in download("/submissions.json").replace(b'\\"', b'"')


CONVERTED = ["1/2", "3-4", "5-10", "2024-05", "01/02/2008", "5 March", "Mar-24", "10:30", "9 am", "007", "1E5", "5.10",
             "123456789012345678", "1 1/2", "(5)"]  # fmt: skip
LEFT_ALONE = ["75%", "13-14", "2023/24", "3-4 people", "Marketing 2024", "5a", "E09000024", "2024", "May"]


@pytest.mark.parametrize("text", CONVERTED)
def test_no_cell_turns_into_a_day_or_another_number(csv_rows, sheet, make_entry, text):
    make_entry(team=text, partners=[f"Trust {text}"])
    (row,) = csv_rows("/submissions.csv")
    assert row["team"] == f"'{text}"
    assert row["published_on"] == "2026-01-01"  # a day that is meant as one
    cell = cells(sheet())["team"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_a_spreadsheet_leaves_alone_is_written_as_it_is(csv_rows, make_entry):
    for text in LEFT_ALONE:
        make_entry(team=text)
    assert sorted(row["team"] for row in csv_rows("/submissions.csv")) == sorted(LEFT_ALONE)


def test_the_small_files_are_as_safe(client, make_entry):
    make_entry(themes=["housing"])
    Theme.objects.filter(slug="housing").update(name="=HYPERLINK(1)")
    Borough.objects.filter(slug="merton").update(name="3-4")
    text = client.get("/coverage.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "\n'3-4," in text


@pytest.mark.parametrize("letter", ["x", "😀"])
def test_a_text_longer_than_a_cell_says_that_it_is_cut(download, csv_rows, sheet, make_entry, letter):
    text = letter * 42_000
    make_entry(summary=f"<p>{text}</p>")
    shown = cells(sheet())["summary"].value
    assert shown.endswith("[cut here: a cell holds no more. The whole text is in the JSON file and on its page.]")
    assert len(shown.encode("utf-16-le")) <= 2 * 32_767
    assert shown.startswith(letter * 10_000)
    assert csv_rows("/submissions.csv")[0]["summary"] == text
    assert text in download("/submissions.json").decode()
