"""Which lines open an entry, and which only look as if they did."""

from __future__ import annotations

import pytest

REST = (
    "\n\nSummary of project: We help.\n\nKey Contact: Jane Doe – jane.doe@camden.gov.uk"
    "\n\nMain Submission:\n\nText of it.\n"
)

HEADINGS = [
    ("London Borough of Sutton – KickStart Futures", ("Sutton",), "KickStart Futures"),
    ("London Borough of Sutton - KickStart Futures", ("Sutton",), "KickStart Futures"),
    ("London Borough of Sutton: KickStart Futures", ("Sutton",), "KickStart Futures"),
    ("London Borough of Sutton | KickStart Futures", ("Sutton",), "KickStart Futures"),
    ("London Borough of Sutton – KickStart – and more", ("Sutton",), "KickStart – and more"),
    ("LONDON BOROUGH OF SUTTON – KICKSTART FUTURES", ("Sutton",), "KICKSTART FUTURES"),
    ("Royal borough of Greenwich- Green Homes", ("Greenwich",), "Green Homes"),
    ("RB Greenwich - Green Homes", ("Greenwich",), "Green Homes"),
    ("LB Camden: Kin First", ("Camden",), "Kin First"),
    ("LB of Camden – Kin First", ("Camden",), "Kin First"),
    ("Camden Council – Kin First", ("Camden",), "Kin First"),
    ("Camden – Kin First", ("Camden",), "Kin First"),
    ("The London Borough of Brent – Brent Kin", ("Brent",), "Brent Kin"),
    ("H&F – Kin First", ("Hammersmith and Fulham",), "Kin First"),
    ("LBHF: Kin First", ("Hammersmith and Fulham",), "Kin First"),
    ("Hammersmith & Fulham (LBHF) – Kin First", ("Hammersmith and Fulham",), "Kin First"),
    ("LB Barking & Dagenham – Kin First", ("Barking and Dagenham",), "Kin First"),
    ("City of Westminster – Kin First", ("Westminster",), "Kin First"),
    ("Westminster City Council – Kin First", ("Westminster",), "Kin First"),
    ("City of London Corporation – Kin First", ("City of London",), "Kin First"),
    ("London Borough of Camden and London Borough of Islington – Kin First", ("Camden", "Islington"), "Kin First"),
    ("Camden and Islington: Kin First", ("Camden", "Islington"), "Kin First"),
    ("Camden, Islington & Barnet – Kin First", ("Camden", "Islington", "Barnet"), "Kin First"),
    ("London Boroughs of Lambeth and Southwark – Kin First", ("Lambeth", "Southwark"), "Kin First"),
    ("Kensington and Chelsea and Westminster – Kin First", ("Kensington and Chelsea", "Westminster"), "Kin First"),
    (
        "Royal Borough of Kingston Upon Thames and Richmond- Kin First",
        ("Kingston upon Thames", "Richmond upon Thames"),
        "Kin First",
    ),
    ("Achieving for Children – Kin First", ("Kingston upon Thames", "Richmond upon Thames"), "Kin First"),
    (
        "Achieving for Children (Kingston and Richmond) – Kin First",
        ("Kingston upon Thames", "Richmond upon Thames"),
        "Kin First",
    ),
    ("AfC: Kin First", ("Kingston upon Thames", "Richmond upon Thames"), "Kin First"),
    ("Bi-borough – Kin First", ("Kensington and Chelsea", "Westminster"), "Kin First"),
    ("Bi-Borough Children’s Services: Kin First", ("Kensington and Chelsea", "Westminster"), "Kin First"),
    ("2. London Borough of Sutton – Kin First", ("Sutton",), "Kin First"),
    ("London Borough of Sutton – 1,000 Days", ("Sutton",), "1,000 Days"),
    ("London Borough of Sutton – “Who cares?”", ("Sutton",), "“Who cares?”"),
    ("London Borough of Sutton, Kin First", ("Sutton",), "Kin First"),
    ("London Borough of Sutton\nKin First", ("Sutton",), "Kin First"),
    ("London Borough of Sutton –\nKin First", ("Sutton",), "Kin First"),
    ("London Borough of Sutton – Kin First for\nEvery Family", ("Sutton",), "Kin First for Every Family"),
    ("Kin First – London Borough of Sutton", ("Sutton",), "Kin First"),
    ("London Borough of Sutton – Kin First (a pilot; with Croydon)", ("Sutton",), "Kin First (a pilot; with Croydon)"),
]


