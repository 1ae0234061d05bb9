"""Words, stems and spelling: no database."""

import pytest

from submissions.search.spelling import nearest
from submissions.search.stems import stem
from submissions.search.words import LONGEST_WORD, joined_words, stems_of, stored_stems, stored_words, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Barnardo’s", ["barnardos"]),
        ("H&F and R&D", ["hf", "and", "rd"]),
        ("£3,000 or 82.35%", ["3000", "or", "82", "35"]),
        ("Café", ["cafe"]),
        ("co\u00adoperate\u200b", ["cooperate"]),
        ("Łukasz", ["łukasz"]),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_words(text, found):
    assert words(text) == found


def test_compounds_are_stored_whole_and_in_parts():
    assert joined_words("co-production at KickStart") == [
        ("coproduction", ["co", "production"]),
        ("kickstart", ["kick", "start"]),
    ]
    stored, _ = stored_words("The co-production")
    assert stored == ["the", "co", "production", "coproduction", "co", "production"]
    assert stored_stems(stored) == ["co", "product", "coproduct", "co", "product"]


def test_what_is_too_long_for_a_word_is_cut():
    assert stored_stems(["x" * 100, "of"]) == ["x" * LONGEST_WORD]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("participation", "participate"),
        ("leavers", "leaver"),
        ("children", "child"),
        ("organised", "organized"),
        ("advisor", "advisers"),
        ("homelessness", "homeless"),
        ("podcasts", "podcasting"),
    ],
)
def test_forms_of_one_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("apprentice", "apprenticeship"), ("sen", "sense"), ("pa", "past")])
def test_other_words_do_not(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acomodation", "accommodation"),
        ("housnig", "housing"),
        ("psycologist", "psychologist"),
        ("councelling", "counselling"),
        ("ousing", "housing"),
        ("zzzzzz", None),
        ("marking", None),
        ("hosng", None),  # two letters off are too many in five
        ("housng", "housing"),
    ],
)
def test_the_nearest_word(typed, meant):
    known = ["accommodation", "housing", "psychologist", "counselling", "parking", "house"]
    assert nearest(typed, known, lambda word: 1, most=3) == meant


def test_names_are_compared_by_stems():
    assert stems_of("Care Leavers' Hub") == stems_of("care leaver’s hub")
