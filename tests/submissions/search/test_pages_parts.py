"""What pages take from search besides entries: snippets, suggestions, counted failures."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from submissions.models import FailedSearch, FailedSearchCount, Submission
from submissions.search import failures, record_failure, snippets, suggest, understand
from submissions.search.failures import without_personal_data
from tests.entries import entries_on, list_asked


@pytest.fixture
def snippet(catalogue):
    def snippet(text):
        asked = list_asked(q=text)
        entry = entries_on(asked)[0]
        return snippets([entry.pk], asked.asked)[entry.pk]

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
    html = snippets([entry.pk], understand("zeppelin"))[entry.pk].html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>zeppelin</mark> &amp; more" in html


def test_a_page_of_snippets_asks_the_same_however_many_entries(catalogue, django_assert_max_num_queries):
    query = understand("care leavers Merton")
    keys = [entry.pk for entry in catalogue]
    with django_assert_max_num_queries(4):
        snippets(keys, query)


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


@pytest.mark.parametrize(
    "text",
    [
        "jane.doe＠example.org", "jane.doe%40example.org", "jane.doe%2540example.org", "01/02/2008", "943 476 5919",
        "se1 7pb", "14 High Street", "3b old kent road", "flat 3, 12 The Crescent", "12 acacia grove",
        "1/2/2008", "1.2.08", "2 feb 2008", "3rd of March 2009", "QQ 12 34 56 C", "12345", "jane at merton dot uk",
        "https://x.example/?name=jane", "jane.doe&#64;merton.example",
    ],
)  # fmt: skip
def test_nothing_of_a_person_is_left_of_a_search(text):
    assert without_personal_data(f"housing {text} help") == "housing help"


def test_words_are_stored_only_once_they_were_asked_three_times(catalogue):
    for _ in range(2):
        record_failure("jane doeson zzqx")
    assert not FailedSearch.objects.exists()
    assert "doeson" not in repr(list(FailedSearchCount.objects.values()))
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        record_failure("Jane  Doeson zzqx")
        record_failure("jane doeson zzqx")
        day = timezone.localdate()
    assert list(FailedSearch.objects.values_list("text", "day", "count")) == [("jane doeson zzqx", day, 4)]
    assert not FailedSearchCount.objects.exists()
    record_failure("jane doeson zzqx")  # another day: words that are stored already are counted from the first
    assert list(FailedSearch.objects.values_list("count", flat=True)) == [4, 1]


def test_so_many_a_day_and_no_more(catalogue, monkeypatch):
    monkeypatch.setattr(failures, "MOST_TEXTS", 2)
    monkeypatch.setattr(failures, "MOST_DIGESTS", 4)
    for n in range(6):
        for _ in range(3):
            record_failure(f"balloon {'abcdef'[n]}")
    assert FailedSearch.objects.count() == 2
    assert FailedSearchCount.objects.count() == 4
    record_failure("balloon a")
    assert FailedSearch.objects.get(text="balloon a").count == 4


def test_after_ninety_days_searches_are_forgotten(catalogue, capsys):
    for _ in range(3):
        record_failure("zeppelin rides")
    record_failure("airship")
    for days, left in ((90, 1), (91, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            call_command("forget_old_searches")
        assert FailedSearch.objects.count() == FailedSearchCount.objects.count() == left
    assert capsys.readouterr().out == "Deleted 0.\nDeleted 2.\n"


def test_privacy_says_what_becomes_of_searches(client, catalogue):
    page = client.get("/privacy/").content.decode()
    assert f"{failures.KEPT.days} days" in page
    assert f"no more than {failures.MOST_TEXTS} such searches" in page
