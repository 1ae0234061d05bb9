"""Words at the desk: a term counts at the next search, a failed search becomes a term, withdrawn words are gone."""

import re

import pytest
from django.urls import reverse

from submissions.models import FailedSearch, GlossaryTerm, Voice
from submissions.search import record_failure
from submissions.search.failures import TIMES
from tests.admin.conftest import carry_out

pytestmark = pytest.mark.django_db


def found(client, words):
    return re.findall(r'data-submission="([\w-]+)"', client.get(f"/submissions/?q={words}").content.decode())


def test_a_word_that_was_searched_in_vain_is_added_with_one_click_and_counts_at_once(client, desk, catalogue):
    assert not found(client, "hullabaloo")  # which counts once
    for _ in range(TIMES - 1):
        assert not FailedSearch.objects.exists()
        record_failure("hullabaloo")
    page = desk.get(reverse("admin:submissions_failedsearch_changelist")).content.decode()
    address = re.search(r'href="([^"]*glossaryterm/add/[^"]*)"', page)[1].replace("&amp;", "&")
    form = desk.get(address)
    assert 'value="hullabaloo"' in form.content.decode()
    term = {"term": "hullabaloo", "shown_as": "", "expansion": "", "definition": "", "also": "", "meanings": ""}
    assert desk.post(address, {**term, "synonyms": "suitcases\nsuitcase"}).status_code == 302
    assert GlossaryTerm.objects.get(term="hullabaloo").synonyms == ["suitcases", "suitcase"]
    assert "packs-suitcases-and-mentoring" in found(client, "hullabaloo")


def test_failed_searches_are_looked_at_and_never_written(desk):
    FailedSearch.objects.create(text="zebra", day="2026-11-22")
    assert desk.get(reverse("admin:submissions_failedsearch_add")).status_code == 403
    assert desk.get(reverse("admin:submissions_failedsearch_changelist")).status_code == 200


def test_words_are_withdrawn_and_put_back_from_the_list(client, desk, catalogue):
    voice = Voice.objects.get(quote__startswith="You all see each other")
    address = voice.submission.get_absolute_url()
    listed = reverse("admin:submissions_voice_changelist")
    assert "You all see each other" in client.get(address).content.decode()
    carry_out(desk, listed, "withdraw", voice.pk)
    for door in (address, "/voices/", "/submissions/?q=each+other"):
        assert "You all see each other" not in client.get(door).content.decode()
    carry_out(desk, listed, "restore", voice.pk)
    assert "You all see each other" in client.get(address).content.decode()
