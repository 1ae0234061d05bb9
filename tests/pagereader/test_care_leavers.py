"""The care-leavers page, entry by entry: what a careful reader finds on it."""

from __future__ import annotations

import pytest

PARTICIPATION, JOURNEYS, INTERNSHIPS, WELLBEING, APPRENTICES, COOKING, PATHWAY = range(7)
ALUMNI, KICKSTART, COVENANT, PACKS, LEISURE, SPEAKERBOX, CELEBRATIONS = range(7, 14)

TITLES = [
    ("Merton", "Total Respect Training delivered by Expert by Experience Trainers"),
    ("Brent", "Brent Care Journeys – Children in Care Council"),
    ("Camden", "Care Experienced Internship Project"),
    ("Greenwich", "Mental Health and Emotional Wellbeing"),
    (
        "Hammersmith and Fulham",
        "Delivering Excellence for Care leavers: A Spotlight on Partnership and Apprenticeship Opportunities",
    ),
    ("Merton", "Cooking with Friends"),
    ("Lambeth", "Routes to Independence Pathway"),
    ("Merton", "Care Leaver Alumni"),
    ("Sutton", "KickStart Futures"),
    ("Redbridge", "Corporate Parenting (Developing a Care Leaver Covenant)"),
    ("Kingston upon Thames", "Prison Packs ; Suitcase Project ; Baby Packs ; Mentoring to UASC"),
    ("Merton", "Our Leisure"),
    ("Southwark", "SpeakerBox and The Innovation Project"),
    ("Merton", "Annual Celebrations"),
]


def test_fourteen_entries_from_eleven_authorities(care_leavers):
    assert [(entry.boroughs[0], entry.title) for entry in care_leavers.entries] == TITLES
    assert len({name for entry in care_leavers.entries for name in entry.boroughs}) == 11


def test_fifteen_contacts_thirteen_people_three_addresses_that_do_not_fit(care_leavers):
    contacts = [contact for entry in care_leavers.entries for contact in entry.contacts]
    assert len(contacts) == 15
    assert len({contact.name for contact in contacts}) == 13
    assert [contact.email for contact in contacts if contact.email_suspect] == [
        "sukpal.updal@merton.gov.uk",
        "Kelli.eboji@brent.gov.uk",
        "Amerian.steele@lbhf.gov.uk",
    ]


def test_roles_keep_their_own_dashes_and_commas(care_leavers):
    roles = {contact.name: contact.role for entry in care_leavers.entries for contact in entry.contacts}
    assert roles["Rosemary Frimpong"] == "Head of Service – Corporate Parenting"
    assert roles["Keli Eboji"] == "Head of Service, Looked After Children and Permanency"
    assert roles["Shaira Makorie"] == "Head of Leaving Care/UASC"
    assert roles["Karl Mittelstadt"] == "Assistant Director"
    assert roles["Amelia Steele"] == ""


def test_two_boroughs_share_one_entry_and_its_delivery_body(care_leavers):
    entry = care_leavers.entries[PACKS]
    assert entry.boroughs == ("Kingston upon Thames", "Richmond upon Thames")
    assert entry.delivery_body == "Achieving for Children"
    assert [entry.delivery_body for entry in care_leavers.entries].count("") == 13


def test_a_missing_field_stays_missing(care_leavers):
    entry = care_leavers.entries[WELLBEING]
    assert (entry.summary, entry.team, entry.partners) == ((), "", ())


def test_partners_as_a_reader_parts_them(care_leavers):
    partners = [entry.partners for entry in care_leavers.entries]
    assert partners[KICKSTART] == (
        "Children Looked After and Leaving Care Team",
        "Commissioning Sutton Housing Partnership",
        "Barnardo’s",
        "Transform Housing",
    )
    assert partners[SPEAKERBOX] == ("Speakerbox", "the Family Council", "Parent Advocates", "Staff Members")
    assert partners[PATHWAY][-2:] == ("MAC-UK", "Juvenis")
    assert len(partners[PATHWAY]) == 17
    assert "Evolve Housing + Support" in partners[PATHWAY]
    assert partners[INTERNSHIPS] == ("Corporate Parenting Service", "Drive Foundation")


def test_a_team_that_runs_into_a_paragraph(care_leavers):
    entry = care_leavers.entries[SPEAKERBOX]
    assert entry.team == "Children’s Rights and Participation Team"
    assert entry.body[0].text.startswith("In Southwark, one of London’s most vibrant")
    assert [block.kind for block in entry.summary] == ["paragraph", "paragraph"]


