"""Every act on many records asks first: on every list of the desk, whatever action it has or will have."""

import hashlib

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from boroughs.models import Contact
from editorial.models import Failure, Mail
from spotlight.desk.bulk_acts import CHANGED
from submissions.derived import renew
from submissions.models import OutcomeMetric, Submission
from tests.admin.conftest import carry_out

NOT_CONTENT = ("django_session", "shared_cache", "sqlite_sequence")


def everything():
    """A digest of every table's rows, without what a visit alone writes."""
    names = [name for name in sorted(connection.introspection.table_names()) if not name.startswith(NOT_CONTENT)]
    with connection.cursor() as cursor:
        return {name: _digest(cursor, name) for name in names}


def _digest(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return hashlib.sha256("".join(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()


@pytest.fixture
def chief(client, db):
    """Somebody who may do everything, so that every action is offered."""
    person = User.objects.create_superuser("chief", "chief@liia.example", "a long password of theirs")
    client.force_login(person)
    return client


@pytest.fixture
def full(seed_catalogue):
    for number in range(3):
        Mail.objects.create(to=f"{number}@merton.gov.uk", subject="A subject", text="Text", html="<p>Text</p>")
        Failure.objects.create(task="Ask contacts", record=f"a {number}", words="Ann", problem="No server answers.")
    OutcomeMetric.objects.filter(pk__in=OutcomeMetric.objects.values("pk")[:3]).update(status="proposed")
    renew()  # else the first request does


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def acts():
    """(model, name of the action) for each action of each list."""
    request = RequestFactory().get("/admin/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    return [(model, name) for model, desk in admin.site._registry.items() for name in desk.get_actions(request)]


def test_an_act_alone_changes_nothing_and_its_page_names_what_it_would_touch(chief, full):
    found, before = acts(), everything()
    assert (Submission, "withdraw_selected") in found
    for model, name in found:
        for number in (1, 3):
            records = list(model.objects.all()[:number])
            assert records, model
            sent = {"action": name, "_selected_action": [record.pk for record in records]}
            answer = chief.post(list_of(model), sent)
            assert everything() == before, (model, name)
            if answer.status_code == 200:
                assert "carried" in answer.context, (model, name, answer.content.decode()[:3000])
                shown = [*answer.context["records"], *(record for record, _ in answer.context["left_out"])]
                assert sorted(record.pk for record in shown) == sorted(record.pk for record in records), (model, name)


def test_nothing_ticked_does_nothing(chief, full):
    before = everything()
    for model, name in acts():
        chief.post(list_of(model), {"action": name, "index": "0"})
    assert everything() == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_confirmation_does_it(chief, full, number):
    keys = [entry.pk for entry in Submission.objects.all()[:number]]
    answer = carry_out(chief, list_of(Submission), "withdraw_selected", *keys)
    assert "no longer shown" in answer.content.decode()
    assert set(Submission.objects.filter(status="withdrawn").values_list("pk", flat=True)) == set(keys)


def test_all_of_a_filtered_list_are_named_and_no_more_are_touched(chief, full):
    entries = Submission.objects.filter(themes__slug="housing").order_by("pk")
    sent = {"action": "withdraw_selected", "_selected_action": [entries[0].pk], "select_across": "1"}
    asked = chief.post(f"{list_of(Submission)}?theme=housing", sent)
    assert [record.pk for record in asked.context["records"]] != []
    Submission.objects.get(pk=Submission.objects.exclude(themes__slug="housing").first().pk)
    chief.post(f"{list_of(Submission)}?theme=housing", asked.context["carried"])
    withdrawn = Submission.objects.filter(status="withdrawn").order_by("pk")
    assert list(withdrawn) == list(entries)


def test_what_has_changed_since_the_page_is_said_and_nothing_is_done(chief, full):
    sent = {"action": "withdraw_selected", "_selected_action": [1, 2]}
    asked = chief.post(list_of(Submission), sent)
    Submission.objects.filter(pk=1).update(title="Another title")
    before = Submission.objects.order_by("pk").values_list("status", flat=True)
    again = chief.post(list_of(Submission), asked.context["carried"])
    assert again.status_code == 409
    assert CHANGED in again.content.decode()
    assert set(before) == {"published"}
    chief.post(list_of(Submission), again.context["carried"])
    assert Submission.objects.filter(status="withdrawn").count() == 2


def test_pressed_twice_it_is_done_once(chief, full):
    contact = Contact.objects.exclude(email="").first()
    asked = chief.post(list_of(Contact), {"action": "ask_now", "_selected_action": [contact.pk]})
    for _ in range(2):
        said = chief.post(list_of(Contact), asked.context["carried"], follow=True).content.decode()
    assert "This was done already, and not again." in said
    assert contact.checks.count() == 1


def test_another_act_cannot_be_put_in_place_of_the_one_shown(chief, full):
    asked = chief.post(list_of(Submission), {"action": "begin_new_versions", "_selected_action": [1]})
    chief.post(list_of(Submission), asked.context["carried"] | {"action": "withdraw_selected"})
    assert not Submission.objects.filter(status="withdrawn").exists()
