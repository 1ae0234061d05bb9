"""Drafts that nobody needs are put aside, out of lists and counts, and can be brought back; so are new versions."""

import pytest
from django.contrib.auth.models import Group, User

from editorial.edits import restore_version
from editorial.people.rights import EDITORS
from editorial.workflow import discard, transition
from submissions.models import Doubt, Submission

LIST = "/admin/submissions/submission/"


@pytest.fixture
def editor(client, group):
    ed = User.objects.create_user("ed", password="ed has a long password", is_staff=True)
    ed.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(ed)
    return client


@pytest.fixture
def mistake(make_entry):
    entry = make_entry(status="draft", published_on=None, title="A mistake", figures=["proposed"], themes=["housing"])
    Doubt.objects.create(kind="empty-label", message="?", category=entry.categories.get(), submission=entry, line=1)
    return entry


def page(entry, name="discard"):
    return f"{LIST}{entry.pk}/{name}/"


def listed(client, query=""):
    return list(client.get(f"{LIST}{query}").context["cl"].result_list)


def test_an_editor_discards_a_draft_and_brings_it_back(editor, mistake):
    assert "Discard this draft" in editor.get(page(mistake, "change")).content.decode()
    assert editor.get(page(mistake)).status_code == 200
    mistake.refresh_from_db()
    assert mistake.status == "draft"
    editor.post(page(mistake), {"_discard": "1"})
    assert listed(editor) == []
    assert listed(editor, "?status__exact=discarded") == [mistake]
    said = editor.get("/admin/").content.decode()
    assert "1 discarded" not in said
    assert "Nothing to decide" in said
    assert "Nothing to settle" in said
    editor.post(page(mistake), {"_bring_back": "1"})
    assert listed(editor) == [mistake]
    assert [event.what for event in mistake.events.all()] == ["Brought back as a draft", "Discarded"]
    assert mistake.metrics.count() == mistake.doubts.count() == 1


def test_what_is_discarded_is_not_counted_beside_its_theme(editor, mistake):
    theme = "/admin/submissions/theme/?q=housing"
    before = editor.get(theme).context["cl"].result_list[0].n_entries
    editor.post(page(mistake), {"_discard": "1"})
    assert (before, editor.get(theme).context["cl"].result_list[0].n_entries) == (1, 0)


@pytest.mark.parametrize("status", ["authority", "signed-off", "published", "withdrawn"])
def test_nothing_else_is_discarded(desk, make_entry, status):
    entry = make_entry(status=status)
    assert desk.post(page(entry), {"_discard": "1"}).status_code == 403
    entry.refresh_from_db()
    assert entry.status == status


def test_what_readers_have_seen_is_not_discarded_though_it_is_a_draft_again(desk, make_entry):
    entry = make_entry(status="draft")  # withdrawn, and then taken back
    assert entry.published_on
    assert desk.post(page(entry), {"_discard": "1"}).status_code == 403


def test_a_draft_that_an_authority_was_asked_about_is_left_to_an_administrator(editor, desk, draft):
    transition(draft, "send")
    transition(draft, "take-back")
    desk.logout()
    desk.force_login(User.objects.get(username="ed"))
    assert desk.post(page(draft), {"_discard": "1"}).status_code == 403
    desk.force_login(User.objects.get(username="mei"))
    desk.post(page(draft), {"_discard": "1"})
    draft.refresh_from_db()
    assert draft.status == "discarded"


def test_a_new_version_is_discarded_and_its_text_can_be_put_back(desk, send_form, make_entry, administrator):
    live = make_entry(signed_off=True, title="Now")
    send_form(page(live, "change"), title="Later")
    version = Submission.objects.get(replaces=live)
    desk.post(page(version), {"_discard": "1"})
    assert not Submission.objects.filter(pk=version.pk).exists()
    live.refresh_from_db()
    assert (live.title, live.status) == ("Now", "published")
    assert live.sign_offs.standing().exists()
    kept = next(one for one in live.versions.all() if one.content["fields"]["title"] == "Later")
    again = restore_version(kept, by=administrator)
    assert (again.title, again.replaces) == ("Later", live)


def test_a_discarded_draft_is_no_draft_to_anything_else(mistake, administrator):
    discard(mistake, by=administrator)
    entry = Submission.objects.get(pk=mistake.pk)
    assert entry.status == "discarded"
    assert not Doubt.objects.open().exists()
    assert not Submission.objects.published().exists()


@pytest.mark.parametrize("address", ["/submissions/{slug}/", "/s/{pk}"])
def test_readers_find_nothing_of_it(client, mistake, address):
    discard(mistake)
    assert client.get(address.format(slug=mistake.slug, pk=mistake.pk)).status_code == 404
