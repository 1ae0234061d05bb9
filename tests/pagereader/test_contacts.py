"""Contacts in every layout met so far: name, role and address as printed."""

from __future__ import annotations

import pytest

from pagereader.people.contacts import contacts_from
from pagereader.people.names import fits
from pagereader.text.lines import lines_of

JANE = ("Jane Doe", "Head of Service", "jane.doe@camden.gov.uk")
JOHN = ("John Roe", "Team Manager", "john.roe@camden.gov.uk")

ONE = [
    "Jane Doe, Head of Service – jane.doe@camden.gov.uk",
    "Jane Doe – Head of Service – jane.doe@camden.gov.uk",
    "Jane Doe - Head of Service - jane.doe@camden.gov.uk",
    "Jane Doe: Head of Service: jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service, jane.doe@camden.gov.uk",
    "Jane Doe\tHead of Service\tjane.doe@camden.gov.uk",
    "Jane Doe | Head of Service | jane.doe@camden.gov.uk",
    "Jane Doe (Head of Service) jane.doe@camden.gov.uk",
    "Jane Doe Head of Service jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service-jane.doe@camden.gov.uk",
    "Jane Doe, Head of Servicejane.doe@camden.gov.uk",
    "Jane Doe, Head of Service – Email: jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service – mailto:jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service (jane.doe@camden.gov.uk)",
    "Jane Doe, Head of Service <jane.doe@camden.gov.uk>.",
    "Jane Doe, Head of Service, email jane.doe@camden.gov.uk, tel 020 7974 1234",
    "Jane Doe, Head of Service – jane.doe@camden.gov.uk – 020 7974 1234",
    "Jane Doe, Head of Service, 020 7974 1234, jane.doe@camden.gov.uk",
    "Jane Doe – jane.doe@camden.gov.uk – Head of Service",
    "jane.doe@camden.gov.uk – Jane Doe, Head of Service",
    "jane.doe@camden.gov.uk Jane Doe, Head of Service",
    "Head of Service: Jane Doe – jane.doe@camden.gov.uk",
    "Jane Doe, Head of Service\njane.doe@camden.gov.uk",
    "Jane Doe\nHead of Service\njane.doe@camden.gov.uk",
    "Jane Doe\nHead of Service – jane.doe@camden.gov.uk",
    "Jane Doe\n\nHead of Service\n\nEmail: jane.doe@camden.gov.uk",
    "Name: Jane Doe\nRole: Head of Service\nEmail: jane.doe@camden.gov.uk",
    "Email: jane.doe@camden.gov.uk\nName: Jane Doe\nRole: Head of Service",
    "Jane Doe, Head of\nService – jane.doe@camden.gov.uk",
    "• Jane Doe, Head of Service – jane.doe@camden.gov.uk",
]
TWO = [
    "Jane Doe, Head of Service – jane.doe@camden.gov.uk\nJohn Roe, Team Manager – john.roe@camden.gov.uk",
    "Jane Doe, Head of Service – jane.doe@camden.gov.uk and John Roe, Team Manager – john.roe@camden.gov.uk",
    "Jane Doe, Head of Service, jane.doe@camden.gov.uk; John Roe, Team Manager, john.roe@camden.gov.uk",
    "Jane Doe, Head of Service (jane.doe@camden.gov.uk) / John Roe, Team Manager (john.roe@camden.gov.uk)",
    "Jane Doe, Head of Service - jane.doe@camden.gov.uk & John Roe, Team Manager - john.roe@camden.gov.uk.",
    "1. Jane Doe, Head of Service, jane.doe@camden.gov.uk\n2. John Roe, Team Manager, john.roe@camden.gov.uk",
    "Jane Doe\nHead of Service\njane.doe@camden.gov.uk\nJohn Roe\nTeam Manager\njohn.roe@camden.gov.uk",
    "jane.doe@camden.gov.uk, Jane Doe, Head of Service; john.roe@camden.gov.uk, John Roe, Team Manager",
]


def found(text):
    return [(contact.name, contact.role, contact.email) for contact in contacts_from(lines_of(text))]


@pytest.mark.parametrize("text", ONE)
def test_one_contact(text):
    assert found(text) == [JANE]


