"""The survey's rows beside its text: they say what it prints, in its order, and leave out nothing that it says."""

import json
import re

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from editorial.importing.known import reference_of_files
from pagereader import clean_typed
from pagereader.people.authorities import gazetteer_of
from survey.models import Headline, NamedBorough, Option, Question, Section, Statistic, Survey

FIXTURES = settings.ROOT / "fixtures"
ROWS = json.loads((FIXTURES / "survey-2024.json").read_text())
TEXT = (FIXTURES / "sources/care-leaver-survey-2024.txt").read_text()
COLUMN_HEADING = re.compile(r"\t(₽No\.|Vo\.|No\. ▼|No\.?)$")  # of a table's second column
BULLET = re.compile(r"^- (□ )?")
NUMBER = re.compile(r"\d+")
# What no row holds: a cloud of names from the first slide, and the slide that lists the parts.
NOT_HELD = [
    "Kensington and Chelsea Hackney Hackney Kensington and Chelsea Hackney Camden Solution Kensington and Chelsea "
    "Hackney Camden Kensington and Chelsea Camden Kensington Richmond upon Thame Kensington Kensington Camden "
    "Kensington Kensin",
    "Practice and Views on:",
    "Housing Education Training Employment",
    "Immigration/Criminal Justice/Safeguarding",
]


def printed_lines():
    """The text's lines without bullets, headings of columns and what follows a section's heading."""
    lines = (BULLET.sub("", COLUMN_HEADING.sub("", clean_typed(line).strip())) for line in TEXT.split("\n"))
    lines = (re.sub(r" [-–] Key Considerations$", "", line, flags=re.IGNORECASE).strip() for line in lines)
    return [line.replace(" – ", " - ", 1) if "Catch all" in line else line for line in lines if line]


def said_by(question):
    """The lines that a question's rows stand for."""
    options = [(option.text, option.count) for option in question.options.all()]
    if question.is_open:
        yield f"{question.introduced_as} - {question.text}"
    else:
        yield " ".join([question.text, *(text for text, count in options if count is None)])
    yield from (f"{text}\t{count}" for text, count in options if count is not None)
    yield from (response.text for response in question.responses.all())


def answers(section):
    return [line for question in section.questions.all() for line in said_by(question)]


def findings(section):
    """Its heading and what was found; its heading again above what could be built on."""
    ideas = list(filter(None, [section.growth_lead, *(idea.text for idea in section.growth_ideas.all())]))
    found = [section.heading, *(one.text for one in section.considerations.all())]
    return found + ([section.heading, *ideas] if ideas else [])


def are_in_order(wanted, lines):
    rest = iter(lines)
    return [line for line in wanted if line not in rest] == []


def test_the_rows_say_what_the_text_prints_in_its_order_and_all_of_it(survey):
    sections, lines = list(Section.objects.for_detail()), printed_lines()
    asked = [line for section in sections for line in answers(section)]
    found = [line for section in sections for line in findings(section)]
    assert are_in_order([survey.title, *asked], lines)
    assert are_in_order([survey.title, *survey.responses_printed.split(" ", 1), *found], lines)
    held = {survey.title, *survey.responses_printed.split(" ", 1), *asked, *found}
    assert [line for line in lines if line not in held] == NOT_HELD


def test_every_quote_is_in_its_section_and_every_number_in_its_quote(survey):
    for named in NamedBorough.objects.select_related("section"):
        assert named.section.says(named.quote), named
    for line in Headline.objects.select_related("section", "question", "consideration"):
        assert line.section.says(line.quote), line
        assert set(NUMBER.findall(line.sentence)) <= set(NUMBER.findall(line.quote)), line
        place = (line.question and answers(line.section)) or (line.consideration and [line.consideration.text])
        assert not place or any(line.quote in said for said in place), line


def test_every_figure_is_printed_and_carries_a_note_where_the_numbers_disagree(survey):
    """A share disagrees when one of the numbers of authorities that may have answered cannot give it."""
    for one in Statistic.objects.select_related("consideration"):
        text = one.consideration.text
        assert one.figure in text
        assert one.percent is None or f"{one.percent}%" in text
        assert one.base is None or f"({one.count}/{one.base} " in text
        assert None in (one.percent, one.count) or f"({one.count}" in text
        counts = [one.count] if one.count else range(survey.most_responses + 1)
        bases = [one.base] if one.base else [survey.fewest_responses, survey.most_responses]
        agrees = all(any(round(100 * count / base) == one.percent for count in counts) for base in bases)
        assert bool(one.note) == (one.percent is not None and not agrees), one


def test_a_row_that_glues_answers_together_is_split_and_kept(survey):
    glued = [option for option in Option.objects.all() if option.parts]
    assert [[part.split()[0] for part in option.parts] for option in glued] == [["Camden", "Partnership", "Business"]]
    assert " ".join(glued[0].parts) == glued[0].text
    assert f"“{glued[0].text}”" in glued[0].note


def test_a_gap_on_the_slide_starts_another_list(survey):
    justice = Section.objects.get(slug="criminal-justice").considerations.all()
    assert [one.group for one in justice] == [1] * 6 + [2] * 3


def test_no_debris_in_what_readers_see():
    seen = json.dumps(ROWS, ensure_ascii=False)
    assert not [debris for debris in ("□", "₽", "▼", "Vo.", "Kensington and Chelsea Hackney") if debris in seen]


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
    for model in {row["model"] for row in ROWS}:
        for record in apps.get_model(model).objects.all():
            record.full_clean()


def test_every_section_and_most_themes_have_a_line_to_quote(survey):
    assert all(section.headline for section in Section.objects.all())
    assert Headline.objects.filter(question=None, consideration=None).count() == 4  # from ideas: no place of their own


def test_every_authority_that_a_section_names_is_found(survey):
    """The page reader's own gazetteer knows all forms of all names, LBHF and WF too."""
    gazetteer = gazetteer_of(reference_of_files(FIXTURES))
    for section in Section.objects.for_detail():
        named = {
            name
            for text in (*answers(section), *findings(section))
            for found in gazetteer.all_in(text)
            for name in found.authorities
        }
        decided = NamedBorough.objects.filter(section=section).values_list("borough__name", flat=True)
        assert named == set(decided), section
