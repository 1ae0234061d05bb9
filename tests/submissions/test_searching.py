"""The list page with a search: what it understood, snippets, true counts, and a way on when nothing is found."""

import re

import pytest

from submissions.models import FailedSearch
from tests.submissions.test_list import choices, get, list_asked_as, shown, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed(seed_catalogue):
    pass


def text(response):
    """What a reader sees of the results, without tags."""
    results = response.content.decode().partition('<div id="results">')[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", results).split())


def test_results_stand_by_relevance_and_say_where_the_words_are(client, seed):
    response = get(client, q="Barnardo's")
    assert shown(response)[0] in ("kickstart-futures", "brent-care-journeys")
    assert "<mark>" in response.content.decode()
    assert "Best match first" in text(response)


def test_synonyms_are_said_and_can_be_left_out(client, seed):
    response = get(client, q="jobs")
    assert "Also searched:" in text(response)
    exact = get(client, q="jobs", exact="1")
    assert "Also searched:" not in text(exact)
    assert total(exact) < total(response)


def test_a_misspelling_is_mended_and_said(client, seed):
    response = get(client, q="aprenticeship")
    assert "Showing results for apprenticeship" in text(response)
    assert "Search instead for “aprenticeship”" in text(response)
    assert total(response) > 0
    assert total(get(client, q="aprenticeship", exact="1")) == 0


def test_a_named_borough_is_offered_as_a_filter(client, seed):
    page = get(client, q="merton cooking").content.decode()
    assert '<a href="?borough=merton&amp;q=cooking">Merton</a>' in page


def test_a_borough_without_entries_is_said_with_its_neighbours(client, seed):
    said = text(get(client, q="Ealing"))
    assert "Ealing has no entry yet." in said
    assert "Brent (1), Hammersmith and Fulham (1)" in said


def test_an_ambiguous_short_form_offers_its_meanings(client, seed):
    said = text(get(client, q="LBH"))
    assert "“LBH” can mean several things. Did you mean" in said
    for borough in ("Hackney", "Haringey", "Harrow", "Havering", "Hillingdon", "Hounslow"):
        assert borough in said


def test_nothing_found_helps_and_is_counted_without_a_person(client, seed):
    for _ in range(3):
        assert not FailedSearch.objects.exists()
        said = text(get(client, q="zebra crossing someone@example.org"))
    assert "Check the spelling" in said
    counted = FailedSearch.objects.get()
    assert (counted.text, counted.count) == ("zebra crossing", 3)


def test_filters_that_leave_nothing_are_told_apart_from_words_that_find_nothing(client, seed):
    response = get(client, q="apprenticeship", borough="lambeth")
    assert total(response) == 0
    assert "Within these filters, nothing was found. Without them:" in text(response)
    assert not FailedSearch.objects.exists()


@pytest.mark.parametrize("q", ["", "housing", "who helps care leavers find a job?", "zebra"])
def test_every_facet_link_gives_the_number_it_says(client, seed, q):
    """Each choice of the seed catalogue, with and without a search, alone and beside another filter."""
    for start in ({}, {"theme": ["participation"]}):
        asked = {**start, **({"q": q} if q else {})}
        for place, (name, value, count, ticked) in enumerate(choices(get(client, **asked))):
            if not ticked:
                followed = {**asked, name: [*start.get(name, []), value]}
                assert list_asked_as(followed).total == count, (asked, name, value)
                if place % 10 == 0:
                    assert total(get(client, **followed)) == count, (asked, name, value)


def test_the_count_is_the_number_of_entries_listed(client, seed):
    for q in ("young people", "mental health", "suitcase", "Rosemary Frimpong", '"care leaver covenant"', "UASC"):
        response = get(client, q=q)
        assert total(response) == len(shown(response)) > 0, q


def test_suggestions_are_of_every_kind(client, seed):
    kinds = {
        s["kind"] for q in ("kick", "hous", "mert", "camh") for s in client.get(f"/suggest?q={q}").json()["suggestions"]
    }
    assert kinds == {"entry", "theme", "borough", "term"}
    assert client.get("/suggest").json() == {"suggestions": []}


def test_words_are_shown_escaped(client, make_entry):
    make_entry(title="Safe <b>title</b>", body="<p>housing &lt;script&gt;alert(1)&lt;/script&gt; costs</p>")
    page = get(client, q="housing costs").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>x" not in get(client, q='"><script>x</script>').content.decode()