@pytest.mark.parametrize("text", TWO)
def test_two_contacts(text):
    assert found(text) == [JANE, JOHN]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jane Doe", [("Jane Doe", "", "")]),
        ("Jane Doe, Head of Service", [("Jane Doe", "Head of Service", "")]),
        ("Jane Doe, Head of Service; John Roe, Team Manager", [(*JANE[:2], ""), (*JOHN[:2], "")]),
        ("Jane Doe, Head of Service\nJohn Roe, Team Manager", [(*JANE[:2], ""), (*JOHN[:2], "")]),
        (
            "Jane Doe, Head of Service – Children – and Families – jane.doe@camden.gov.uk",
            [("Jane Doe", "Head of Service – Children – and Families", JANE[2])],
        ),
        (
            "Jane Doe, Head of Safeguarding and Quality Assurance, jane.doe@camden.gov.uk",
            [("Jane Doe", "Head of Safeguarding and Quality Assurance", JANE[2])],
        ),
        (
            "Jane Doe and John Roe, Joint Leads – jane.doe@camden.gov.uk; john.roe@camden.gov.uk",
            [("Jane Doe", "Joint Leads", JANE[2]), ("John Roe", "Joint Leads", JOHN[2])],
        ),
        (
            "Anne-Marie O’Brien, Virtual School Headteacher – annemarie.obrien@camden.gov.uk",
            [("Anne-Marie O’Brien", "Virtual School Headteacher", "annemarie.obrien@camden.gov.uk")],
        ),
        (
            "Jane Doe – jane.doe@camden.gov.uk\nJohn Roe – john.roe@camden.gov.uk",
            [("Jane Doe", "", JANE[2]), ("John Roe", "", JOHN[2])],
        ),
        ("leavingcare@camden.gov.uk", [("", "", "leavingcare@camden.gov.uk")]),
        (
            "Jane Doe, Head of Service (Interim) – jane.doe@camden.gov.uk",
            [("Jane Doe", "Head of Service (Interim)", JANE[2])],
        ),
        (
            "Dr Jane Doe, Consultant Clinical Psychologist – jane.doe@camden.gov.uk",
            [("Dr Jane Doe", "Consultant Clinical Psychologist", JANE[2])],
        ),
    ],
)
def test_other_layouts(text, expected):
    assert found(text) == expected


def test_a_telephone_number_is_kept():
    contact = contacts_from(lines_of("Jane Doe, Head of Service – jane.doe@camden.gov.uk (T: 020 7974 1234)"))[0]
    assert (contact.phone, contact.role) == ("020 7974 1234", "Head of Service")


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Sophie Konradsen", "skonradsen"),
        ("Jane Doe", "Jane.DOE"),
        ("Jane Doe", "doe.jane"),
        ("Jane Doe", "j.doe2"),
        ("Jane Doe", "janed"),
        ("Jane Doe", "jane"),
        ("Jane Doe", "jane.a.doe"),
        ("Jane Smith-Jones", "jane.smith"),
        ("Jane Smith-Jones", "jane.smithjones"),
        ("Siân O’Neill", "sian.o'neill"),
        ("Zoë Åkesson", "zoe.akesson"),
        ("Sam Jones", "samantha.jones"),
        ("Kate Moss", "catherine.moss"),
        ("Dr Olu Adeyemi", "olu.adeyemi"),
        ("Mohammed Al-Amin", "mohammed.alamin"),
        ("Jane Doe", "leavingcare.team"),
        ("Jane Doe", "childrens.services"),
    ],
)
def test_addresses_that_fit(name, local):
    assert fits(name, f"{local}@camden.gov.uk")


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Sukpal Uppal", "sukpal.updal"),
        ("Keli Eboji", "Kelli.eboji"),
        ("Amelia Steele", "Amerian.steele"),
        ("Sara Jones", "sarah.jones"),
        ("John Carey", "jon.carey"),
        ("Kwame Boateng", "kwame.boatang"),
        ("Jane Doe", "john.roe"),
        ("Jane Doe", "sdoe"),
        ("Jane Doe", "jane.dole"),
    ],
)
def test_addresses_that_do_not_fit(name, local):
    assert not fits(name, f"{local}@camden.gov.uk")


def test_an_address_without_a_domain_does_not_fit():
    assert not fits("Jane Doe", "jane.doe@camden")


def test_an_address_that_fits_two_people_of_a_line_stays_with_the_first():
    line = "Jane Doe, Director; Jim Doe, Manager – doe@camden.gov.uk"
    assert found(line) == [("Jane Doe", "Director; Jim Doe, Manager", "doe@camden.gov.uk")]


UNLABELLED = """London Borough of Camden – First
Jane Doe, {role} – jane.doe@camden.gov.uk

Main Submission:
We began in 2021. It went well.
"""


@pytest.mark.parametrize(("length", "contacts"), [(100, 1), (200, 1), (201, 0)])
def test_a_line_without_a_label_is_a_contact_up_to_200_characters(read_text, length, contacts):
    words = len("Jane Doe,  – jane.doe@camden.gov.uk")
    role = "Head of the Service for " + "Children and Families " * 9
    text = UNLABELLED.format(role=role[: length - words - 1] + "r")
    assert len(text.splitlines()[1]) == length
    assert len(read_text(text).entries[0].contacts) == contacts
