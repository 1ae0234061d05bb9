"""Nothing of one entry stands in another without a doubt that names its lines, and no text breaks off without one."""

from __future__ import annotations

import pytest

ENTRY = """{heading}
Summary of project: We help {who}.
Key Contact: {name}, Head – {address}
Team: {who} Team
Partners: Mind
Main Submission:
We began in 2021. It went well, and families liked it.
"""
FIRST = ENTRY.format(
    heading="London Borough of Camden – First", who="Youth", name="Ann Bell", address="ann.bell@camden.gov.uk"
)
THIRD = ENTRY.format(heading="LB Sutton – Third", who="Families", name="Jo Bell", address="jo.bell@sutton.gov.uk")
LABELS = ["Summary of project", "Key Contact", "Team", "Partners", "Main Submission"]
HEADINGS = [
    "London Borough of Hilingdon – Second",
    "London Borough of Haringey Second",
    "Haringey Council Second",
    "Newham Council’s Second thing",
    "Second – Newham",
    "North Central London ICB – Second",
    "Pan-London – Second",
    "Windsor and Maidenhead – Second",
    "All London boroughs: Second",
    "Tower Hamlets GP Care Group – Second",
]
FORMS = [
    "{label}: {rest}",
    "{label}:\n{rest}",
    "{label}\n{rest}",
    "{label}\t{rest}",
    "## {label}\n{rest}",
    "{label} – {rest}",
]


def second(heading, kept, form="{label}: {rest}"):
    """The lost entry with only these of its labels, each in this form."""
    lines = []
    for line in ENTRY.format(heading=heading, who="Us", name="Bo Roe", address="bo.roe@camden.gov.uk").splitlines():
        label, mark, rest = line.partition(":")
        if not mark or label not in LABELS:
            lines.append(line)
        elif label in kept:
            lines.append(form.format(label=label, rest=rest.strip()).strip())
    return "\n".join(lines) + "\n"


def swallowed(page):
    return [doubt for doubt in page.doubts if doubt.kind == "swallowed-entry"]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("kept", [LABELS, *([label] for label in LABELS)], ids=lambda kept: kept[0] + str(len(kept)))
def test_an_entry_whose_heading_is_not_known_is_never_swallowed_in_silence(read_text, heading, kept):
    page = read_text("\n".join([FIRST, second(heading, kept), THIRD]))
    assert len(page.entries) == 3 or swallowed(page)
    if len(page.entries) < 3 and len(kept) > 1:
        assert swallowed(page)[0].line == 10
        assert heading in swallowed(page)[0].message


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("label", LABELS)
def test_a_second_label_in_any_form_is_doubted(read_text, label, form):
    page = read_text("\n".join([FIRST, second("Another thing altogether", [label], form), THIRD]))
    assert swallowed(page), label


@pytest.mark.parametrize(
    ("address", "doubted"),
    [
        ("bo.roe@newham.gov.uk", True),
        ("bo.roe@rbwm.gov.uk", True),
        ("bo.roe@camden.gov.uk", False),
        ("bo.roe@mind.org.uk", False),
    ],
)
def test_an_address_of_another_authority_is_doubted(read_text, address, doubted):
    page = read_text("\n".join([FIRST.rstrip(), f"Ask Bo Roe at {address} about it.\n", THIRD]))
    assert [(doubt.line, address in doubt.message) for doubt in swallowed(page)] == [(8, True)] * doubted


def test_an_entry_in_the_introduction_or_after_the_last_is_doubted(read_text):
    footer = "Project Administrator: Mei Ho (LIIA)\nMei.ho@londoncouncils.gov.uk\n"
    lost = second("Windsor – Fourth", LABELS)
    page = read_text("\n".join(["Category 3. Early help\n", lost, FIRST, THIRD, footer, lost]))
    lines = {doubt.line for doubt in swallowed(page) if doubt.entry is None}
    assert {line < 11 for line in lines} == {True, False}


def test_the_care_leavers_page_has_no_such_doubt(care_leavers):
    assert not [doubt for doubt in care_leavers.doubts if doubt.kind in ("swallowed-entry", "cut-off")]


@pytest.mark.parametrize("cut", ["and the work gr", "Re", "and families were glad beca", "We then opened a hou"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_text_that_breaks_off_is_doubted_or_refused(read_text, cut, place):
    entries = [FIRST, THIRD]
    entries[place] = entries[place].rstrip() + f"\n{cut}\n"
    footer = "Project Administrator: Mei Ho (LIIA)\nMei.ho@londoncouncils.gov.uk\n"
    page = read_text("\n".join([*entries, footer]))
    assert [doubt.entry for doubt in page.doubts if doubt.kind == "cut-off"] == [place]
