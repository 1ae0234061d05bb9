"""An entry's page and card are drawn when the entry is renewed, and sent as they are stored: never old, and never those
of an earlier release."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client, override_settings

from submissions.derived import cards, draw_rest, renew, rows
from submissions.models import DerivedEntry, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """The keys of the entries whose pages are drawn from now on."""
    keys, draw = [], rows.page_of

    def page_of(entry, *more, **rest):
        keys.append(entry.pk)
        return draw(entry, *more, **rest)

    monkeypatch.setattr(rows, "page_of", page_of)
    return keys


def page(client, entry, query=""):
    return client.get(entry.get_absolute_url() + query).content.decode()


def test_a_page_is_drawn_once_and_then_sent_by_three_queries(client, make_entry, drawn, django_assert_num_queries):
    entry, other = make_entry(themes=["housing"]), make_entry(themes=["housing"])
    first = page(client, entry)
    with django_assert_num_queries(3):
        assert page(client, entry) == first
    assert sorted(drawn) == [entry.pk, other.pk]
    Submission.objects.filter(pk=other.pk).update(title="Zeppelin rides")
    assert "Zeppelin rides" in page(client, entry)  # among the entries to read next
    assert drawn[2:] == [other.pk]


def test_entries_to_read_next_are_there_only_if_there_are_any(client, make_entry):
    entry = make_entry(themes=["housing"])
    assert "elated" not in page(client, entry)
    other = make_entry(themes=["housing"])
    text = page(client, entry)
    assert "Same theme: Housing" in text
    assert '<a href="#related">' in text
    assert "All entries from Merton" in text
    assert other.get_absolute_url() in text
    assert "<!--" not in text


def test_a_list_in_the_address_is_carried_on(client, make_entry):
    entry, other = make_entry(themes=["housing"]), make_entry(themes=["housing"])
    text = page(client, entry, "?list=7001,7002")
    assert f'href="{other.get_absolute_url()}?list=7001,7002"' in text
    assert f'value="7001,7002,{entry.pk}"' in text
    assert f'value="7001,7002,{other.pk}"' in text
    assert "7001" not in page(client, entry)


def test_what_other_code_drew_is_drawn_for_its_reader_and_by_the_next_command(client, make_entry, drawn):
    entry, other = make_entry(), make_entry()
    renew()
    DerivedEntry.objects.update(code="of an earlier release", card="Old", page=b"Old")
    del drawn[:]
    assert "Old" not in cards([entry.pk])
    assert drawn == [entry.pk]
    draw_rest()
    assert entry.title in page(client, entry)
    assert drawn == [entry.pk, other.pk]
    assert not DerivedEntry.objects.filter(card="Old").exists()


def test_a_setting_that_pages_show_is_part_of_the_code(client, make_entry):
    entry = make_entry()
    page(client, entry)
    with override_settings(SITE_URL="https://spotlight.example.org"):
        assert f"https://spotlight.example.org/s/{entry.pk}" in page(client, entry)


def test_many_noted_entries_are_drawn_when_they_are_read(client, make_entry, drawn):
    entries = [make_entry() for _ in range(12)]
    assert entries[3].title in page(client, entries[3])
    assert drawn[0] == entries[3].pk
    assert len(drawn) == 1 + 6  # with the entries to read next
    assert len(cards(entry.pk for entry in entries)) == 12
    assert sorted(drawn) == [entry.pk for entry in entries]


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_page_that_cannot_be_renewed_is_never_an_old_one(client, make_entry, drawn):
    entry = make_entry()
    page(client, entry)
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert "Zeppelin rides" in page(client, entry)
        finally:
            cursor.execute("PRAGMA query_only = OFF")


def test_a_card_shows_a_snippet_or_reasons_in_the_place_of_what_it_has(make_entry):
    class Snippet:
        html, field = r"a \1 <b>", "its text"

    entry, other = make_entry(themes=["housing"]), make_entry(themes=["housing"], status="draft")
    renew()
    (plain,) = cards([other.pk, entry.pk])
    assert "What entry 1 is." in plain
    assert 'data-theme="housing"' in plain
    (changed,) = cards([entry.pk], snippets={entry.pk: Snippet}, reasons={entry.pk: ["Why & how"]}, heading="h2")
    assert r"a \1 &lt;b&gt;" in changed
    assert "Why &amp; how" in changed
    assert "<h2>" in changed
    assert "What entry 1 is." not in changed
    assert "data-theme" not in changed
    assert "<!--" not in plain + changed


@pytest.mark.django_db(transaction=True)
def test_of_four_readers_after_an_edit_one_draws_the_page(make_entry, drawn):
    entry = make_entry()
    page(Client(), entry)
    del drawn[:]
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides")
    begin = threading.Barrier(4)

    def read(_):
        begin.wait()
        try:
            return page(Client(), entry)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as readers:
        pages = set(readers.map(read, range(4)))
    assert len(pages) == 1
    assert "Zeppelin rides" in pages.pop()
    assert drawn == [entry.pk]


def test_an_entry_that_cannot_be_drawn_keeps_nobody_from_the_others(client, make_entry, monkeypatch):
    odd, other = make_entry(title="Odd one"), make_entry()
    draw = rows.page_of

    def page_of(entry, *more, **rest):
        return draw(entry, *more, **rest) if entry.pk != odd.pk else 1 / 0

    monkeypatch.setattr(rows, "page_of", page_of)
    assert other.title in page(client, other)
    assert other.title in client.get("/submissions/").content.decode()
    with pytest.raises(ZeroDivisionError):
        page(client, odd)
