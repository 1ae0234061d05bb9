"""The fixture files are built by reading the pages in: the same bytes each time, and every change named."""

import json
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from editorial.importing.fixture_tables import BuildError, as_bytes, rows_in
from editorial.management.commands.build_fixtures import differences
from submissions.models import Category, Submission

pytestmark = pytest.mark.django_db

FIXTURES = settings.ROOT / "fixtures"
BUILT = ("boroughs.json", "themes.json", "glossary.json", "care-leavers.json")
PAGE = "sources/practice-spotlight-care-leavers.txt"
DECISIONS = "editorial/care-leavers.toml"
LEFT_OUT = "fixtures/sources/care-leaver-survey-2024.txt is no category page, and was left out.\n"
EARLY_HELP = """
page = "early-help.txt"
published_on = 2027-03-01

[category]
number = 3
title = "Early help and family support"
name = "Early help"
slug = "early-help"

[round]
name = "2026 round"
year = 2026

[partners]
"Coram Family" = ["Coram"]

[[entry]]
heading = "LB Camden: Family Hubs that Reach Fathers"
slug = "family-hubs"
themes = { relationships = "Dads’ groups in four family hubs" }

[[entry.metric]]
quote = "Referrals to social care fell from 120 to 74."
status = "confirmed"

[[entry]]
heading = "LB Hammersmith & Fulham - Parent Champions (Peer Support)"
slug = "parent-champions"
themes = { relationships = "Parents trained to help other parents." }
"""


