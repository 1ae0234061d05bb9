"""What a search is understood to ask, and what the page can say about it."""

from math import log

import pytest

from submissions.models import GlossaryTerm, Submission
from submissions.search import understand
from submissions.search.query import Concept
from submissions.search.understanding import STRONG, _is_enough
from tests.entries import list_asked


def test_nothing_typed_is_the_whole_list(catalogue):
    query = understand("  ")
    assert query.is_empty
    assert list_asked(q="  ").total == catalogue.count()


@pytest.mark.parametrize("text", ["the", "?!", "💥", "what is it?", '""'])
def test_no_word_with_meaning_finds_nothing(text, find):
    assert find(text) == []


def test_a_typing_error_is_corrected_and_said(catalogue):
    query = understand("Aprentiship in Camden")
    assert query.corrections == (("Aprentiship", "apprenticeship"),)
    assert query.used == "apprenticeship in Camden"
    assert query.changed


def test_a_proper_word_that_no_entry_has_is_not_corrected_but_offered(catalogue):
    query = understand("levers")
    assert query.corrections == ()
    assert query.did_you_mean == (("levers", "leavers"),)
    assert query.unknown == ("levers",)


@pytest.mark.parametrize("text", ["4711", "B2B", "sukpal.updall@merton.gov.uk"])
def test_numbers_and_addresses_are_never_corrected(text, catalogue):
    assert understand(text).corrections == ()


def test_synonyms_are_searched_and_said_unless_only_the_typed_words_are_wanted(find, catalogue):
    query = understand("jail")
    assert query.also_searched[0][0] == "jail"
    assert "prison" in query.also_searched[0][1]
    assert find("jail")
    assert find("jail", exact=True) == []


@pytest.mark.parametrize(
    ("short", "meaning"), [("LBH", "Hackney"), ("cp", "child protection"), ("PA", "personal adviser")]
)
def test_an_ambiguous_short_form_offers_its_meanings_and_picks_none(short, meaning, catalogue):
    query = understand(short)
    [(label, meanings)] = query.ambiguous
    assert label == short.upper()
    assert meaning in meanings
    assert query.also_searched == ()


def test_a_short_form_is_only_found_as_a_whole_word(find):
    assert find("SEN") == find("sen")
    assert find("pa", exact=True) == find("PAs", exact=True) != find("partners", exact=True)
    assert find("uas", exact=True) != find("uasc", exact=True)


def test_a_capital_he_is_no_he(catalogue):
    assert understand("HE").ambiguous[0][1] == ("higher education", "home education")
    assert understand("he").ambiguous == ()


def test_boroughs_and_themes_are_offered_as_filters(catalogue):
    query = understand("housing in H&F")
    assert [(place.slug, place.typed) for place in query.boroughs] == [("hammersmith-and-fulham", "H&F")]
    assert "housing" in [place.slug for place in query.themes]


def test_a_delivery_body_stands_for_its_boroughs(catalogue):
    slugs = {place.slug for place in understand("AfC").boroughs}
    assert slugs == {"kingston-upon-thames", "richmond-upon-thames"}


def test_a_borough_without_entry_is_said_with_its_neighbours(catalogue):
    query = understand("mentoring in Ealing")
    [absent] = query.absent
    assert absent.name == "Ealing"
    assert [near.slug for near in absent.neighbours] == ["brent", "hammersmith-and-fulham"]
    assert list_asked(q="mentoring in Ealing").total == 0


@pytest.mark.parametrize("text", ["coproduction", "co production", "Co-Production", "co‑production"])
def test_joined_split_and_hyphened_words_are_one(text, find):
    assert "Total Respect Training delivered by Expert by Experience Trainers" in find(text, exact=True)


@pytest.mark.parametrize("text", ["care leavers' covenant", "care leavers’ covenant", "careleavers covenant"])
def test_apostrophes_do_not_matter(text, find):
    assert "Covenant" in find(text)[0]


def test_the_word_being_typed_is_completed_from_four_letters_on(find, catalogue):
    assert "SpeakerBox" in find("podc")[0]
    assert understand("podc").completions == (("podc", ("podcasting",)),)
    assert find("pod") == []
    assert find("podc fun") == []  # not the last word


def test_a_phrase_in_quotes_must_stand_so(find):
    assert find('"packs prison"') == []
    assert "Prison Packs" in find("“prison packs”")[0]


def test_a_sentence_gives_up_what_says_least_and_says_so(find, catalogue):
    query = understand("who can teach young adults to cook?")
    assert query.left_out
    assert "Cooking" in find("who can teach young adults to cook?")[0]


def test_key_words_are_never_given_up(find):
    assert find("cooking mentoring zeppelin") == []


def test_a_letter_doubled_or_not_is_mended_in_a_proper_word_too(find):
    assert understand("Kelli Eboji").corrections == (("Kelli", "keli"),)
    assert "Care Journeys" in find("Kelli Eboji")[0]
    assert understand("parking").corrections == ()  # another word, not a slip: “marking” is not meant


def test_a_short_word_with_a_letter_too_many_is_mended(catalogue):
    assert understand("gymn membership").corrections == (("gymn", "gym"),)
    assert understand("bgym").corrections == ()


def test_an_adverb_and_an_age_are_found_by_the_word_they_are_made_of(find):
    assert "Cooking" in find("healthily cooking")[0]
    assert find("counselling for over 18s") == find("counselling for over 18")


def test_a_term_that_no_entry_has_is_searched_by_its_other_names_and_not_by_its_words_apart(find):
    assert "Covenant" in find("learn to drive")[0]
    assert "driving lessons" in understand("learn to drive").also_searched[0][1]


def test_two_words_that_entries_write_as_one_are_found_only_as_one(find):
    assert [title for title in find("cook book") if "SpeakerBox" in title] == []
    assert "Internship" in find("travel card")[0]


def test_an_edited_term_counts_at_the_next_search(find):
    assert find("clink") == []
    GlossaryTerm.objects.create(term="prison slang", synonyms=["clink", "prison"], shown=False)
    assert "Prison Packs" in find("clink")[0]


def test_drafts_are_never_found(find, catalogue):
    assert find("Disneyland")
    Submission.objects.filter(title__contains="SpeakerBox").update(status="draft")
    assert find("Disneyland") == []


@pytest.mark.parametrize(("telling", "enough"), [((0.68, 0.68), False), ((0.1, 0.69), True), ((0.9,), False)])
def test_words_are_given_up_only_where_what_is_left_says_enough(telling, enough):
    assert _is_enough([Concept(str(n), (), telling=value, is_term=True) for n, value in enumerate(telling)]) is enough


def test_half_of_the_entries_is_where_a_word_becomes_telling():
    assert pytest.approx(log(2), abs=0.01) == STRONG
