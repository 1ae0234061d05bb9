"""Running text as blocks, and blocks as HTML and plain text."""

from __future__ import annotations

import pytest

from pagereader import Block, to_html, to_text
from pagereader.text.blocks import blocks_of
from pagereader.text.labels import label_of
from pagereader.text.lines import lines_of


def shape(text):
    return [(block.kind, block.text or block.items) for block in blocks_of(lines_of(text))]


def test_wrapped_lines_are_one_paragraph():
    text = "Our portfolio of many homes is run by the London Borough of Sutton\nproperties. A further\nhome follows."
    assert shape(text) == [("paragraph", text.replace("\n", " "))]


def test_sentences_on_their_own_lines_are_paragraphs():
    assert shape("One ends.\nTwo ends.") == [("paragraph", "One ends."), ("paragraph", "Two ends.")]


def test_a_heading_straight_above_its_paragraph():
    assert shape("Background\nGLL have funding.") == [("heading", "Background"), ("paragraph", "GLL have funding.")]


def test_a_lead_in_is_no_heading():
    assert [kind for kind, _ in shape("Outcomes include:\n\n• one\n• two")] == ["paragraph", "bullets"]


def test_a_heading_with_a_colon():
    assert [kind for kind, _ in shape("Direct engagement:\n\n• one\n• two")] == ["heading", "bullets"]


@pytest.mark.parametrize("mark", ["•", "●", "-", "–", "*", "·", "▪", "◦", "o", "➢", "\uf0b7", "•\t", "§"])
def test_bullets(mark):
    assert shape(f"{mark} one\n{mark} two\n  goes on\n{mark} three") == [("bullets", ("one", "two goes on", "three"))]


@pytest.mark.parametrize(
    "marks", [("1.", "2."), ("1)", "2)"), ("(1)", "(2)"), ("a)", "b)"), ("(a)", "(b)"), ("i.", "ii.")]
)
def test_numbers(marks):
    assert shape(f"{marks[0]} one\n{marks[1]} two") == [("numbers", ("one", "two"))]


def test_a_bullet_alone_on_its_line():
    assert shape("•\nOne\n•\nTwo") == [("bullets", ("One", "Two"))]


def test_a_list_that_goes_on_counting():
    blocks = blocks_of(lines_of("1. one\n2. two\n\nA paragraph between.\n\n3. three\n4. four"))
    assert to_html(blocks[2:]) == '<ol start="3"><li>three</li><li>four</li></ol>'
    assert to_text(blocks[2:]) == "3. three\n4. four"


def test_numbered_headings():
    assert [kind for kind, _ in shape("1. Why\n\nIt was needed by all.\n\n2. What\n\nWe built it with them.")] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("“It helped.” (Young person)", "“It helped.”", "Young person"),
        ("“It helped me a lot” – (YP 21)", "“It helped me a lot”", "YP 21"),
        ("“It helped.” – Parent, Camden", "“It helped.”", "Parent, Camden"),
        ('"It helped." - Parent', '"It helped."', "Parent"),
        ("“It helped.”\n– Parent", "“It helped.”", "Parent"),
        ("“It helped”.", "“It helped”.", ""),
        (
            "“It helped me when nobody\nelse. It was good.\nTruly.”",
            "“It helped me when nobody else. It was good. Truly.”",
            "",
        ),
        ("“It never closes and goes on", "“It never closes and goes on", ""),
        ("It was never opened and yet it closes”. (Carer)", "It was never opened and yet it closes”.", "Carer"),
        ("‘They don’t talk over me at all.’", "‘They don’t talk over me at all.’", ""),
        ("“One opens.\n\nIt closes in the next.” (Carer)", "“One opens. It closes in the next.”", "Carer"),
    ],
)
def test_quotations(text, quote, speaker):
    blocks = blocks_of(lines_of(text))
    assert [(block.kind, block.text, block.speaker) for block in blocks] == [("quote", quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "There is an “Ask A” column where they write.",
        "‘Cooking with Friends’ is a project.",
        "“Ask A” is a column.",
        "“One” and “two” are words.",
    ],
)
def test_paragraphs_that_only_hold_a_quotation(text):
    assert shape(text) == [("paragraph", text)]


def test_html_escapes_every_word():
    blocks = (
        Block("paragraph", (1,), "<script>alert(1)</script> & co"),
        Block("heading", (2,), "A <b>"),
        Block("bullets", (3,), items=("<i>",)),
        Block("quote", (4,), "“<u>”", speaker="P", credit="(P)"),
    )
    assert to_html(blocks) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</p>\n<h3>A &lt;b&gt;</h3>\n<ul><li>&lt;i&gt;</li></ul>\n"
        "<blockquote><p>“&lt;u&gt;”</p><p>(P)</p></blockquote>"
    )
    assert "<h4>" in to_html(blocks, heading_level=4)


@pytest.mark.parametrize(
    ("text", "kind", "form", "rest"),
    [
        ("Summary of project: We help.", "summary", "colon", "We help."),
        ("Project summary: x", "summary", "colon", "x"),
        ("SUMMARY OF THE PROJECT", "summary", "alone", ""),
        ("Key Contact(s): Jane", "contacts", "colon", "Jane"),
        ("Contacts", "contacts", "alone", ""),
        ("Contact – Jane", "contacts", "dash", "Jane"),
        ("**Key Contact:** Jane", "contacts", "colon", "Jane"),
        ("Partner organisations: A", "partners", "colon", "A"),
        ("Team name : A", "team", "colon", "A"),
        ("Team/Service: A", "team", "colon", "A"),
        ("Main submission", "main", "alone", ""),
        ("Supporting information/materials", "supporting", "alone", ""),
        ("Supporting Information and Documents:", "supporting", "colon", ""),
        ("Read more about this project >", "more", "alone", ""),
    ],
)
def test_labels(text, kind, form, rest):
    label = label_of(text)
    assert (label.kind, label.form, label.rest) == (kind, form, rest)


@pytest.mark.parametrize(
    "text", ["Teamwork: it pays", "Team leader: Jo", "Partnership with UCL", "Summaries: two", "Contacted: all"]
)
def test_no_labels(text):
    label = label_of(text)
    assert label is None or label.form == "bare"
