"""People at the desk: invited, given a role, helped; nobody raised above an administrator, and the last one stays."""

import re
import threading

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from editorial.people.desk import administrators
from editorial.people.rights import ADMINISTRATORS, EDITORS, OBSERVERS
from spotlight.desk.bulk_acts import BulkActs
from tests.admin.conftest import fields_of
from tests.editorial.letters import letters

LIST = "/admin/auth/user/"
CONTENT = ContentType.objects.get_for_model


def words(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def form_of(person):
    return f"{LIST}{person.pk}/change/"


def change(client, person, **fields):
    address = form_of(person)
    return client.post(address, fields_of(client.get(address)) | fields, follow=True)


@pytest.fixture
def second(make_person):
    return make_person("ben", ADMINISTRATORS, first_name="Ben", last_name="Adeyemi")


def sent_by(client):
    """Each way by which a person is kept from the desk, as (name, a function of client and person)."""
    return {
        "deactivated": lambda person: change(client, person, is_active=""),
        "demoted": lambda person: change(client, person, role=OBSERVERS),
        "deleted": lambda person: client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}, follow=True),
    }


def test_every_list_of_the_desk_is_ours():
    assert all(isinstance(desk, BulkActs) for desk in admin.site._registry.values())
    assert not {Group, Authenticator} & set(admin.site._registry)


def test_a_colleague_is_invited_by_name_address_and_role(client, administrator, try_to_sign_in):
    client.force_login(administrator)
    form = {"name": "Nia  Okafor", "email": "nia@liia.example", "role": EDITORS}
    said = words(client.post(f"{LIST}add/", form, follow=True))
    assert "A mail is on its way to nia@liia.example." in said
    nia = User.objects.get(email="nia@liia.example")
    assert (nia.username, nia.get_full_name()) == ("nia.okafor", "Nia Okafor")
    assert (nia.is_staff, nia.is_superuser) == (True, False)
    assert [group.name for group in nia.groups.all()] == [EDITORS]
    link = re.search(r"(/accounts/password/reset/\S+)", letters()[0].body)[1]
    client.logout()
    chosen = client.get(link, follow=True)
    client.post(chosen.redirect_chain[-1][0], {"password1": "chosen by herself", "password2": "chosen by herself"})
    assert try_to_sign_in("nia.okafor", "chosen by herself")[0].status_code == 302
    letters()


def test_the_form_says_nothing_of_django(client, administrator, second):
    client.force_login(administrator)
    for address in (LIST, f"{LIST}add/", form_of(second), f"{LIST}{second.pk}/delete/"):
        text = words(client.get(address, follow=True))
        for word in ("uperuser", "ermissions", "LDAP", "taff status", "uthentication", "Chosen groups"):
            assert word not in text, (address, word)


@pytest.mark.parametrize(
    "extra", [{"is_superuser": "on"}, {"is_staff": ""}, {"user_permissions": "1"}, {"groups": "1"}]
)
def test_nobody_is_raised_above_an_administrator(client, administrator, second, extra):
    client.force_login(administrator)
    for person in (second, administrator):
        change(client, person, **extra)
        person.refresh_from_db()
        assert (person.is_superuser, person.is_staff) == (False, True)
        assert not person.user_permissions.exists()
        assert [group.name for group in person.groups.all()] == [ADMINISTRATORS]


def test_a_role_that_is_none_of_three_is_refused(client, administrator, second):
    Group.objects.create(name="Owners")
    client.force_login(administrator)
    change(client, second, role="Owners")
    assert [group.name for group in second.groups.all()] == [ADMINISTRATORS]


def test_who_may_do_everything_is_changed_by_none_but_their_like(client, administrator, make_person):
    chief = make_person("chief", is_superuser=True)
    before = User.objects.filter(pk=chief.pk).values().get()
    client.force_login(administrator)
    page = client.get(form_of(chief))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    sent = {"name": "X", "email": "x@y.example", "role": OBSERVERS}
    assert client.post(form_of(chief), sent).status_code == 403
    assert client.post(f"{LIST}{chief.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}{chief.pk}/invite/").status_code == 403
    assert User.objects.filter(pk=chief.pk).values().get() == before


