"""The survey's fixture file: the same bytes each time, and nothing decided that the text does not bear out."""

import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from pagereader.people.authorities import gazetteer_of
from submissions.fixture_rows import read_built
from submissions.fixture_rows.published import reference
from survey.models import Headline, NamedBorough, Option, Question, Section, Statistic, Survey

FIXTURES = settings.ROOT / "fixtures"
SOURCE = "sources/care-leaver-survey-2024.txt"
DECISIONS = "editorial/survey-2024.toml"
BUILT = "survey-2024.json"


@pytest.fixture
def root(tmp_path):
    """A copy of the fixtures folder to spoil."""
    return shutil.copytree(FIXTURES, tmp_path / "fixtures")


def edit(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new))


def refusal(*arguments, **options):
    with pytest.raises(SystemExit) as refused:
        call_command("build_fixtures", *arguments, **options)
    return refused.value.code


def test_same_bytes(root):
    (root / BUILT).unlink()
    call_command("build_fixtures", root=root)
    assert (root / BUILT).read_bytes() == (FIXTURES / BUILT).read_bytes()


def test_a_changed_number_names_the_record(root, capsys):
    edit(root / SOURCE, "In-house ETE service\t17", "In-house ETE service\t18")
    edit(root / DECISIONS, 'sentence = "17 authorities have', 'sentence = "18 authorities have')
    edit(root / DECISIONS, '"In-house ETE service\\t17"\nthemes', '"In-house ETE service\\t18"\nthemes')
    refusal("--check", root=root)
    said = [line for line in capsys.readouterr().out.splitlines() if BUILT in line]
    assert said == [
        "fixtures/survey-2024.json: option 20201 would change: count",
        "fixtures/survey-2024.json: headline 201 “In-house ETE service\t17” would change: sentence, quote",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'quote = "Guaranteed interviews\\t14"',
            'quote = "Guaranteed interviews\\t15"',
            "where “Education Training Employment” does not say “Guaranteed interviews\t15”",
        ),
        (
            'sentence = "16 authorities commission',
            'sentence = "17 authorities commission',
            "change the number 17, which the quote does not say, in “17 authorities commission",
        ),
        (
            'greenwich = "Greenwich also',
            'greenwich = "Lewisham also',
            "where “Criminal Justice/ Transitional Safeguarding” does not say “Lewisham also",
        ),
        ('heading = "Immigration"', 'heading = "Migration"', "“Immigration” fits nowhere"),
        (
            'anything-else = "Would you like to add anything else?"',
            'anything-else = "Anything else?"',
            "where the section “Miscellaneous” does not ask “Anything else?”",
        ),
        ('["immigration"]\n\n[section', '["migration"]\n\n[section', "for there is none called “migration”"),
        ("camden = ", "camdem = ", "for there is no “camdem”, for “Camden has"),
    ],
)
def test_a_decision_the_text_does_not_bear_out_is_refused(root, old, new, said):
    edit(root / DECISIONS, old, new)
    assert said in refusal(root=root)
    assert (root / BUILT).read_bytes() == (FIXTURES / BUILT).read_bytes()


def test_a_refusal_names_the_line_of_the_decision(root):
    text = (root / DECISIONS).read_text()
    line = text[: text.index('quote = "Living Costs')].count("\n") + 1
    edit(root / DECISIONS, 'quote = "Living Costs\\t14"', 'quote = "Living Costs\\t41"')
    assert refusal(root=root).startswith(f"fixtures/editorial/survey-2024.toml, line {line}: copy the words")


def test_a_question_without_an_address_is_told(root):
    edit(root / DECISIONS, "family-firm = ", "# family-firm = ")
    assert "gives no address to a question of the survey" in refusal(root=root)


@pytest.mark.parametrize("file", [SOURCE, DECISIONS])
def test_a_missing_file_is_named(root, file):
    (root / file).unlink()
    assert refusal(root=root).startswith(f"fixtures/{file} cannot be read")


def test_load_fixtures_loads_the_survey(db):
    call_command("load_fixtures", verbosity=0)
    assert Survey.objects.get().year == 2024


def test_counts(survey):
    assert (Section.objects.count(), Question.objects.count(), Option.objects.count()) == (7, 10, 37)
    assert Statistic.objects.count() == 9
    assert Statistic.objects.exclude(note="").count() == 5
    assert (survey.fewest_responses, survey.most_responses) == (21, 22)
    assert survey.who_answered == "21 or 22 authorities"


def test_every_row_is_valid(survey):
    for model in {row["model"] for row in read_built(FIXTURES / BUILT)}:
        for record in apps.get_model(model).objects.all():
            record.full_clean()


def test_every_section_and_most_themes_have_a_line_to_quote(survey):
    assert all(section.headline for section in Section.objects.all())
    assert Headline.objects.filter(question=None, consideration=None).count() == 4  # from ideas: no place of their own


def test_every_authority_that_a_section_names_is_found(survey):
    """The page reader's own gazetteer knows all forms of all names, LBHF and WF too."""
    gazetteer = gazetteer_of(reference(FIXTURES))
    for section in Section.objects.for_detail():
        texts = [option.text for question in section.questions.all() for option in question.options.all()]
        texts += [response.text for question in section.questions.all() for response in question.responses.all()]
        texts += [one.text for one in (*section.considerations.all(), *section.growth_ideas.all())]
        named = {name for text in texts for found in gazetteer.all_in(text) for name in found.authorities}
        decided = NamedBorough.objects.filter(section=section).values_list("borough__name", flat=True)
        assert named == set(decided), section
