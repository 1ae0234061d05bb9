"""Withdrawn words erased for good: out of every table, by two administrators, and out of nothing that readers see."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from boroughs.models import Contact
from editorial import outbox
from editorial.erasing import ERASED, Words, ask_to_erase, cells_with, erase
from editorial.failures import Refused
from editorial.models import CheckedLink, Correction, Erasure, Event, Failure, HandOver, Mail, Plan, SignOff, Version
from editorial.people.rights import ADMINISTRATORS, OBSERVERS
from editorial.versions import save_version
from submissions.models import FailedSearch, Submission, Voice
from tests.admin.conftest import carry_out
from tests.admin.test_admin_secrets import everything_stored

QUOTE = (
    "“I didn’t know who to call & nobody at Rowan House came, so I sat on the stairs all night long until "
    "Zephyrine’s mother let me in at last”"
)
AS_HTML = QUOTE.replace("&", "&amp;")
TRACES = ("zephyrine", "rowan house", "on the stairs all night")


@pytest.fixture
def two(group):
    """Two administrators who have signed in nowhere yet."""
    people = [User.objects.create_user(name, is_staff=True) for name in ("mei", "kay")]
    for person in people:
        person.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return people


@pytest.fixture
def withdrawn(make_entry, two, client):
    """A voice of a published entry, withdrawn, whose words were everywhere before."""
    words = AS_HTML.replace("so I sat", "</em></p>\n<p><em>so I sat")
    body = f"<p>Before.</p><blockquote><p><em>{words}</em></p></blockquote><p>After.</p>"
    entry = make_entry(slug="open-door", title="Open door", body=body, voices=[QUOTE], signed_off=True)
    save_version(entry, by=two[0], why="As it began")
    voice = entry.voices.get()
    LogEntry.objects.log_actions(two[0].pk, [voice], 2, change_message=[{"changed": {"fields": [QUOTE]}}])
    client.force_login(two[0])
    carry_out(client, "/admin/submissions/voice/", "withdraw", voice.pk)
    voice.refresh_from_db()
    assert voice.withdrawn_at
    entry = Submission.objects.get(pk=entry.pk)
    Event.objects.create(submission=entry, what="A call", note=f"She asked us to take out {QUOTE.upper()}.")
    Correction.objects.create(submission=entry, title="Open door", kind="person", section="s", message=f"Why {QUOTE}?")
    Mail.objects.create(to="kim@brent.example", subject="PS", text=f"You wrote:\n{QUOTE}", html=f"<p>{AS_HTML}</p>")
    for spelling in (QUOTE[:99], QUOTE.strip("“”").replace("’", "'").lower()[:95]):
        FailedSearch.objects.create(text=spelling, day="2026-01-01")
    Contact.objects.create(name="Somebody", role="Lead").history.update(history_change_reason=QUOTE[:90])
    SignOff.objects.filter(submission=entry).update(claims={"text": f"Before. {QUOTE} After."})
    return voice


def test_the_words_leave_every_table_and_readers_see_the_same_page(client, withdrawn, two):
    page = client.get("/submissions/open-door/").content
    before = Submission.objects.values().get(slug="open-door")
    assert all(trace in everything_stored().casefold() for trace in TRACES)
    answer = client.post(
        "/admin/editorial/erasure/add/", {"words": QUOTE, "reason": "At the wish of the person"}, follow=True
    )
    address = answer.redirect_chain[-1][0]
    assert "another administrator has to consent" in answer.content.decode()
    client.post(address, {"_erase": "1"})
    assert Erasure.objects.get().is_waiting  # not both by one person
    client.force_login(two[1])
    shown = client.get(address).content.decode()
    for what in ("versions", "corrections", "mails", "log entries", "voices", "sign offs", "searches without result"):
        assert f"<li>{what}: " in shown, what
    said = client.post(address, {"_erase": "1"}, follow=True).content.decode()
    assert "Erased for good, in" in said
    left = everything_stored().casefold()
    assert not [trace for trace in TRACES if trace in left]
    assert client.get("/submissions/open-door/").content == page
    assert Submission.objects.values().get(slug="open-door") == before
    wish = Erasure.objects.get()
    assert (wish.words, wish.asked_by, wish.consented_by, wish.reason) == ("", *two, "At the wish of the person")
    assert wish.places > 8
    for version in Version.objects.all():
        json.dumps(version.content)
    assert "Before." in str(Version.objects.first().content)
    assert client.get(f"/admin/submissions/submission/{withdrawn.submission_id}/history/").status_code == 200


def filled_with(words):
    """Writes the words into every text and JSON column of the desk that is long enough, in every row there is. Returns
    the names of those columns."""
    names = set()
    for model in apps.get_app_config("editorial").get_models():
        for field in model._meta.local_concrete_fields:
            is_long = (getattr(field, "max_length", None) or 300) >= len(words) and not field.unique
            is_text = isinstance(field, models.CharField | models.TextField) and is_long and not field.choices
            if model is not Erasure and (is_text or isinstance(field, models.JSONField)):
                value = words if is_text else {"a": [{words: f"Before. {words} After."}]}
                if model._base_manager.update(**{field.attname: value}):
                    names.add(f"{model.__name__}.{field.name}")
    return names


EVERYWHERE = """Version.content Version.page Version.why SignOff.claims SignOff.note SignOff.correction_reason
SignOff.void_because Plan.problem Plan.cancelled_because Failure.words Failure.problem Mail.text Mail.html Mail.headers
Mail.unwritten Mail.problem Event.note Correction.message Correction.reply Correction.note CheckedLink.problem
HandOver.held_because""".split()  # noqa: SIM905


def test_they_leave_every_column_of_the_desk_and_what_was_discarded(withdrawn, two, make_entry):
    draft = make_entry(status="discarded", published_on=None, body=f"<p>{AS_HTML}</p>")
    due = timezone.now() + timedelta(days=1)
    Plan.objects.create(submission=draft, action="publish", due=due, by=two[0])
    Failure.objects.note("carry_out_plans", Submission, draft.pk, ValueError(QUOTE))
    CheckedLink.objects.create(submission=draft, url="https://example.org/", checked_at=due)
    HandOver.objects.create(contact=Contact.objects.first(), name="Bo", email="bo@brent.example", expires_at=due)
    missing = set(EVERYWHERE) - filled_with(QUOTE)
    assert not missing
    erase(ask_to_erase(QUOTE, "A wish", by=two[0]), by=two[1])
    left = everything_stored().casefold()
    assert not [trace for trace in TRACES if trace in left]
    assert Submission.objects.get(pk=draft.pk).body == f"<p>{ERASED}</p>"
    assert Version.objects.first().page == {"a": [{ERASED: f"Before. {ERASED} After."}]}


def test_erased_words_cannot_be_put_back_from_the_voice(client, withdrawn, two):
    erase(ask_to_erase(QUOTE, "A wish", by=two[0]), by=two[1])
    carry_out(client, "/admin/submissions/voice/", "restore", withdrawn.pk)
    assert Voice.objects.get().withdrawn_at
    assert ERASED not in Submission.objects.get(slug="open-door").body


def test_what_readers_see_is_not_touched_and_refuses_the_whole(withdrawn, make_entry, two, client):
    other = make_entry(slug="elsewhere", body=f"<p>{AS_HTML}</p>")
    draft = make_entry(slug="draft", body=f"<p>{AS_HTML}</p>", status="draft", published_on=None)
    wish = ask_to_erase(QUOTE, "A wish", by=two[0])
    client.force_login(two[1])
    address = f"/admin/editorial/erasure/{wish.pk}/consent/"
    assert "Readers still see them" in client.get(address).content.decode()
    said = client.post(address, {"_erase": "1"}, follow=True).content.decode()
    assert "Readers still see these words" in said
    assert AS_HTML in Submission.objects.get(pk=draft.pk).body
    Submission.objects.filter(pk=other.pk).update(status="withdrawn")
    erase(wish, by=two[1])
    assert Submission.objects.get(pk=draft.pk).body == Submission.objects.get(pk=other.pk).body == f"<p>{ERASED}</p>"


def test_one_person_alone_erases_nothing_whatever_the_way(withdrawn, two):
    wish = ask_to_erase(QUOTE, "A wish", by=two[0])
    with pytest.raises(Refused, match="Another administrator"):
        erase(wish, by=two[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(consented_by=two[0])
    two[0].delete()
    with pytest.raises(Refused):
        erase(wish, by=two[1])
    assert cells_with(QUOTE)


def test_an_observer_neither_asks_nor_sees_the_words(client, withdrawn, two):
    wish = ask_to_erase(QUOTE, "A wish", by=two[0])
    olu = User.objects.create_user("olu", is_staff=True)
    olu.groups.add(Group.objects.get(name=OBSERVERS))
    client.force_login(olu)
    for address in ("add/", f"{wish.pk}/consent/"):
        assert client.get(f"/admin/editorial/erasure/{address}").status_code == 403
    assert "Zephyrine" not in client.get(f"/admin/editorial/erasure/{wish.pk}/change/").content.decode()


def test_a_wish_is_taken_back_and_settled_once(withdrawn, two, client):
    wish = ask_to_erase(QUOTE, "A wish", by=two[0])
    client.force_login(two[0])
    client.post(f"/admin/editorial/erasure/{wish.pk}/consent/", {"_take_back": "1"})
    with pytest.raises(Refused, match="settled"):
        erase(wish, by=two[1])
    assert cells_with(QUOTE)
    assert Erasure.objects.get().words == ""


@pytest.mark.parametrize("words", ["short", "        ", "……………………"])
def test_what_would_be_found_everywhere_is_refused(client, two, words):
    client.force_login(two[0])
    answer = client.post("/admin/editorial/erasure/add/", {"words": words, "reason": "A wish"})
    assert answer.status_code == 200
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    ("stored", "left"),
    [
        ("He said “Call me, Ann” twice", "He said [erased] twice"),
        ("He said &quot;call me, Ann&quot; twice", "He said [erased] twice"),
        ("<p>Call <b>me,</b>&nbsp;\nAnn</p>", "<p>[erased]</p>"),
        (json.dumps({"a": "“Call me, Ann”"}), '{"a": "[erased]"}'),
        ("Call me Ann", "[erased]"),
        ("Recall me, Anna", "Recall me, Anna"),
        ("Call me", "Call me"),
    ],
)
def test_words_are_found_however_they_are_written(stored, left):
    assert Words("“Call me, Ann”").without(stored) == left


def test_the_text_of_a_mail_that_waits_is_erased_too(two, db):
    outbox.put_in_outbox(Mail(to="a@b.example", subject="S", text=QUOTE))
    erase(ask_to_erase(QUOTE, "A wish", by=two[0]), by=two[1])
    assert Mail.objects.get().text == ERASED
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
