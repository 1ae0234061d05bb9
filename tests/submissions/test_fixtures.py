"""The fixture files: loaded only where nothing can be lost, and what the catalogue then says."""

import os
import shutil
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.importing.fixture_tables import BuildError, rows_in, term_rows
from submissions.models import (
    BoroughMention,
    Category,
    Doubt,
    OutcomeMetric,
    Partner,
    Submission,
    Theme,
    ThemedSubmission,
    Voice,
)

FIXTURES = settings.ROOT / "fixtures"
PAGE = "sources/practice-spotlight-care-leavers.txt"
WITHOUT_FIGURES = {
    "brent-care-journeys",
    "routes-to-independence",
    "cooking-with-friends",
    "care-leaver-alumni",
    "annual-celebrations",
}


@pytest.fixture
def root(tmp_path):
    """A copy of the fixtures folder to spoil."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


@pytest.fixture
def loaded(seed_catalogue):
    pass


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


def refusal(command, *arguments, **options):
    """The sentence with which a command refuses."""
    with pytest.raises(SystemExit) as refused:
        call_command(command, *arguments, **options)
    assert isinstance(refused.value.code, str)  # Python prints it on standard error and exits with 1
    return refused.value.code


class TestThesaurus:
    GLOSSARY = "term,expansion,definition,synonyms\nCLA,Children looked after,Children in council care.,LAC;CiC\n"

    def rows_of(self, root, thesaurus):
        (root / "sources").mkdir()
        (root / "sources/glossary.csv").write_text(self.GLOSSARY)
        (root / "sources/thesaurus.csv").write_text(thesaurus)
        return term_rows(root)

    def test_rows_of_the_thesaurus(self, tmp_path):
        lines = [
            "words,also,note",
            "# a comment",
            "CLA,,show: Children in care",
            "jail;prison,court,",
            "CP,,means: a; b",
        ]
        rows = self.rows_of(tmp_path, "\n".join(lines))
        assert [(row["pk"], row["fields"]["term"], row["fields"]["shown"]) for row in rows] == [
            (1, "CLA", True),
            (2, "jail", False),
            (3, "CP", False),
        ]
        assert rows[0]["fields"]["shown_as"] == "Children in care"
        assert (rows[1]["fields"]["synonyms"], rows[1]["fields"]["also"]) == (["prison"], ["court"])
        assert rows[2]["fields"]["meanings"] == ["a", "b"]

    @pytest.mark.parametrize("line", ["only one cell", ",,", "a,,what is this"])
    def test_a_line_that_cannot_be_read_is_named(self, tmp_path, line):
        with pytest.raises(BuildError, match=r"sources/thesaurus\.csv, line 1"):
            self.rows_of(tmp_path, line + "\n")


class TestLoad:
    def test_says_what_was_loaded(self, db, capsys):
        call_command("load_fixtures")
        assert capsys.readouterr().out.startswith("Loaded 14 entries, 33 boroughs, 13 contacts, 17 themes, ")

    def test_never_over_anybodys_work(self, db, capsys):
        Borough.objects.create(name="Sutton", slug="sutton", ring="Outer", tile_row=7, tile_column=4)
        call_command("load_fixtures", "--if-empty")
        assert capsys.readouterr().out == "The database already holds 1 borough: nothing was loaded.\n"
        assert "so that no edit is lost" in refusal("load_fixtures")
        assert Borough.objects.count() == 1
        assert not Submission.objects.exists()

    def test_no_files(self, db, tmp_path):
        assert refusal("load_fixtures", root=tmp_path).endswith("Run `manage.py build_fixtures` first.")

    def test_a_database_without_tables(self):
        """In a process of its own: the tests' database has its tables."""
        done = subprocess.run(
            [sys.executable, settings.ROOT / "manage.py", "load_fixtures"],
            capture_output=True,
            text=True,
            env=os.environ | {"DEBUG": "1", "DATABASE_URL": "sqlite://:memory:"},
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.endswith("run `manage.py migrate` first.\n")
        assert done.stderr.count("\n") == 1

    def test_all_or_nothing(self, db, root):
        edit(root / "care-leavers.json", '"title": "Annual Celebrations"', '"title": null')
        with pytest.raises(Exception, match="title"):
            call_command("load_fixtures", root=root)
        assert not Borough.objects.exists()


class TestCatalogue:
    def test_counts(self, loaded):
        assert Submission.objects.published().count() == Submission.objects.count() == 14
        assert Borough.objects.count() == 33
        assert Borough.objects.filter(submissions__isnull=False).distinct().count() == 11
        assert Contact.objects.count() == 13
        assert Theme.objects.count() == 17
        assert Category.objects.get().number == 5

    def test_every_row_is_valid(self, loaded):
        for model in {row["model"] for path in FIXTURES.glob("*.json") for row in rows_in(path)}:
            for record in apps.get_model(model).objects.all():
                record.full_clean()

    def test_the_next_entry_gets_a_free_key(self, loaded):
        first = Submission.objects.get(pk=1)
        added = Submission.objects.create(title="New", slug="new", round=first.round)
        assert added.pk > 14

    def test_a_person_typed_three_times_is_one(self, loaded):
        rosemary = Contact.objects.get(name="Rosemary Frimpong")
        assert rosemary.role == "Head of Service – Corporate Parenting"
        assert rosemary.submissions.count() == 3

    def test_every_theme_bears_out(self, loaded):
        assert set(ThemedSubmission.objects.values_list("tag__slug", flat=True)) == set(
            Theme.objects.values_list("slug", flat=True)
        )
        for entry in Submission.objects.all():
            assert 2 <= entry.themes.count() <= 5, entry

    def test_figures(self, loaded):
        confirmed = OutcomeMetric.objects.filter(status="confirmed")
        stating = set(confirmed.values_list("submission__slug", flat=True))
        assert stating == set(Submission.objects.values_list("slug", flat=True)) - WITHOUT_FIGURES
        cost = confirmed.get(figure="£266 a week, against £805")
        assert (cost.value, cost.comparator, cost.unit, cost.kind) == (266, 805, "GBP per week", "cost")

    def test_two_boroughs_and_who_delivers_for_them(self, loaded):
        packs = Submission.objects.get(slug="packs-suitcases-and-mentoring")
        assert packs.borough_names == "Kingston upon Thames and Richmond upon Thames"
        assert packs.delivery_body == DeliveryBody.objects.get(name="Achieving for Children")

    def test_partners_once_each(self, loaded):
        barnardos = Partner.objects.get(slug="barnardos")
        assert "Barnados" in barnardos.aliases
        assert [entry.slug for entry in barnardos.submissions.all()] == ["kickstart-futures"]

    def test_praised_without_an_entry(self, loaded):
        without = BoroughMention.objects.filter(borough__submissions__isnull=True, borough__isnull=False)
        assert {mention.borough.slug for mention in without} == {"ealing", "islington", "kensington-and-chelsea"}

    def test_doubts_know_their_contact(self, loaded):
        doubted = Doubt.objects.filter(kind="contact-address")
        assert {doubt.contact.name for doubt in doubted} == {"Sukpal Uppal", "Keli Eboji", "Amelia Steele"}

    def test_voices_stand_on_the_page(self, loaded):
        page = " ".join((FIXTURES / PAGE).read_text().split())
        for voice in Voice.objects.all():
            assert " ".join(voice.quote.split()) in page, voice
