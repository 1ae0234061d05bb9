"""A figure's sentence and a quotation must be in the text: if not, they are to settle, and no reader sees them."""

import pytest

from editorial.edits import restore_version
from submissions.models import OutcomeMetric, Submission, Voice
from tests.editorial.test_edits import address
from tests.entries import list_asked

pytestmark = pytest.mark.usefixtures("seeded")  # its boroughs and themes, loaded once
BODY = "<p>We met 21 participants in May.</p>\n<p>She said: “It saved me.”</p>"


@pytest.fixture
def entry(make_entry):
    """A published entry with a figure and a voice of its text."""
    entry = make_entry(title="Open door", body=BODY, voices=["“It saved me.”"])
    words = {"figure": "21 participants", "label": "took part", "quote": "We met 21 participants in May."}
    entry.metrics.create(value=21, unit="people", kind="activity", status="confirmed", **words)
    return entry


@pytest.fixture
def draft(entry):
    Submission.objects.filter(pk=entry.pk).update(status="draft", published_on=None)
    entry.refresh_from_db()
    return entry


def states(entry):
    return [row.to_settle for row in (entry.metrics.get(), entry.voices.get())]


def test_a_sentence_changed_in_the_text_leaves_its_figure_to_settle_and_the_editor_is_told(desk, send_form, draft):
    answer = send_form(address(draft), body=BODY.replace("21", "24"))
    page = desk.get(answer.headers["Location"]).content.decode()
    assert states(draft) == [True, False]
    assert "The sentence of “21 participants” is no longer in the text: “We met 21 participants in May.”" in page
    assert "To settle, because the words are no longer in the text" in page


def test_a_changed_quotation_is_to_settle(desk, send_form, draft):
    answer = send_form(address(draft), body=BODY.replace("saved", "helped"))
    assert states(draft) == [False, True]
    assert (
        "A quotation is no longer in the text: ““It saved me.””"
        in desk.get(answer.headers["Location"]).content.decode()
    )


def test_it_comes_back_with_its_words_or_with_another_sentence(send_form, draft):
    send_form(address(draft), body=BODY.replace("21", "24"))
    send_form(address(draft), body=BODY)
    assert states(draft) == [False, False]
    send_form(address(draft), body=BODY.replace("21", "24"))
    send_form(address(draft), **{"metrics-0-quote": "We met 24 participants in May."})
    assert states(draft) == [False, False]


def test_formatting_and_paragraphs_make_no_difference(send_form, draft):
    listed = "<ul><li>We met <strong>21</strong> participants</li><li>in May.</li></ul>"
    send_form(address(draft), body=listed + BODY.splitlines()[1])
    assert draft.metrics.get().to_settle is False


def test_a_number_within_a_longer_one_is_not_the_sentence(send_form, draft):
    draft.metrics.update(quote="1 participants in May.")
    send_form(address(draft), team="Any")
    assert draft.metrics.get().to_settle is True


def test_a_published_correction_leaves_readers_their_figure_and_the_version_its_own_to_settle(send_form, entry):
    send_form(address(entry), body=BODY.replace("21", "24"))
    version = Submission.objects.get(replaces=entry)
    assert (states(entry), states(version)) == ([False, False], [True, False])


SHAPES = {
    "apostrophe": ("<p>It’s for 21 people.</p>", "It's for 21 people.", False),
    "dash": ("<p>For 18–21 year olds.</p>", "For 18-21 year olds.", False),
    "blank": ("<p>For 21&nbsp;people.</p>", "For 21 people.", False),
    "unseen": ("<p>For 21\u200b people.</p>", "For 21 people.", False),
    "line": ("<p>We met<br>21 people.</p>", "We met 21 people.", False),
    "cells": ("<table><tbody><tr><td>Met</td><td>21 people</td></tr></tbody></table>", "Met 21 people", False),
    "quotation": ("<blockquote><p>We met 21 people.</p></blockquote>", "We met 21 people.", False),
    "thousands": ("<p>We met 1,210 people.</p>", "210 people.", True),
    "pence": ("<p>We paid £3,000.50 then.</p>", "We paid £3,000", True),
    "decimals": ("<p>We met 1.5 times.</p>", "5 times.", True),
}


@pytest.mark.parametrize("body, quote, to_settle", SHAPES.values(), ids=SHAPES)
def test_the_shape_of_a_sign_makes_no_difference_and_a_longer_number_does(draft, body, quote, to_settle):
    Submission.objects.filter(pk=draft.pk).update(body=body)
    draft.metrics.update(quote=quote)
    draft.refresh_from_db()
    draft.settle_evidence()
    assert draft.metrics.get().to_settle is to_settle


def test_words_typed_with_other_quotation_marks_are_taken_down_too(entry):
    entry.voices.update(quote='"It saved me."')
    entry.voices.get().withdraw()
    entry.refresh_from_db()
    assert "saved" not in entry.body


def test_a_text_put_back_settles_by_itself(send_form, draft, administrator):
    send_form(address(draft), body=BODY.replace("21", "24"))
    restore_version(draft.versions.last(), by=administrator)
    assert states(draft) == [False, False]


def test_words_taken_down_are_not_to_settle_but_the_sentence_they_took_along_is(entry):
    entry.metrics.update(quote="She said: “It saved me.”")
    entry.voices.get().withdraw()
    assert states(entry) == [True, False]
    entry.voices.get().restore()
    assert states(entry) == [False, False]


def test_a_rejected_figure_is_settled(send_form, draft):
    draft.metrics.update(status="rejected")
    send_form(address(draft), body=BODY.replace("21", "24"))
    assert draft.metrics.get().to_settle is False


READERS = [
    "/submissions/open-door/",
    "/submissions/",
    "/submissions.csv",
    "/submissions.json",
    "/submissions.atom",
    "/outcomes/",
    "/outcomes.csv",
    "/voices/",
    "/api/outcomes",
    "/api/submissions/open-door",
    "/pack/?ids={pk}",
]


@pytest.mark.parametrize("page", READERS)
def test_what_is_to_settle_goes_to_no_reader(client, entry, page):
    Submission.objects.filter(pk=entry.pk).update(slug="open-door")
    OutcomeMetric.objects.update(to_settle=True, figure="21 persons", label="came")
    Voice.objects.update(to_settle=True, speaker="A speaker of note")
    answer = client.get(page.format(pk=entry.pk))
    assert answer.status_code == 200
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"21 persons" not in said and b"A speaker of note" not in said


def test_a_search_and_a_filter_do_not_find_what_is_to_settle(entry, client):
    entry.metrics.update(label="zebrawords")
    assert list_asked(q="zebrawords").total
    OutcomeMetric.objects.update(to_settle=True)
    assert not list_asked(q="zebrawords").total
    assert b'data-count="0"' in client.get("/submissions/?has=outcomes").content


def test_what_waits_names_what_is_to_settle(desk, entry):
    OutcomeMetric.objects.update(to_settle=True)
    page = desk.get("/admin/").content.decode()
    assert "Figures whose sentence is no longer in the text" in page
    assert "21 participants" in desk.get("/admin/submissions/outcomemetric/?words=missing").content.decode()


def test_nothing_of_the_seed_catalogue_is_to_settle(seeded, db):
    entries = list(Submission.objects.all())
    assert len(entries) == 14
    for entry in entries:
        entry.settle_evidence()
        assert entry.unsettled == []
