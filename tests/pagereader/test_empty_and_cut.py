"""What is missing is doubted: a heading with nothing under it, an entry without a text, a text that breaks off."""

import pytest

ENTRY = """London Borough of {name} – {title}

Summary of project: Mentors for young people who have left care.
Key Contact: Ann Bell, Head – ann.bell@{name}.gov.uk
Main Submission:
{body}

"""
WHOLE = "We began in 2021 with ten young people and a small grant from the council. It went well."
FAMILIES = "The mentors met every family at home, and the families liked them. Nobody was turned away."
FOOTER = "Project Administrator: Mei Ho (LIIA)\nmei.ho@londoncouncils.gov.uk\n"


def page_of(body, second=WHOLE, supporting=""):
    first = ENTRY.format(name="Camden", title="First", body=body) + supporting
    return "Category 3. Mentors\n\n" + first + ENTRY.format(name="Brent", title="Second", body=second) + FOOTER


def doubts(page, kind):
    return [doubt.message for doubt in page.doubts if doubt.kind == kind]


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        (f"Impact\n\nNext steps\n\n{WHOLE}", ["Impact"]),
        (f"Impact:\n\nNext steps:\n\n{WHOLE}", ["Impact:"]),
        (f"Mentors in schools\n\nA choir for everybody\n\n{WHOLE}", ["Mentors in schools"]),
        (f"{WHOLE}\n\nBackground\n\nImpact\n\nNext steps\n\n{WHOLE}", ["Background", "Impact"]),
        (f"Evidence of impact\n\nQuantitative achievements\n\n{WHOLE}", []),
        (f"What we did\n\nPartnership with the college\n\n{WHOLE}", []),
        (f"Impact\n\n{WHOLE}\n\nNext steps\n\n{WHOLE}", []),
    ],
)
def test_a_heading_that_another_follows_at_once_is_doubted(read_text, body, empty):
    said = doubts(read_text(page_of(body)), "empty-label")
    assert len(said) == bool(empty)
    for heading in empty:
        assert f"“{heading}” (line " in said[0]


def test_a_heading_above_the_next_label_is_doubted(read_text):
    page = read_text(page_of(f"{WHOLE}\n\nImpact", supporting="Supporting Information:\nA film\n\n"))
    assert any("“Impact”" in message for message in doubts(page, "cut-off") + doubts(page, "empty-label"))


EMPTY = "London Borough of Barnet – The Empty One\n\n"


@pytest.mark.parametrize("place", ["first", "in the middle", "last"])
@pytest.mark.parametrize("heading", [EMPTY, "Barnet: The Empty One\n\n"])
def test_an_entry_with_nothing_under_its_heading_is_doubted(read_text, heading, place):
    text = page_of(WHOLE)
    before = {"first": "London Borough of Camden", "in the middle": "London Borough of Brent", "last": FOOTER}[place]
    page = read_text(text.replace(before, heading + before))
    said = doubts(page, "swallowed-entry") + doubts(page, "empty-label")
    assert any("The Empty One”" in message for message in said), page.doubts


def test_a_list_of_contents_is_no_empty_entry(read_text):
    text = page_of(WHOLE)
    contents = "London Borough of Camden – First\nLondon Borough of Brent – Second\n\n"
    page = read_text(text.replace("\n\n", f"\n\n{contents}", 1))
    assert doubts(page, "swallowed-entry") == []


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (f"{FAMILIES}\n\nThe young people came every week, and families liked", True),
        (f"{FAMILIES} Young people came every week, and families liked", True),
        (
            f"{FAMILIES}\n\nWhat they said: the young people came every week to the hub, and all the families liked",
            True,
        ),
        (f"{FAMILIES}\n\nThe young people came every week, and nobody was turned away", False),
        (f"{FAMILIES}\n\nLead contact: none", False),
        (f"{FAMILIES}\n\n• mentors\n• a choir", False),
        (f"{FAMILIES}\n\nThe young people came every week, and families liked it.", False),
    ],
)
def test_a_text_cut_after_a_whole_word_in_the_middle_of_a_page_is_doubted(read_text, body, cut):
    page = read_text(page_of(body, second=FAMILIES))
    assert bool(doubts(page, "cut-off")) == cut, page.doubts


def test_supporting_words_are_prose_only_among_prose(read_text):
    told = "The report was read by all of the mentors. It says what the young people wanted, and families liked"
    cut = read_text(page_of(WHOLE, supporting=f"Supporting Information:\n{told}\n\n"))
    named = read_text(page_of(WHOLE, supporting="Supporting Information:\nA film that young people made\n\n"))
    assert (len(doubts(cut, "cut-off")), len(doubts(named, "cut-off"))) == (1, 0)