def test_a_summary_with_sub_headings_and_lists(care_leavers):
    kinds = [block.kind for block in care_leavers.entries[PATHWAY].summary]
    assert kinds == ["paragraph", "heading", "bullets", "heading", "bullets", "heading", "bullets"]


def test_wrapped_lines_are_joined_and_lists_keep_their_items(care_leavers):
    lists = [block for block in care_leavers.entries[APPRENTICES].body if block.kind == "bullets"]
    assert lists[0].items[2] == (
        "Developing a supportive infrastructure that emphasises corporate responsibility across the Council and "
        "local businesses."
    )
    numbers = [block for block in care_leavers.entries[PATHWAY].body if block.kind == "numbers"]
    assert [len(block.items) for block in numbers] == [5, 5, 6]
    outcomes = next(block for block in care_leavers.entries[JOURNEYS].body if block.kind == "bullets")
    assert outcomes.items[0] == "Outcome 1: Strategic Partnership with Care-Experienced Young People"


def test_a_stray_dash_before_a_paragraph_is_kept(care_leavers):
    assert care_leavers.entries[PACKS].body[2].text.startswith("-From May 2022, the Team implemented Baby Packs")


def test_quotations_with_their_speakers(care_leavers):
    quotes = [block for block in care_leavers.entries[JOURNEYS].body if block.kind == "quote"]
    assert [quote.speaker for quote in quotes] == [
        "Young person",
        "PA",
        *["Young person"] * 2,
        "",
        "Young person",
        "Staff member",
    ]
    assert quotes[0].credit == "(Young person)"
    cooking = care_leavers.entries[COOKING].supporting
    assert cooking[1].text.endswith("make my own and freeze it to save on money”")
    assert len(care_leavers.entries[CELEBRATIONS].voices) == 5


def test_a_young_person_named_inside_a_paragraph(care_leavers):
    voices = {voice.speaker: voice.quote for voice in care_leavers.entries[SPEAKERBOX].voices if voice.speaker}
    assert voices["YP aged 6"] == "I would want to get rid of fighting"
    assert voices["YP 21"].startswith("Speakerbox for me brings me")


def figures(entry):
    return [(float(metric.value), metric.unit) for metric in entry.metrics]


@pytest.mark.parametrize("number", [JOURNEYS, COOKING, PATHWAY, ALUMNI, CELEBRATIONS])
def test_an_entry_without_figures_has_none(care_leavers, number):
    assert care_leavers.entries[number].metrics == ()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (PARTICIPATION, [(2, "sessions"), (21, "people"), (100, "percent")]),
        (WELLBEING, [(47, "referrals")]),
        (APPRENTICES, [(3, "people"), (7, "apprenticeships"), (4, "people"), (7, "people")]),
        (COVENANT, [(50, "people"), (2, "people"), (2, "people"), (2, "people"), (2, "people"), (400000, "USD")]),
        (SPEAKERBOX, [(1005, "episodes"), (35, "people"), (10, "people"), (2500, "GBP")]),
    ],
)
def test_figures(care_leavers, number, expected):
    assert figures(care_leavers.entries[number]) == expected


def test_figures_that_must_be_among_those_of_an_entry(care_leavers):
    found = {number: figures(care_leavers.entries[number]) for number in (INTERNSHIPS, KICKSTART, PACKS, LEISURE)}
    assert {(6, "people"), (3000, "GBP"), (2, "workshops"), (1, "people")} <= set(found[INTERNSHIPS])
    assert {(31, "units"), (9, "units"), (22, "units"), (98, "percent"), (82.35, "percent")} <= set(found[KICKSTART])
    assert {(16, "packs"), (300, "suitcases"), (37, "packs"), (200, "GBP each"), (10, "people")} <= set(found[PACKS])
    assert {(20, "people"), (10, "GBP per week"), (500, "GBP per year")} <= set(found[LEISURE])


def test_a_cost_against_another_is_one_metric_with_a_comparator(care_leavers):
    costs = [metric for metric in care_leavers.entries[KICKSTART].metrics if metric.kind == "cost"]
    assert [(metric.value, metric.unit, metric.comparator, metric.figure) for metric in costs] == [
        (266, "GBP per week", 805, "£266 per week")
    ]


def test_kinds_and_periods(care_leavers):
    referrals = care_leavers.entries[WELLBEING].metrics[0]
    assert (referrals.kind, referrals.period) == ("activity", "between September and December 2024")
    survey = [metric for metric in care_leavers.entries[LEISURE].metrics if metric.unit == "percent"]
    assert [(metric.value, metric.kind) for metric in survey] == [(21, "context"), (36, "context")]


