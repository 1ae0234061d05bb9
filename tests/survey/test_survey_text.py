"""The reader of the survey's text. What is expected was written down from the source, line by line, by hand."""

import tomllib
from dataclasses import fields, is_dataclass

import pytest
from django.conf import settings

from survey.page import NotASurvey, possible_bases, read
from survey.page.contradictions import note_on
from survey.page.records import Debris, Statistic

TEXT = (settings.ROOT / "fixtures/sources/care-leaver-survey-2024.txt").read_text()
DECIDED = tomllib.loads((settings.ROOT / "fixtures/editorial/survey-2024.toml").read_text())
HEADINGS = [section["heading"] for section in DECIDED["section"]]

GLUED = (
    "Camden has community budget in conjunction with DWP to provide care and capacity support to our young people "
    "through Drive Forward Foundation. Partnership with HE/FE providers UCL and Camden have a joint MoU which sets out "
    "principles of joint working. Business Other – Inner Circle Education Trust: Charity no. 291583"
)
# Question: the rows of its table, as printed.
ASKED = {
    "Do you have specific priority in your housing allocation policy regarding care leavers (including former UASC)?": [
        ("Yes", None),
    ],
    "Do you have any specialist housing support for care leavers - e.g. a dedicated housing officer?": [
        ("Specialist within your service", 11),
        ("Dedicated Housing Officer", 9),
        ("Partner / Commissioned provision", 6),
        ("No specialist support", 2),
        (
            "20 young people per year aged between 17 & 18 participate in the House Project. This prepares them for "
            "independent living and offers ongoing support and community once they have their own home.",
            1,
        ),
        ("managers from LCT and Housing meet every two months to review the housing for care leavers", 1),
    ],
    "What other housing solutions do you provide for care leavers?": [
        ("Commissioned places from accommodation provider", 16),
        ("Dedicated property for care leavers", 8),
        ("Looking to purchase/repurpose property", 7),
        ("Housing First Project", 1),
        ("None", 1),
        ("Ringfenced private sector transition properties", 1),
        (
            "Seek reciprocal arrangements with other local authorities. There is an option for private rental sector "
            "accommodation but this is very rarely, if ever, used.",
            1,
        ),
        ("Staying put with foster carers as long as needed up to age 25", 1),
    ],
    "Do you offer care leavers bespoke ETE opportunities within the LA (the 'family firm')?": [
        ("Guaranteed interviews", 14),
        ("Apprenticeship", 13),
        ("Work experience/internship", 13),
        ("Ring fenced posts", 8),
        ("None", 2),
        ("Recently employed 2 ex Redbridge Care leavers into the leaving care service", 1),
    ],
    "Do you have specialist provision to support care leavers to enter and sustain ETE?": [
        ("In-house ETE service", 17),
        ("VCS/commissioned service", 9),
        ("Business", 5),
        ("Partnership with HE/FE providers", 5),
        (GLUED, 1),
        ("No", 1),
        ("Our Virtual School works with care leavers up to 25", 1),
        ("Virtual College", 1),
    ],
    "Do you support care leavers financially to enter and sustain ETE?": [
        ("Study equipment including laptop/IT", 21),
        ("Travel Costs", 21),
        ("Clothing", 18),
        ("Accommodation outside of term time", 16),
        ("Course Fees", 15),
        ("Living Costs", 14),
        ("Bursaries, prom and graduation funds, termly incentive payments", 1),
        ("Grants and top up payments", 1),
    ],
}
# Open question: (printed before it, number of answers, the first, the last).
OPEN = {
    "What would help joint working with your ICS area to support care leaver health?": (
        "SAMPLE RESPONSES",
        8,
        "Would be good to develop some best practice / standard ways of working across new ICB footprints "
        "(ie multi LAs) as offer across boroughs seems very inconsistent.",
        "To create opportunity for collaborative at a designated space.",
    ),
    "details of the LA led mentoring activity for care leavers.": (
        "SAMPLE RESPONSES",
        6,
        "Within leaving care team we have a volunteering scheme and mentors",
        "Managed by participation service",
    ),
    "please provide further details of any partner led mentoring activity.": (
        "SAMPLE RESPONSE",
        4,
        "DfE funding to mentor UASC",
        "LifeLong Links, House Project and a GLA funded service for young people living in buyback council properties "
        "used as TA.",
    ),
    "Would you like to add anything else?": (
        "Catch all question",
        12,
        "Planning policy across London should have mandatory allocations for care leavers",
        "Dentistry and eyesight support.",
    ),
}
# Section: (questions with a table, open questions, considerations, ideas).
SECTIONS = {
    "Housing": (3, 0, 5, 4),
    "Education Training Employment": (3, 0, 7, 6),
    "Health": (0, 1, 6, 6),
    "Relationships": (0, 2, 7, 7),
    "Immigration": (0, 0, 8, 0),
    "Criminal Justice/ Transitional Safeguarding": (0, 0, 9, 0),
    "Miscellaneous": (0, 1, 6, 0),
}
# (line, figure, percent, count, base, note)
FIGURES = [
    (240, "55%", 55, None, None, "55% is 12 of 22 authorities; no whole number of 21 comes to it."),
    (
        242,
        "61%",
        61,
        None,
        None,
        "No whole number of 21 or 22 authorities is 61%: the nearest are 13 of 21 (62%) and 13 of 22 (59%).",
    ),
    (243, "six", None, 6, None, ""),
    (271, "71%", 71, 15, 22, "15 of 22 is 68%, not 71%. 15 of 21 would be 71%."),
    (286, "52%", 52, None, None, "52% is 11 of 21 authorities; no whole number of 22 comes to it."),
    (295, "Just under half", None, None, None, ""),
    (303, "71%", 71, 15, None, "15 is 71% of 21 authorities; of the 22 counted elsewhere in the survey it is 68%."),
    (304, "All but one", None, None, None, ""),
    (307, "6", None, 6, None, ""),
]
DEBRIS = {
    "cloud of names": [7],
    "column heading": [40, 48, 94, 102, 116],
    "bullet box": [255, *range(257, 262), 295, 303, 304, *range(306, 309), 318, *range(320, 327), 328, 329],
}