@pytest.fixture
def root(tmp_path):
    """A copy of the fixtures folder to spoil."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


def refusal(*arguments, **options):
    """The sentence with which the command refuses."""
    with pytest.raises(SystemExit) as refused:
        call_command("build_fixtures", *arguments, **options)
    assert isinstance(refused.value.code, str)  # Python prints it on standard error and exits with 1
    return refused.value.code


class TestBuild:
    def test_same_bytes_and_the_sites_database_is_not_touched(self, root, capsys):
        for name in BUILT:
            (root / name).unlink()
        site = connection.settings_dict["NAME"]
        call_command("build_fixtures", root=root)
        for name in BUILT:
            assert (root / name).read_bytes() == (FIXTURES / name).read_bytes(), name
        rows = sum(len(rows_in(FIXTURES / name)) for name in BUILT)
        assert capsys.readouterr().out == f"{LEFT_OUT}Fixtures are built: {rows} records in 4 files.\n"
        assert connection.settings_dict["NAME"] == site
        assert not Submission.objects.exists()

    def test_check_is_clean(self, capsys):
        call_command("build_fixtures", "--check")
        rows = sum(len(rows_in(FIXTURES / name)) for name in BUILT)
        assert capsys.readouterr().out == f"{LEFT_OUT}Fixtures are up to date: {rows} records in 4 files.\n"

    def test_a_changed_source_names_each_record(self, root, capsys):
        edit(root / PAGE, "The programme launched in June 2020 with", "The programme launched in June 2021 with")
        edit(root / PAGE, "Head of Performance and Improvement", "Head of Performance and Improvements")
        edit(root / PAGE, "Sponsored by the Care Leavers Trust Board", "Sponsored by the Care Leavers Trust Bord")
        edit(root / DECISIONS, 'leisure = "We’ve run a', '# leisure = "We’ve run a')
        edit(
            root / "sources/local_authorities.csv",
            "sutton.gov.uk,sutton.gov.uk",
            "sutton.gov.uk,sutton.gov.uk;suton.gov.uk",
        )
        edit(
            root / "sources/themes.csv",
            "Support for care leavers who are or are becoming parents.",
            "Support for care leavers who are parents.",
        )
        said = refusal("--check", root=root)
        assert said.startswith("The sources say something else now (differences: 6).")
        assert capsys.readouterr().out.removeprefix(LEFT_OUT).splitlines() == [
            "fixtures/boroughs.json: borough 29 “Sutton” would change: email_domains",
            "fixtures/themes.json: theme 12 “Young parents” would change: description",
            "fixtures/care-leavers.json: category 1 “Delivering excellence for care leavers” would change: sponsor",
            "fixtures/care-leavers.json: contact 501 “Lukas Meczykowski” would change: role",
            "fixtures/care-leavers.json: submission 9 “KickStart Futures” would change: body",
            "fixtures/care-leavers.json: theme of an entry 1305 would be removed",
        ]
        assert (root / "care-leavers.json").read_bytes() == (FIXTURES / "care-leavers.json").read_bytes()

    def test_a_reformatted_file_is_told(self, root):
        rows = rows_in(root / "themes.json")
        (root / "themes.json").write_bytes(as_bytes(rows) + b"\n")
        (said,) = differences(root, {"themes.json": rows})
        assert "themes.json: the records are the same but not written as" in said

    def test_a_built_file_that_is_no_json(self, root):
        (root / "themes.json").write_text("[")
        with pytest.raises(BuildError, match=r"themes\.json is not valid JSON"):
            differences(root, {"themes.json": []})


class TestASecondPage:
    @pytest.fixture
    def root(self, root):
        shutil.copy(settings.ROOT / "tests/pagereader/pages/early-help.txt", root / "sources")
        return root

    def test_its_text_is_enough_and_its_entries_are_drafts(self, root):
        call_command("build_fixtures", root=root)
        assert [(root / name).read_bytes() for name in BUILT] == [(FIXTURES / name).read_bytes() for name in BUILT]
        call_command("load_fixtures", root=root, verbosity=0)
        category = Category.objects.get(pk=2)
        assert (category.number, category.title) == (3, "Early help and family support")
        hubs, champions = category.submissions.order_by("pk")
        assert (hubs.pk, hubs.title, hubs.status) == (15, "Family Hubs that Reach Fathers", "draft")
        assert (champions.pk, champions.round.year) == (16, 2024)
        assert [contact.pk for contact in champions.contacts.order_by("pk")] == [1601, 1602]
        assert [partner.pk for partner in hubs.partners.order_by("pk")] == [1501, 1502, 1503, 1504]
        assert {metric.status for metric in hubs.metrics.all()} == {"proposed"}
        assert list(hubs.doubts.values_list("pk", flat=True)) == [1501]

    def test_with_decisions_its_entries_are_published(self, root):
        (root / "editorial/early-help.toml").write_text(EARLY_HELP)
        call_command("build_fixtures", root=root)
        assert [(root / name).read_bytes() for name in BUILT] == [(FIXTURES / name).read_bytes() for name in BUILT]
        rows = {(row["model"], row["pk"]): row["fields"] for row in json.loads((root / "early-help.json").read_text())}
        hubs = rows["submissions.submission", 15]
        assert (hubs["slug"], hubs["status"], hubs["published_on"]) == ("family-hubs", "published", "2027-03-01")
        assert (hubs["changed_at"], hubs["round"]) == ("2027-03-01T00:00:00Z", 2)
        assert rows["submissions.partner", 1501] == {
            "name": "Coram Family",
            "slug": "coram-family",
            "aliases": ["Coram"],
        }
        assert rows["submissions.outcomemetric", 1501]["status"] == "confirmed"

    def test_an_entry_that_another_page_has_is_not_read_in_twice(self, root):
        shutil.copy(root / PAGE, root / "sources/practice-spotlight-care-leavers-2026.txt")
        said = refusal(root=root)
        assert said.startswith("fixtures/sources/practice-spotlight-care-leavers-2026.txt: “Total Respect Training")

    def test_without_a_round_nobody_can_read_it_in(self, root):
        (root / DECISIONS).unlink()
        (root / PAGE).unlink()
        said = refusal(root=root)
        assert said.startswith("fixtures/sources/early-help.txt: there is no round that it could be of.")


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
        assert refusal(root=root).startswith(f"fixtures/editorial/care-leavers.toml, line {line}: {said}")
        assert (root / "care-leavers.json").read_bytes() == before

    def test_a_sentence_with_several_figures_needs_the_value(self, root):
        edit(root / DECISIONS, 'value = 31\nfigure = "31 units"', 'figure = "31 units"')
        assert "say with `value` which figure is meant of those in “The property" in refusal(root=root)

    def test_an_entry_nobody_decided_about(self, root):
        decided = (root / DECISIONS).read_text()
        start = decided.index('[[entry]]\nheading = "London Borough of Merton – Annual Celebrations"')
        (root / DECISIONS).write_text(decided[:start])
        said = refusal(root=root)
        assert said.endswith("add “London Borough of Merton – Annual Celebrations”.")

    @pytest.mark.parametrize("file", [PAGE, "sources/themes.csv", "editorial/boroughs.toml"])
    def test_a_missing_file_is_named(self, root, file):
        (root / file).unlink()
        assert refusal(root=root).startswith(f"fixtures/{file} cannot be read")

    def test_toml_that_is_none(self, root):
        (root / DECISIONS).write_text("[[entry\n")
        assert "care-leavers.toml is not valid TOML" in refusal(root=root)

    def test_a_page_that_is_none(self, root):
        (root / PAGE).write_text("Minutes of the meeting\n\nNobody came.\n")
        assert refusal(root=root).startswith(f"fixtures/{PAGE}")
