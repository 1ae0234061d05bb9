"""`read_page`: everything it finds, in words and as JSON; one sentence for anything that is no such page."""

import json
import os
import resource
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from docx import Document

from submissions.models import Theme

pytestmark = pytest.mark.django_db
PAGE = settings.ROOT / "fixtures" / "sources" / "practice-spotlight-care-leavers.txt"


def run(*arguments):
    """The command as an administrator runs it, with a database that cannot be opened."""
    return subprocess.run(
        [sys.executable, settings.ROOT / "manage.py", "read_page", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | {"DEBUG": "1", "DATABASE_URL": "sqlite:////no/such/folder/database.sqlite3"},
        timeout=60,
    )


def seconds_of_children():
    """Processor time, which a busy machine does not lengthen."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def page(capsys):
    call_command("read_page", PAGE, "--json")
    return json.loads(capsys.readouterr().out)


class TestJson:
    def test_counts(self, page):
        contacts = [contact for entry in page["entries"] for contact in entry["contacts"]]
        assert len(page["entries"]) == 14
        assert len({borough for entry in page["entries"] for borough in entry["boroughs"]}) == 11
        assert len(contacts) == 15
        assert len({contact["email"].casefold() for contact in contacts}) == 13
        assert [c["name"] for c in contacts if c["email_suspect"]] == ["Sukpal Uppal", "Keli Eboji", "Amelia Steele"]

    def test_shape(self, page):
        assert set(page) == {"category", "entries", "doubts"}
        promised = {"title", "boroughs", "summary", "contacts", "team", "partners", "body_text", "supporting_text"}
        for entry in page["entries"]:
            assert promised | {"themes", "metrics", "line"} <= set(entry)
            assert all({"name", "role", "email", "email_suspect"} <= set(contact) for contact in entry["contacts"])
            assert all({"quote", "value", "unit"} <= set(metric) for metric in entry["metrics"])
        assert all({"line", "entry", "message"} <= set(doubt) for doubt in page["doubts"])

    def test_number_and_title_can_be_given(self, capsys):
        call_command("read_page", PAGE, "--json", number=5, title="Delivering excellence for care leavers")
        category = json.loads(capsys.readouterr().out)["category"]
        assert (category["number"], category["title"]) == (5, "Delivering excellence for care leavers")


class TestWords:
    def test_entries_and_doubts(self, capsys):
        call_command("read_page", PAGE)
        said = capsys.readouterr().out
        assert (
            "14 entries from 11 authorities, 15 contacts of 13 people (addresses that do not fit the name: 3)" in said
        )
        assert "  9  KickStart Futures  (line 550)\n     Boroughs  Sutton\n" in said
        assert "Natasha Pearce, Social Care Housing & Development Manager – natasha.pearce@sutton.gov.uk\n" in said
        assert "  line   23  " in said
        assert "None" not in said


class TestCommandLine:
    def test_page(self):
        done = run(PAGE, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert len(json.loads(done.stdout)["entries"]) == 14

    def test_one_sentence_for_what_is_no_page(self, tmp_path):
        minutes = tmp_path / "minutes.txt"
        minutes.write_text("Minutes of the meeting\n\nNobody came.\n")
        done = run(minutes)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"{minutes}")
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        assert "CommandError" not in done.stderr

    def test_five_megabytes_of_one_line(self, tmp_path):
        long = tmp_path / "long.txt"
        long.write_bytes(b"x " * 2_500_000)
        before = seconds_of_children()
        done = run(long)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert seconds_of_children() - before < 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\n\t\n", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"A walk in the park.\n\nIt was fine.\n", ""),
    ],
)
def test_refusals_name_the_file_and_what_to_do(tmp_path, capsys, content, said):
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as refused:
        call_command("read_page", path)
    sentence = refused.value.code
    assert sentence.startswith(str(path))
    assert said in sentence
    assert "\n" not in sentence
    assert capsys.readouterr().out == ""


def test_a_folder_a_missing_file_and_a_huge_one(tmp_path):
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(50_000_000_000)  # a hole: nothing is written, and nothing may be read
    for path, said in [
        (tmp_path, "is not a file"),
        (tmp_path / "no.txt", "There is no file"),
        (huge, "50,000,000,000"),
    ]:
        with pytest.raises(SystemExit, match=said):
            call_command("read_page", path)


def test_web_pages_and_word_files_as_the_import_reads_them(tmp_path):
    form = [
        "Category 12. Fostering",
        "This category includes examples of practice.",
        "London Borough of Camden – One",
        "Summary of project: A team.",
        "Key Contact: Ann Bell – ann.bell@camden.gov.uk",
        "Main Submission:",
        "It began in 2021.",
        "Project Administrator: Mei Ho (LIIA)",
    ]
    web, word = tmp_path / "page.html", tmp_path / "page.docx"
    web.write_text("".join(f"<p>{line}</p>" for line in form) + "<p hidden>A draft.</p>")
    document = Document()
    for line in form:
        document.add_paragraph(line)
    document.save(word)
    for path, left_out in ((web, ["left-out"]), (word, [])):
        done = run(path, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        said = json.loads(done.stdout)
        assert [(entry["title"], entry["body_text"]) for entry in said["entries"]] == [("One", "It began in 2021.")]
        assert [doubt["kind"] for doubt in said["doubts"] if doubt["kind"] == "left-out"] == left_out


def test_themes_under_their_present_addresses(catalogue, capsys):
    Theme.objects.filter(slug="housing").update(slug="homes")
    call_command("read_page", PAGE, "--json")
    proposed = {slug for entry in json.loads(capsys.readouterr().out)["entries"] for slug in entry["themes"]}
    assert "homes" in proposed
    assert "housing" not in proposed
