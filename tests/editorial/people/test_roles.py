"""What each role may do: the last page of the desk is asked, not the table of rights."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from boroughs.models import Contact
from editorial.people.rights import ADMINISTRATORS, APPS, EDITORS, OBSERVERS, give_rights
from submissions.models import Submission, Voice
from tests.admin.conftest import carry_out, fields_of


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def send(client, address, **changes):
    """The answer to a form of the desk, opened, changed in these fields and sent."""
    return client.post(address, fields_of(client.get(address)) | changes)


@pytest.fixture
def draft(catalogue):
    Submission.objects.filter(pk=2).update(status="draft")
    return Submission.objects.get(pk=2)


def test_an_editor_corrects_a_draft_and_it_stays_one(client, editor, draft):
    client.force_login(editor)
    address = page(Submission, "change", draft.pk)
    assert send(client, address, title="A better title", status="published").status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("A better title", "draft")


def test_an_editor_starts_an_entry_only_as_a_draft(client, editor, catalogue):
    client.force_login(editor)
    form = client.get(page(Submission, "add")).context["adminform"].form
    assert "title" in form.fields
    assert "status" not in form.fields


@pytest.mark.parametrize("status", [status for status in Submission.Status if status != "draft"])
def test_an_editor_reads_what_is_no_draft_and_does_not_change_it(client, editor, catalogue, status):
    Submission.objects.filter(pk=1).update(status=status)
    client.force_login(editor)
    address = page(Submission, "change", 1)
    opened = client.get(address)
    assert opened.status_code == 200
    assert not opened.context["has_change_permission"]
    assert client.post(address, {"title": "Changed"}).status_code == 403


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected"])
@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_editor_neither_publishes_nor_withdraws(client, editor, draft, action, status):
    client.force_login(editor)
    Submission.objects.update(status=status)
    carry_out(client, page(Submission, "changelist"), action, 1, 2)
    assert set(Submission.objects.values_list("status", flat=True)) == {status}


def test_an_editor_does_not_withdraw_published_words(client, editor, catalogue):
    client.force_login(editor)
    voice = Voice.objects.first()
    carry_out(client, page(Voice, "changelist"), "withdraw", voice.pk)
    assert not Voice.objects.filter(withdrawn_at__isnull=False).exists()
    assert client.post(page(Voice, "change", voice.pk), {"speaker": "X"}).status_code == 403


def test_an_administrator_publishes(client, administrator, draft):
    client.force_login(administrator)
    Submission.objects.filter(pk=draft.pk).update(status="signed-off")
    carry_out(client, page(Submission, "changelist"), "publish_selected", draft.pk)
    draft.refresh_from_db()
    assert draft.is_published


def test_an_editor_keeps_contacts_and_words_and_deletes_neither(client, editor, catalogue):
    client.force_login(editor)
    contact = Contact.objects.first()
    assert send(client, page(Contact, "change", contact.pk), role="Head of Service").status_code == 302
    contact.refresh_from_db()
    assert contact.role == "Head of Service"
    assert client.post(page(Contact, "delete", contact.pk), {"post": "yes"}).status_code == 403


def ours():
    return [model for model in admin.site._registry if model._meta.app_label in APPS]


def test_an_observer_sees_every_list_and_every_record(client, observer, catalogue):
    client.force_login(observer)
    for model in ours():
        assert client.get(page(model, "changelist")).status_code == 200, model
        if record := model.objects.first():
            assert client.get(page(model, "change", record.pk)).status_code == 200, model


def test_an_observer_changes_nothing(client, observer, catalogue):
    client.force_login(observer)
    before = everything()
    for model in ours():
        record = model.objects.first()
        refused = [page(model, "add")]
        refused += [page(model, name, record.pk) for name in ("change", "delete")] if record else []
        for address in refused:
            assert client.post(address, {"post": "yes", "title": "X", "name": "X"}).status_code == 403, address
        actions = client.get(page(model, "changelist")).context["action_form"]
        assert actions is None, model
    assert everything() == before


def everything():
    return {model: list(model.objects.order_by("pk").values()) for model in ours()}


def test_administrators_look_after_people_and_nobody_in_a_role_gives_rights():
    for model, roles in {"auth.user": [ADMINISTRATORS], "auth.group": [], "mfa.authenticator": []}.items():
        app, name = model.split(".")
        rights = Permission.objects.filter(content_type__app_label=app, content_type__model=name)
        assert rights.exists()
        assert set(Group.objects.filter(permissions__in=rights).values_list("name", flat=True)) == set(roles)


def test_a_model_that_is_new_to_the_desk_reaches_every_role(db):
    give_rights()
    mine = Permission.objects.filter(content_type__app_label="survey", content_type__model="survey")
    for group in Group.objects.all():
        group.permissions.remove(*mine)
    call_command("migrate", verbosity=0)
    given = {group.name: codenames(group, mine) for group in Group.objects.all()}
    writes = {"view_survey", "add_survey", "change_survey"}
    assert given == {ADMINISTRATORS: writes | {"delete_survey"}, EDITORS: writes, OBSERVERS: {"view_survey"}}


def test_what_a_person_changed_about_a_role_stays(db):
    give_rights()
    themes = Permission.objects.filter(content_type__app_label="submissions", content_type__model="theme")
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.remove(themes.get(codename="add_theme"))
    editors.permissions.add(themes.get(codename="delete_theme"))
    call_command("migrate", verbosity=0)
    assert codenames(editors, themes) == {"view_theme", "change_theme", "delete_theme"}


def codenames(group, permissions):
    return set(permissions.filter(group=group).values_list("codename", flat=True))


def test_an_editor_begins_a_new_version_of_a_published_entry_and_writes_in_it(client, editor, catalogue):
    client.force_login(editor)
    carry_out(client, page(Submission, "changelist"), "begin_new_versions", 1)
    begun = Submission.objects.get(replaces=1)
    assert send(client, page(Submission, "change", begun.pk), title="A better title").status_code == 302
    assert client.post(f"/admin/submissions/submission/{begun.pk}/sign_off/", {"_record": "1"}).status_code == 403
    assert Submission.objects.get(replaces=1).title == "A better title"
    assert Submission.objects.get(pk=1).title != "A better title"
