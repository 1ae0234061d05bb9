"""What pages take from search besides entries: snippets, suggestions, counted failures."""

import pytest

from submissions.models import FailedSearch, Submission
from submissions.search import matching, ranked, record_failure, snippets, suggest, understand
from submissions.search.failures import without_personal_data


@pytest.fixture
def snippet(catalogue):
    def snippet(text):
        query = understand(text)
        entry = ranked(matching(catalogue, query), query)[0]
        return snippets([entry], query)[entry.pk]

    return snippet


def test_a_snippet_says_where_and_marks_what(snippet):
    found = snippet("Peabody")
    assert found.field == "Partners"
    assert "<mark>Peabody</mark>" in found.html
    assert snippet("Frimpong").field == "Contact"
    assert "<mark>Ivy League</mark>" in snippet('"ivy league"').html


def test_a_snippet_shows_all_words_where_they_stand_together(snippet):
    found = snippet("Harvard scholarship")
    assert {"<mark>Harvard</mark>", "<mark>scholarship</mark>"} <= set(found.html.replace("\n", " ").split(" ")) or (
        found.html.count("<mark>") >= 2
    )
    assert len(found.html) < 700


def test_a_snippet_escapes_the_text_around_its_marks(catalogue):
    entry = Submission.objects.get(title="Our Leisure")
    entry.summary = "<p>A &lt;script&gt;alert(1)&lt;/script&gt; zeppelin &amp; more</p>"
    entry.save()
    html = snippets([entry], understand("zeppelin"))[entry.pk].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>zeppelin</mark> &amp; more" in html


def test_a_page_of_snippets_asks_the_same_however_many_entries(catalogue, django_assert_max_num_queries):
    query = understand("care leavers Merton")
    entries = list(catalogue)
    with django_assert_max_num_queries(8):
        snippets(entries, query)


def test_suggestions_of_all_kinds(catalogue):
    found = suggest("hou")
    assert ("theme", "Housing and accommodation") in [(each.kind, each.label) for each in found]
    assert [each.label for each in suggest("merto") if each.kind == "borough"] == ["Merton"]
    assert [each.label for each in suggest("cooking w") if each.kind == "entry"] == ["Cooking with Friends"]
    assert any(each.kind == "term" and each.label == "Children in care" for each in suggest("children in"))
    assert all(each.url.startswith("/") for each in found)
    assert len(suggest("c", 8)) == 0
    assert len(suggest("ca", 8)) <= 8


def test_failures_are_counted_by_day_without_personal_data(catalogue):
    for text in ("Zeppelin  rides", "zeppelin rides", "zeppelin rides ada@example.org 020 7946 0018"):
        record_failure(text)
    assert list(FailedSearch.objects.values_list("text", "count")) == [("zeppelin rides", 3)]


@pytest.mark.parametrize("text", ["", " ", "ada@example.org", "\x00", None, "07700 900123"])
def test_a_failure_without_words_is_not_kept(text, catalogue):
    record_failure(text)
    assert not FailedSearch.objects.exists()


def test_what_is_kept_is_short():
    assert len(without_personal_data("word " * 100)) <= 100