@pytest.fixture(scope="module")
def found():
    return read(TEXT, HEADINGS)


def questions_of(survey):
    return [question for section in survey.sections for question in section.questions]


def test_every_questions_options_and_counts_are_as_in_the_text(found):
    tables = {q.text: [(o.text, o.count) for o in q.options] for q in questions_of(found) if not q.introduced_as}
    assert tables == ASKED


def test_every_open_question_has_the_answers_of_the_text(found):
    asked = [question for question in questions_of(found) if question.introduced_as]
    said = {q.text: (q.introduced_as, len(q.responses), q.responses[0].text, q.responses[-1].text) for q in asked}
    assert said == OPEN


def test_every_section_holds_what_its_slides_hold(found):
    held = {}
    for section in found.sections:
        asked = sum(not question.introduced_as for question in section.questions)
        answers = asked, len(section.questions) - asked, len(section.considerations), len(section.growth)
        held[section.heading] = answers
    assert held == SECTIONS


def test_figures_and_what_contradicts_them(found):
    said = [one for section in found.sections for one in section.considerations if one.statistic]
    assert [(one.line, *vars(one.statistic).values()) for one in said] == FIGURES
    assert possible_bases(found.statistics()) == [21, 22]


def test_a_row_that_glues_answers_together_is_split_and_kept(found):
    glued = [option for question in questions_of(found) for option in question.options if option.parts]
    assert [option.text for option in glued] == [GLUED]
    assert [part.split()[0] for part in glued[0].parts] == ["Camden", "Partnership", "Business"]
    assert " ".join(glued[0].parts) == GLUED
    assert glued[0].repeats == ["Partnership with HE/FE providers", "Business"]


def test_a_gap_on_the_slide_starts_another_list(found):
    justice = found.sections[5].considerations
    assert [one.group for one in justice] == [1] * 6 + [2] * 3


def test_the_debris_is_known_by_name(found):
    kinds = {kind: [one.line for one in found.debris if one.kind == kind] for kind in DEBRIS}
    assert kinds == DEBRIS
    assert {one.text for one in found.debris if one.kind == "column heading"} == {"₽No.", "Vo.", "No. ▼", "No", "No."}
    assert len(found.debris) == sum(map(len, DEBRIS.values()))


@pytest.mark.parametrize(
    ("number", "line"),
    [(n, line.strip()) for n, line in enumerate(TEXT.split("\n"), start=1) if line.strip()],
)
def test_each_line_goes_to_a_record_or_to_the_debris_and_none_of_it_is_lost(found, number, line):
    """All of the line is in what it fed, but for bullets, tabs and the dash after an open question's label."""
    fed = [record for record in records_in(found) if record.line == number]
    assert fed, f"line {number} went nowhere: {line}"
    rest = line
    for text in sorted((text for record in fed for text in texts_in(record)), key=len, reverse=True):
        assert text in rest
        rest = rest.replace(text, "", 1)
    assert rest.strip() in ("", "-", "–"), f"line {number} lost “{rest}”"


def records_in(value):
    """Every record with a line, wherever it stands."""
    if isinstance(value, list):
        for one in value:
            yield from records_in(one)
    elif is_dataclass(value):
        if hasattr(value, "line"):
            yield value
        for field in fields(value):
            yield from records_in(getattr(value, field.name))


def texts_in(record):
    """What a record holds of its line."""
    if isinstance(record, Debris):
        return [record.text]
    count = getattr(record, "count", None)
    return list(filter(None, [getattr(record, "introduced_as", ""), record.text, "" if count is None else str(count)]))


def test_no_debris_in_what_readers_see(found):
    seen = "\n".join(
        text for record in records_in(found) if not isinstance(record, Debris) for text in texts_in(record)
    )
    for debris in ("□", "₽", "▼", "Vo.", "Kensington and Chelsea Hackney"):
        assert debris not in seen


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("", "choose the file of the survey", 1),
        ("Minutes\n", "choose the file of the survey", 1),
        (f"{TEXT}\n\nHealth\n\nStray words\n", "“Stray words” fits nowhere", 333),
        (TEXT.replace("Travel Costs\t21", "Travel Costs\tmany"), "“Travel Costs\tmany” fits nowhere", 118),
    ],
)
def test_what_is_no_survey_is_told_with_its_line(text, said, line):
    with pytest.raises(NotASurvey, match=said) as told:
        read(text, HEADINGS)
    assert told.value.line == line


@pytest.mark.parametrize(
    ("percent", "count", "base", "bases", "note"),
    [
        (50, 11, 22, [22], ""),
        (71, 15, None, [21], ""),
        (50, None, None, [20, 22], ""),
        (None, 6, None, [21, 22], ""),
        (68, 15, 21, [21], "15 of 21 is 71%, not 68%."),
        (100, None, None, [21, 22], ""),
        (0, None, None, [21], ""),
    ],
)
def test_notes_are_made_only_where_numbers_disagree(percent, count, base, bases, note):
    assert note_on(Statistic("", percent, count, base), bases) == note
