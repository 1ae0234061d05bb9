"""Doubts as a to-do list: open ones first, settled with a name, a day and a note, and opened again."""

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from boroughs.models import Contact
from submissions.models import Doubt
from tests.admin.conftest import carry_out


@pytest.fixture
def doubts(make_entry):
    entry = make_entry(title="Driving", contact="ann@example.org")
    contact = Contact.objects.get()
    shared = {"category": entry.categories.get(), "submission": entry, "contact": contact, "kind": "contact-address"}
    return [Doubt.objects.create(line=line, message=f"Doubt {line}.", **shared) for line in (9, 5, 7)]


def address(doubt):
    return f"/admin/submissions/doubt/{doubt.pk}/change/"


def listed(response):
    return [doubt.message for doubt in response.context["cl"].result_list]


def test_open_ones_come_first_in_the_order_of_the_page(desk, doubts, administrator):
    doubts[1].settle(by=administrator, note="Asked, and right.")
    assert listed(desk.get("/admin/submissions/doubt/")) == ["Doubt 7.", "Doubt 9.", "Doubt 5."]
    assert listed(desk.get("/admin/submissions/doubt/", {"state": "open"})) == ["Doubt 7.", "Doubt 9."]
    assert listed(desk.get("/admin/submissions/doubt/", {"state": "settled"})) == ["Doubt 5."]
    assert listed(desk.get("/admin/submissions/doubt/", {"kind__exact": "empty-label"})) == []


def test_one_button_settles_and_one_opens_again(desk, doubts, administrator):
    doubt = doubts[0]
    assert "Save and settle" in desk.get(address(doubt)).content.decode()
    assert desk.post(address(doubt), {"note": "Asked Merton.", "_settle": "1"}).status_code == 302
    doubt.refresh_from_db()
    assert (doubt.settled_by, doubt.note, doubt.settled_at is not None) == (administrator, "Asked Merton.", True)
    settled = desk.get(address(doubt)).content.decode()
    assert "Save and open it again" in settled
    assert f"{date_format(localtime(doubt.settled_at), 'j F Y')} by mei" in settled
    desk.post(address(doubt), {"note": "Asked Merton twice.", "_reopen": "1"})
    doubt.refresh_from_db()
    assert (doubt.settled_by, doubt.settled_at, doubt.note) == (None, None, "Asked Merton twice.")


def test_a_note_alone_settles_nothing(desk, doubts):
    desk.post(address(doubts[0]), {"note": "Waiting for an answer.", "_save": "1"})
    doubts[0].refresh_from_db()
    assert (doubts[0].note, doubts[0].settled_at) == ("Waiting for an answer.", None)


def test_what_the_page_reader_wrote_cannot_be_changed(desk, doubts):
    desk.post(address(doubts[0]), {"note": "", "message": "All is well.", "line": "1", "_save": "1"})
    doubts[0].refresh_from_db()
    assert (doubts[0].message, doubts[0].line) == ("Doubt 9.", 9)


def test_the_form_leads_to_the_entry_and_the_contact_and_names_the_line(desk, doubts):
    page = desk.get(address(doubts[0])).content.decode()
    assert f'href="/admin/submissions/submission/{doubts[0].submission.pk}/change/">Driving</a>' in page
    assert f'href="/admin/boroughs/contact/{doubts[0].contact.pk}/change/"' in page
    assert "Line 9 of the published page “On Care leavers”" in page


def act(desk, action, doubts, note=""):
    keys = [doubt.pk for doubt in doubts]
    return carry_out(desk, "/admin/submissions/doubt/", action, *keys, note=note).content.decode()


def test_several_are_settled_from_the_list_with_one_note(desk, doubts, administrator):
    doubts[0].settle(by=administrator, note="Settled before.")
    assert "2 doubts are settled." in act(desk, "settle_selected", doubts, note="All asked in one e-mail.")
    notes = Doubt.objects.order_by("line").values_list("note", flat=True)
    assert list(notes) == ["All asked in one e-mail.", "All asked in one e-mail.", "Settled before."]
    assert "3 doubts are open again." in act(desk, "reopen_selected", doubts)
    assert Doubt.objects.open().count() == 3


def test_settling_is_in_the_history(desk, doubts):
    desk.post(address(doubts[0]), {"note": "", "_settle": "1"})
    act(desk, "reopen_selected", doubts[:1])
    history = desk.get(f"/admin/submissions/doubt/{doubts[0].pk}/history/").content.decode()
    assert "Settled." in history
    assert "Opened again from the list." in history