@pytest.mark.parametrize(("heading", "boroughs", "title"), HEADINGS)
def test_headings(read_text, heading, boroughs, title):
    entries = read_text(heading + REST).entries
    assert [(entry.boroughs, entry.title) for entry in entries] == [(boroughs, title)]


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("Achieving for Children – Kin First", "Achieving for Children"),
        ("Kingston & Richmond – Achieving for Children – Kin First", "Achieving for Children"),
        ("Bi-borough – Kin First", "Bi-borough Children's Services"),
        ("Camden – Kin First", ""),
    ],
)
def test_delivery_bodies(read_text, heading, body):
    assert read_text(heading + REST).entries[0].delivery_body == body


@pytest.mark.parametrize(
    "line",
    [
        "London Borough of Sutton properties.",
        "London Borough of Sutton properties and homes",
        "London Borough of Merton – and its partners – believe in families",
        "London Borough of Merton – and its partners – believe in families.",
        "Lambeth Council – like many others – had two hostels.",
        "Camden: the results",
        "Camden – our neighbours – helped us.",
        "Brent Care Journeys – Children in Care Council",
        "Sutton’s plan: homes for all",
        "London Borough of Sutton: our story",
        "London Borough of Sutton – Our Story",
        "Islington and Camden both took part.",
        "Westminster",
    ],
)
def test_lines_inside_a_text_that_open_no_entry(read_text, line):
    page = (
        "London Borough of Sutton – KickStart Futures\n\nSummary of project: Homes.\n\nMain Submission:\n\n"
        f"We began.\n\n{line}\n\nIt went well for all of us.\n\nSupporting Information:\n\nFilm\n\n"
        f"London Borough of Brent – Next{REST}"
    )
    assert [entry.title for entry in read_text(page).entries] == ["KickStart Futures", "Next"]


def test_a_heading_straight_after_a_list(read_text):
    page = f"LB Camden – One{REST}\n1. first\n2. second\nLondon Borough of Merton – Two{REST}"
    assert [entry.title for entry in read_text(page).entries] == ["One", "Two"]


def test_a_wrapped_line_that_begins_with_an_authority(read_text):
    page = (
        "LB Camden – One\n\nSummary of project: We help.\n\nMain Submission:\n\nThe homes are run by the\n"
        f"London Borough of Camden – which owns them – and\nby partners.\n\nLB Brent – Two{REST}"
    )
    entries = read_text(page).entries
    assert [entry.title for entry in entries] == ["One", "Two"]
    assert entries[0].body[0].text.startswith("The homes are run by the London Borough of Camden – which")


SHORT_FORM = """London Borough of Brent – First

Summary of project: Words.
Key Contact: Ann Bell, Head – ann.bell@brent.gov.uk
Main Submission:
We began in 2021. It went well.

Camden: What We Learned Together

{between}
jane.doe@camden.gov.uk

We go on.
"""


@pytest.mark.parametrize(("between", "entries"), [(3, 2), (4, 1), (5, 1)])
def test_a_short_form_opens_an_entry_only_with_an_address_among_the_next_four_lines(read_text, between, entries):
    lines = [f"We did thing number {n} with young people." for n in range(between)]
    assert len(read_text(SHORT_FORM.format(between="\n".join(lines))).entries) == entries