def test_every_figure_quotes_its_sentence(care_leavers, care_leavers_data):
    for entry, data in zip(care_leavers.entries, care_leavers_data["entries"], strict=True):
        told = " ".join((data["summary"], data["body_text"], data["supporting_text"]))
        for metric in entry.metrics:
            assert metric.quote in told
            assert metric.figure in metric.quote


THEMES = {
    PARTICIPATION: {"workforce", "participation"},
    JOURNEYS: {"participation"},
    INTERNSHIPS: {"education-training-employment"},
    WELLBEING: {"mental-health", "relationships"},
    APPRENTICES: {"education-training-employment"},
    COOKING: {"independent-living", "health"},
    PATHWAY: {"housing", "commissioning"},
    ALUMNI: {"relationships"},
    KICKSTART: {"housing", "commissioning", "immigration"},
    COVENANT: {"whole-council", "education-training-employment"},
    PACKS: {"young-parents", "immigration", "criminal-justice", "money"},
    LEISURE: {"leisure", "health"},
    SPEAKERBOX: {"participation", "send"},
    CELEBRATIONS: {"leisure", "identity"},
}


@pytest.mark.parametrize("number", sorted(THEMES))
def test_themes(care_leavers, number):
    proposed = care_leavers.entries[number].themes
    assert THEMES[number] <= {theme.slug for theme in proposed}
    assert 1 <= len(proposed) <= 5
    assert all(theme.evidence for theme in proposed)


def test_doubts(care_leavers):
    told = [(doubt.kind, doubt.line) for doubt in care_leavers.doubts]
    assert [line for kind, line in told if kind == "contact-address"] == [23, 77, 289]
    assert [line for kind, line in told if kind == "empty-label"] == [604, 650]
    assert [line for kind, line in told if kind == "announced-missing"] == [71, 156, 591]
    assert [line for kind, line in told if kind == "unclosed-quote"] == [128, 158, 492, 794, 831]
    assert [line for kind, line in told if kind == "praised-without-entry"] == [9, 11, 11]
    assert len(told) == 16


def test_praised_without_an_entry(care_leavers):
    absent = {named.borough: named.printed for named in care_leavers.category.named_boroughs if not named.has_entry}
    assert absent == {"Ealing": "Ealing", "Kensington and Chelsea": "RBKC", "Islington": "Islington"}
    bodies = [named for named in care_leavers.category.named_boroughs if named.delivery_body]
    assert [(named.printed, named.delivery_body, named.has_entry) for named in bodies] == [
        ("AFC", "Achieving for Children", True)
    ]


def test_the_category(care_leavers):
    category = care_leavers.category
    assert (category.number, category.title) == (None, "")
    assert category.scope.startswith("This category includes examples of practice")
    assert category.sponsor == "Care Leavers Trust Board"
    assert category.panel.startswith("The panel reviewing submissions in this category consisted of")
    assert len(category.introduction) == 6
    assert category.sign_off.startswith("Each submission included within the Practice Spotlight Digital Area")
    assert [(person.name, person.role, person.email) for person in category.administrators] == [
        ("Mei Ho (LIIA)", "Project Administrator", "Mei.ho@londoncouncils.gov.uk"),
        ("Nafisa Abdiresak (LIIA)", "Programme Administrator", "nafisa.abdiresak@londoncouncils.gov.uk"),
    ]


def test_supporting_items(care_leavers):
    items = {item.title: item.url for entry in care_leavers.entries for item in entry.supporting_items}
    assert "BCJ Welcome Pack video made by young people" in items
    assert "https://www.local.gov.uk/case-studies/london-borough-merton-cooking-friends" in items.values()


def test_the_promised_shape(care_leavers_data):
    assert list(care_leavers_data) == ["category", "entries", "doubts"]
    entry = care_leavers_data["entries"][0]
    assert list(entry)[:11] == [
        "title",
        "boroughs",
        "summary",
        "contacts",
        "team",
        "partners",
        "body_text",
        "supporting_text",
        "themes",
        "metrics",
        "line",
    ]
    assert list(entry["contacts"][0]) == ["name", "role", "email", "email_suspect"]
    assert list(entry["metrics"][0])[:3] == ["quote", "value", "unit"]
    assert list(care_leavers_data["doubts"][0])[:3] == ["line", "entry", "message"]
    assert care_leavers_data["doubts"][0]["entry"] is None
    assert care_leavers_data["doubts"][3]["entry"] == TITLES[0][1]
