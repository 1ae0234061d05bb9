"""Nothing in a page is lost, and pages that say the same are read the same."""

from __future__ import annotations

import json

import pytest
import transformed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledgers import missing_words

from pagereader import NotAPage, as_json, decode, read, to_html, to_text
from pagereader.text.lines import lines_of


def data(page) -> dict:
    """What a page says, without line numbers."""
    return without_lines(json.loads(json.dumps(as_json(page), default=str)))


def without_lines(value):
    if isinstance(value, dict):
        return {key: without_lines(item) for key, item in value.items() if key not in ("line", "lines")}
    return [without_lines(item) for item in value] if isinstance(value, list) else value


def test_every_line_of_the_page_is_in_the_ledger(care_leavers_text, care_leavers):
    assert set(care_leavers.ledger) == {line.number for line in lines_of(care_leavers_text)}


def test_every_word_of_the_page_is_in_its_field(care_leavers_text, care_leavers):
    assert missing_words(care_leavers_text, care_leavers) == []


def test_furniture_is_only_furniture(care_leavers_text, care_leavers):
    told = {line.text for line in lines_of(care_leavers_text) if care_leavers.ledger[line.number] == "furniture"}
    assert told == {
        "Introduction to the submissions in this category",
        "Key Contact:",
        "Main Submission:",
        "Practice Spotlight Navigation Panel:",
        "Read more about this project",
        "Supporting Information:",
    } - {"Key Contact:"}


CHANGES = {
    "CRLF": transformed.with_crlf,
    "CR": transformed.with_cr,
    "BOM": lambda text: "\ufeff" + text,
    "no-break spaces": transformed.with_no_break_spaces,
    "zero width": transformed.with_zero_width,
    "blank lines doubled": transformed.with_blank_lines_doubled,
    "trailing spaces": transformed.with_trailing_spaces,
    "no indentation": transformed.without_indentation,
    "no blank lines": transformed.without_blank_lines,
    "hard-wrapped": transformed.wrapped_at_80,
    "labels alone": transformed.with_labels_alone,
    "other labels": transformed.with_other_labels,
    "labels left out": transformed.without_some_labels,
    **{f"bullet {mark}": transformed.with_bullet(mark) for mark in "*-–·▪◦o"},
    "bullet tab": transformed.with_bullet("•\t"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_does_not_change_the_meaning_does_not_change_the_records(
    change, care_leavers_text, care_leavers, reference
):
    changed = data(read(CHANGES[change](care_leavers_text), reference))
    before = data(care_leavers)
    if change in ("no blank lines", "hard-wrapped"):  # one line break may be told as the other kind
        assert sum(a != b for a, b in zip(changed["entries"], before["entries"], strict=True)) <= 1
    else:
        assert changed == before


@pytest.mark.parametrize("straighten", [transformed.with_straight_double_marks, transformed.with_dashes])
def test_other_marks_change_nothing_else(straighten, care_leavers_text, care_leavers, reference):
    changed = data(read(straighten(care_leavers_text), reference))
    assert mapped(changed, straighten) == mapped(data(care_leavers), straighten)


def mapped(value, change):
    if isinstance(value, dict):
        return {key: mapped(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [mapped(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def test_windows_1252_reads_like_utf_8(care_leavers_text, care_leavers, reference):
    windows = care_leavers_text.replace("●", "•").replace("\u202f", " ").encode("windows-1252")
    assert data(read(decode(windows), reference)) == data(care_leavers)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding, care_leavers_text):
    assert decode(care_leavers_text.encode(encoding)) == care_leavers_text


def test_one_broken_byte_does_not_spoil_a_utf_8_page(care_leavers_text):
    broken = care_leavers_text.encode().replace(b"Total Respect", b"Total \x92 Respect", 1)
    assert decode(broken) == care_leavers_text.replace("Total Respect", "Total ’ Respect", 1)


PIECES = st.sampled_from(
    [
        "London Borough of Sutton – KickStart Futures",
        "LB Camden: Kin First",
        "Summary of project: We help.",
        "Key Contact: Jane Doe, Head of Service – jane.doe@camden.gov.uk",
        "Team: Leaving Care",
        "Partners: Police and Probation, Housing.",
        "Main Submission:",
        "Supporting Information:",
        "Read more about this project",
        "• one",
        "1. two",
        "“A quote",
        "closed” (YP)",
        "",
        "We worked with 12 families from 2 to 3.",
        "Category 3. Early help",
        "Project Administrator: Mei Ho (LIIA)",
        "Mei.ho@londoncouncils.gov.uk",
        "-",
        "@",
        ":",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=30).map("\n".join)))
def test_any_text_is_read_whole_or_refused(reference, text):
    try:
        page = read(text, reference)
    except NotAPage as refusal:
        assert str(refusal).endswith(".")
        return
    assert set(page.ledger) == {line.number for line in lines_of(text)}
    for entry in page.entries:
        assert "<script" not in to_html(entry.body)
        assert entry.title
        to_text(entry.body)
    json.dumps(as_json(page), default=str)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(raw):
    try:
        decode(raw)
    except NotAPage as refusal:
        assert str(refusal).endswith(".")
