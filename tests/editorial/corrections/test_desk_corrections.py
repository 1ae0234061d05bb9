"""The queue at LIIA's desk: what is about a person first, days left, and no closing without an answer."""

import html
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from editorial.corrections import close
from editorial.failures import Refused
from editorial.models import Correction
from tests.editorial.letters import letter_to, letters

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/correction/"


@pytest.fixture
def arrive(entry):
    """arrive(days_ago, **fields) → a correction that came in then."""

    def arrived(days_ago=0, **fields):
        fields = {"kind": "other", "section": "The whole entry", "message": "No.", "title": entry.title, **fields}
        received = timezone.now() - timedelta(days=days_ago)
        return Correction.objects.create(submission=entry, received_at=received, **fields)

    return arrived


@pytest.fixture
def press(desk, django_capture_on_commit_callbacks):
    """press(correction, "_close", reply=…) → the page after the button."""

    def pressed(correction, button, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            form = {"reply": "", "note": "", button: "1", **fields}
            return desk.post(f"{LIST}{correction.pk}/change/", form, follow=True)

    return pressed


def words(response):
    return re.sub(r"(\s|<[^>]+>)+", " ", html.unescape(response.content.decode()))


def test_the_queue_is_what_is_about_a_person_first_then_the_oldest(desk, arrive, administrator):
    old, young = arrive(20), arrive(2)
    person, late = arrive(1, kind="person"), arrive(33, kind="person")
    closed = arrive(40, kind="person", note="Done", closed_at=timezone.now())
    listed = desk.get(LIST)
    assert list(listed.context["cl"].result_list) == [late, person, old, young, closed]
    for told in ("29 days left", "3 days late", "Waiting 20 days", "Waiting 2 days", "Closed on"):
        assert told in words(listed)
    first_page = words(desk.get("/admin/"))
    assert "4 waiting, 2 about a person" in first_page
    assert "Corrections to answer" in first_page
    found = desk.get(LIST, {"q": old.reference.lower()}).context["cl"].result_list
    assert old in found
    assert list(desk.get(LIST, {"state": "closed"}).context["cl"].result_list) == [closed]


@pytest.mark.parametrize("corrections", [1, 10])
def test_the_queue_asks_no_more_for_more(desk, arrive, corrections, django_assert_num_queries):
    for _ in range(corrections):
        arrive()
    with django_assert_num_queries(10):
        desk.get(LIST)


def test_it_is_answered_and_closed(arrive, press, entry):
    correction = arrive(email="kim@brent.example")
    page = press(correction, "_close", reply="Thank you.\n\nThe name is <right> now.", note="Asked the team.")
    correction.refresh_from_db()
    assert (correction.closed_by.username, correction.note) == ("mei", "Asked the team.")
    letter = letter_to("kim@brent.example")
    assert letter.subject == f"{correction.reference}: our answer"
    assert "The name is <right> now." in letter.body
    assert "The name is &lt;right&gt; now." in letter.alternatives[0][0]
    assert "Asked the team." not in letter.body
    assert entry.events.first().what == f"Correction {correction.reference} answered"
    assert "Your answer was sent to kim@brent.example." in words(page)


@pytest.mark.parametrize(
    ("email", "typed", "told"),
    [
        ("kim@brent.example", {"note": "Mended."}, "Nobody’s correction is closed without a reply."),
        ("kim@brent.example", {"reply": "   ", "note": "Mended."}, "Nobody’s correction is closed without a reply."),
        ("", {"reply": "Thanks!"}, "No address was left, so nobody can be answered."),
    ],
)
def test_closing_without_an_answer_is_refused_and_keeps_what_was_typed(arrive, press, email, typed, told):
    correction = arrive(email=email)
    page = press(correction, "_close", **typed)
    assert told in words(page)
    assert next(iter(typed.values())).strip() in words(page)
    correction.refresh_from_db()
    assert correction.closed_at is None
    assert not letters()


def test_without_an_address_a_note_closes_it_and_no_mail_goes(arrive, press):
    correction = arrive()
    press(correction, "_close", note="The link was mended.")
    correction.refresh_from_db()
    assert correction.closed_at
    assert not letters()


def test_an_answer_can_be_begun_and_sent_later(arrive, press):
    correction = arrive(email="kim@brent.example")
    press(correction, "_save", reply="Half a sent")
    correction.refresh_from_db()
    assert (correction.reply, correction.closed_at) == ("Half a sent", None)
    assert not letters()


def test_what_was_answered_is_answered_once_and_stands(arrive, press, desk, administrator):
    correction = arrive(email="kim@brent.example")
    second = Correction.objects.get(pk=correction.pk)
    press(correction, "_close", reply="Thank you.")
    second.reply = "Thanks again."
    with pytest.raises(Refused, match="has been closed already"):
        close(second, by=administrator)
    assert "has been closed already. Nothing was sent again." in words(press(correction, "_close", reply="Changed"))
    correction.refresh_from_db()
    assert correction.reply == "Thank you."
    assert len(letters()) == 1


def test_the_database_holds_it_too(arrive):
    correction = arrive()
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(closed_at=timezone.now())


def test_nobody_writes_or_deletes_a_correction_at_the_desk(desk, arrive):
    correction = arrive()
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{correction.pk}/delete/", {"post": "yes"}).status_code == 403
