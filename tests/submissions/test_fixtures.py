"""The fixture files: the same bytes each time, every change named, and loaded only where nothing can be lost."""

import os
import shutil
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.fixture_rows import BUILT, read_built
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
from tests.database import load_catalogue

FIXTURES = settings.ROOT / "fixtures"
PAGE = "sources/practice-spotlight-care-leavers.txt"
DECISIONS = "editorial/care-leavers.toml"
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
def loaded(db):
    load_catalogue()


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


class TestBuild:
    def test_same_bytes(self, root):
        for name in BUILT:
            (root / name).unlink()
        call_command("build_fixtures", root=root)
        for name in BUILT:
            assert (root / name).read_bytes() == (FIXTURES / name).read_bytes(), name

    def test_check_is_clean(self, capsys):
        call_command("build_fixtures", "--check")
        rows = sum(len(read_built(FIXTURES / name)) for name in BUILT)
        assert capsys.readouterr().out == f"Fixtures are up to date: {rows} records in 4 files.\n"

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            (
                PAGE,
                "The programme launched in June 2020 with a single",
                "The programme launched in June 2021 with a single",
                "fixtures/care-leavers.json: submission 9 “KickStart Futures” would change: body",
            ),
            (
                PAGE,
                "Head of Performance and Improvement",
                "Head of Performance and Improvements",
                "fixtures/care-leavers.json: contact 501 “Lukas Meczykowski” would change: role",
            ),
            (
                PAGE,
                "Sponsored by the Care Leavers Trust Board",
                "Sponsored by the Care Leavers Trust Bord",
                "fixtures/care-leavers.json: category 1 “Delivering excellence for care leavers” would change: sponsor",
            ),
            (
                "sources/local_authorities.csv",
                "sutton.gov.uk,sutton.gov.uk",
                "sutton.gov.uk,sutton.gov.uk;suton.gov.uk",
                "fixtures/boroughs.json: borough 29 “Sutton” would change: email_domains",
            ),
            (
                "sources/themes.csv",
                "Support for care leavers who are or are becoming parents.",
                "Support for care leavers who are parents.",
                "fixtures/themes.json: theme 12 “Young parents” would change: description",
            ),
        ],
    )
    def test_a_changed_source_names_the_record(self, root, capsys, file, old, new, said):
        edit(root / file, old, new)
        assert refusal("build_fixtures", "--check", root=root).startswith(
            "The sources say something else now (differences: 1)."
        )
        assert capsys.readouterr().out == f"{said}\n"
        assert (root / "care-leavers.json").read_bytes() == (FIXTURES / "care-leavers.json").read_bytes()

    def test_records_that_come_and_go_are_named(self, root, capsys):
        edit(root / DECISIONS, 'leisure = "We’ve run a', '# leisure = "We’ve run a')
        refusal("build_fixtures", "--check", root=root)
        assert capsys.readouterr().out == "fixtures/care-leavers.json: theme of an entry 1305 would be removed\n"

    def test_a_reformatted_file_is_told(self, root, capsys):
        (root / "themes.json").write_bytes((root / "themes.json").read_bytes() + b"\n")
        refusal("build_fixtures", "--check", root=root)
        assert "themes.json: the records are the same but not written as" in capsys.readouterr().out

    def test_a_built_file_that_is_no_json(self, root):
        (root / "themes.json").write_text("[")
        assert "themes.json is not valid JSON" in refusal("build_fixtures", "--check", root=root)


class TestDecisions:
    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            (
                'quote = "We have sent out 16 packs to date."',
                'quote = "We have sent out 17 packs to date."',
                "copy the words from the page again, where the entry “Royal borough of Kingston Upon Thames and "
                "Richmond- Prison Packs ; Suitcase Project ; Baby Packs ; Mentoring to UASC” does not say "
                "“We have sent out 17 packs to date.”.",
            ),
            (
                'quote = "We have sent out 16 packs to date."',
                'quote = "The packs have saved young people money"',
                "mend or remove this decision, for the reader finds no such figure in "
                "“The packs have saved young people money”.",
            ),
            (
                'heading = "London Borough of Sutton – KickStart Futures"',
                'heading = "London Borough of Sutton - KickStart Futures"',
                "copy the heading from the page again, where no entry has “London Borough of Sutton - KickStart",
            ),
            (
                'money = "The Pack aims',
                'send = "Our Pack aims',
                "copy the words from the page again, where the entry “Royal borough",
            ),
            (
                'money = "The Pack aims',
                'cash = "The Pack aims',
                "choose a theme of sources/themes.csv, for there is no “cash”, for “The Pack aims",
            ),
        ],
    )
    def test_a_decision_the_page_does_not_bear_out_is_refused_with_its_line(self, root, old, new, said):
        lines = (root / DECISIONS).read_text().split("\n")
        line = next(number for number, text in enumerate(lines, start=1) if text.startswith(old))
        edit(root / DECISIONS, old, new)
        before = (root / "care-leavers.json").read_bytes()
        assert refusal("build_fixtures", root=root).startswith(
            f"fixtures/editorial/care-leavers.toml, line {line}: {said}"
        )
        assert (root / "care-leavers.json").read_bytes() == before

    def test_a_sentence_with_several_figures_needs_the_value(self, root):
        edit(root / DECISIONS, 'value = 31\nfigure = "31 units"', 'figure = "31 units"')
        assert "say with `value` which figure is meant of those in “The property" in refusal(
            "build_fixtures", root=root
        )

    def test_an_entry_nobody_decided_about(self, root):
        decided = (root / DECISIONS).read_text()
        start = decided.index('[[entry]]\nheading = "London Borough of Merton – Annual Celebrations"')
        (root / DECISIONS).write_text(decided[:start])
        said = refusal("build_fixtures", root=root)
        assert said.endswith("add “London Borough of Merton – Annual Celebrations”.")

    @pytest.mark.parametrize("file", [PAGE, DECISIONS, "sources/themes.csv", "editorial/boroughs.toml"])
    def test_a_missing_file_is_named(self, root, file):
        (root / file).unlink()
        assert refusal("build_fixtures", root=root).startswith(f"fixtures/{file} cannot be read")

    def test_toml_that_is_none(self, root):
        (root / DECISIONS).write_text("[[entry\n")
        assert "care-leavers.toml is not valid TOML" in refusal("build_fixtures", root=root)

    def test_a_page_that_is_none(self, root):
        (root / PAGE).write_text("Minutes of the meeting\n\nNobody came.\n")
        assert refusal("build_fixtures", root=root).startswith(f"fixtures/{PAGE}")


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
        for model in {row["model"] for name in BUILT for row in read_built(FIXTURES / name)}:
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