@pytest.mark.parametrize("who", ["editor", "observer"])
def test_nobody_else_sees_or_changes_people(client, administrator, request, who):
    client.force_login(request.getfixturevalue(who))
    for address in (LIST, f"{LIST}add/", form_of(administrator), f"{LIST}{administrator.pk}/delete/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"post": "yes"}).status_code == 403
    for address in ("invite", "second-factor"):
        assert client.post(f"{LIST}{administrator.pk}/{address}/").status_code == 403


@pytest.mark.parametrize("way", ["deactivated", "demoted", "deleted"])
def test_nobody_takes_the_desk_from_themselves(client, administrator, second, way):
    client.force_login(administrator)
    sent_by(client)[way](administrator)
    assert administrator in administrators()


@pytest.mark.parametrize("way", ["deactivated", "demoted", "deleted"])
def test_the_last_who_can_look_after_the_desk_stays(client, administrator, make_person, way):
    """Somebody who may do everything but has no password is no way in, and cannot send the last one away."""
    chief = make_person("chief", is_superuser=True)
    User.objects.filter(pk=chief.pk).update(password="!")
    client.force_login(User.objects.get(pk=chief.pk))
    said = words(sent_by(client)[way](administrator))
    assert "Nobody else could look after the desk then." in said
    assert administrators() == [administrator]


@pytest.mark.parametrize("way", ["deactivated", "demoted", "deleted"])
def test_a_second_one_may_go(client, administrator, second, way):
    client.force_login(administrator)
    sent_by(client)[way](second)
    assert administrators() == [administrator]


@pytest.mark.django_db(transaction=True)
def test_two_who_send_each_other_away_at_once_leave_one(administrator, second):
    clients = []
    for one, other in ((administrator, second), (second, administrator)):
        client = Client()
        client.force_login(one)
        fields = fields_of(client.get(form_of(other)))
        fields.pop("is_active")
        clients.append((client, form_of(other), fields))
    together = threading.Barrier(2)

    def send(client, address, fields):
        together.wait()
        client.post(address, fields)
        connection.close()

    threads = [threading.Thread(target=send, args=args) for args in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(administrators()) == 1


def test_who_has_worked_here_is_not_deleted_and_who_was_invited_by_mistake_is(client, administrator, second):
    LogEntry.objects.create(user=second, content_type=CONTENT(User), object_id=administrator.pk, action_flag=2)
    client.force_login(administrator)
    said = words(client.post(f"{LIST}{second.pk}/delete/", {"post": "yes"}, follow=True))
    assert "work done here carries that name. Untick “May sign in” instead." in said
    LogEntry.objects.filter(user=second).delete()
    client.post(f"{LIST}{second.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=second.pk).exists()


def test_a_lost_second_factor_is_removed_by_the_other_and_both_are_told(client, administrator, second):
    TOTP.activate(second, "JBSWY3DPEHPK3PXP")
    client.force_login(administrator)
    address = f"{LIST}{second.pk}/second-factor/"
    assert "Remove the second factor of Ben Adeyemi?" in words(client.get(address))
    assert Authenticator.objects.filter(user=second).exists()
    client.post(address)
    assert not Authenticator.objects.filter(user=second).exists()
    assert {to for sent in letters() for to in sent.to} == {administrator.email, second.email}
    assert client.post(f"{LIST}{administrator.pk}/second-factor/").status_code == 403


def test_the_story_says_who_changed_whom(client, administrator, second):
    client.force_login(administrator)
    change(client, second, role=EDITORS, name="Ben Ade")
    story = words(client.get(f"{LIST}{second.pk}/history/"))
    assert "Name: Ben Adeyemi → Ben Ade; Role: LIIA administrators → Editors." in story
    assert "mei" in story


def test_a_new_address_ends_the_old_one_and_says_so_there(client, administrator, second):
    client.force_login(administrator)
    change(client, second, email="ben.new@liia.example")
    assert letters()[0].to == ["ben@liia.example"]
    client.logout()
    client.post("/accounts/password/reset/", {"email": "ben@liia.example"})
    client.post("/accounts/password/reset/", {"email": "ben.new@liia.example"})
    assert letters()[-1].to == ["ben.new@liia.example"]
    assert [to for sent in letters() for to in sent.to].count("ben@liia.example") == 1


def test_two_people_have_two_addresses(client, administrator, second):
    client.force_login(administrator)
    answer = change(client, second, email="MEI@liia.example")
    assert "Somebody else’s account has this e-mail address." in words(answer)


def test_the_first_page_warns_while_only_one_can_look_after_the_desk(client, administrator, make_person):
    client.force_login(administrator)
    warning = "Only one person can look after the desk."
    assert warning in words(client.get("/admin/"))
    make_person("ben", ADMINISTRATORS)
    assert warning not in words(client.get("/admin/"))
