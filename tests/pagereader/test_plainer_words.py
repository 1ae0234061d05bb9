"""Figures, names and refusals in plainer words than the programme's own: general rules on sentences of many kinds."""

from __future__ import annotations

import pytest

from pagereader import NotAPage
from pagereader.figures.metrics import metrics_in
from pagereader.people.contacts import contacts_from
from pagereader.people.names import fits
from pagereader.people.partners import partners_from
from pagereader.text.lines import lines_of


def found(sentence):
    return [
        (float(each.value), each.unit, None if each.comparator is None else float(each.comparator))
        for each in metrics_in(sentence, 1)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The group painted 14 murals and cooked 900 dinners.", [(14, "murals"), (900, "dinners")]),
        ("They listened in on 26 planning boards.", [(26, "boards")]),
        ("64 petitions were signed.", [(64, "petitions")]),
        ("Wardens signed up 22 greengrocers.", [(22, "people")]),
        ("The academy welcomed 230 new starters.", [(230, "people")]),
        ("Workers traced 58 aunts and uncles.", [(58, "people")]),
        ("The change saved 1,200 working days.", [(1200, "working days")]),
        ("Each clerk got back 90 minutes a week.", [(90, "minutes a week")]),
        ("Of the thirty who began, eighteen have qualified.", [(30, "people"), (18, "people")]),
        ("After six months 21 went home.", [(21, "people")]),
        ("Nine of those are still in work.", [(9, "people")]),
        ("Only three dropped out.", [(3, "people")]),
        ("We trained 12 of them.", [(12, "people")]),
        ("The spare room was used 33 times.", [(33, "times")]),
    ],
)
def test_what_was_done_in_any_words(sentence, expected):
    assert [(value, unit) for value, unit, _ in found(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Complaints dropped from 31 to 12.", (12, "complaints", 31)),
        ("Exclusions are down, from 60 to 20.", (20, "exclusions", 60)),
        ("Calls fell from eleven to four.", (4, "calls", 11)),
        ("Moves dropped to 14 from 29.", (14, "moves", 29)),
        ("The wait is down from 23 days to 9.", (9, "days", 23)),
        ("Plans are agreed in 9 days (previously 23 days).", (9, "days", 23)),
        ("A check that used to take 15 days takes 3.", (3, "days", 15)),
        ("Recording fell from 600 minutes a week to 410.", (410, "minutes a week", 600)),
        ("It takes 12 weeks to match a child, compared with 20 weeks before.", (12, "weeks", 20)),
        ("We issued 61 notices, compared with 85 in 2023-24.", (61, "notices", 85)),
        ("The team closed 61 cases (85 the year before).", (61, "cases", 85)),
        ("Vacancies were 31% and are now 12%.", (12, "percent", 31)),
        ("Average caseloads stand at 16 (previously 24).", (16, "caseloads", 24)),
    ],
)
def test_the_later_figure_against_the_earlier(sentence, expected):
    assert found(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The clinic opens from 10 to 4 and from 12 to 2.",
        "Pupils in Year 7 rose from 10 to 14 years of age.",
        "We will have signed up 90 shops by June.",
        "The plan needed 12 signatures.",
        "It rests on fifteen pillars.",
        "Parents waited 12 weeks for an answer.",
        "The training lasts 3 days rather than 5 days.",
        "Sessions last 90 minutes and run for 6 weeks.",
        "Pupils in Years 7 to 9 and Key Stage 2 joined.",
        "The house at number 36 said goodbye.",
        "She said “we lost 12 workers and 40 letters”.",
        "Since then three have followed our example.",
        "Call 0800 123 4567 or write to 15 High Street, SE1 7PB.",
    ],
)
def test_what_still_counts_nothing(sentence):
    assert found(sentence) == []


PIPER = ("Ruth Piper", "Team Manager", "ruth.piper@sutton.gov.uk")


@pytest.mark.parametrize(
    "text",
    [
        "Dele Akande, Director; Ruth Piper, Team Manager – ruth.piper@sutton.gov.uk",
        "Dele Akande, Director and Ruth Piper, Team Manager – ruth.piper@sutton.gov.uk",
        "Dele Akande (Director), Ruth Piper (Team Manager) ruth.piper@sutton.gov.uk",
        "Dele Akande, Director\nRuth Piper, Team Manager\nruth.piper@sutton.gov.uk",
    ],
)
def test_one_of_two_has_no_address(text):
    told = [(each.name, each.role, each.email) for each in contacts_from(lines_of(text))]
    assert told == [("Dele Akande", "Director", ""), PIPER]


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Katie Low", "catherine.low"),
        ("Kate Low", "clow"),
        ("Meg Roe", "margaret.roe"),
        ("Bob Roe", "rroe"),
        ("Mo Farr", "muhammad.farr"),
        ("Sandy Roe", "alexander.roe"),
    ],
)
def test_short_forms_of_first_names_fit(name, local):
    assert fits(name, f"{local}@sutton.gov.uk")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mind, Friends of Kew Library and the Rotary Club", ["Mind", "Friends of Kew Library", "the Rotary Club"]),
        ("Coram; Elm University and Oak College, Ham; Mind", ["Coram", "Elm University", "Oak College, Ham", "Mind"]),
        ("The Children’s Society and Word & Deed", ["The Children’s Society", "Word & Deed"]),
        ("foster carers, class teachers & school nurses", ["foster carers", "class teachers", "school nurses"]),
        ("Mind, Health and Social Care", ["Mind", "Health and Social Care"]),
        ("Coram; Barnet and Southgate College", ["Coram", "Barnet and Southgate College"]),
        ("Evolve Housing + Support", ["Evolve Housing + Support"]),
    ],
)
def test_two_own_names(text, expected):
    assert list(partners_from(lines_of(text))) == expected


PAGE = """Category 2. Courts

LB Sutton – Repairing harm
Summary of project, Young people put right what they did.
Key Contact, Ruth Piper, Team Manager, ruth.piper@sutton.gov.uk
Main Submission,
The youth court and the magistrates asked for reparation. Young people dug gardens. They were glad of the gardens
"""


def test_labels_with_a_comma_plain_themes_and_no_last_stop(read_text):
    entry = read_text(PAGE).entries[0]
    assert [(each.name, each.role, each.email) for each in entry.contacts] == [PIPER]
    assert entry.summary[0].text == "Young people put right what they did."
    assert "criminal-justice" in [theme.slug for theme in entry.themes]


def test_a_role_below_the_address(read_text):
    page = PAGE.replace(", Team Manager, ruth", " – ruth").replace("\nMain", "\nTeam Manager\nMain")
    assert read_text(page).entries[0].contacts[0].role == "Team Manager"


def test_a_readme_is_not_cut_off(read_text):
    with pytest.raises(NotAPage, match="no Practice Spotlight category page"):
        read_text("# Practice Spotlight\n\nA catalogue for LIIA.\n\n## Run\n\n```\nmake run\n```\n")
