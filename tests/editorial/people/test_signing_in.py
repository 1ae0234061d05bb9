"""The door: who comes in, what the others hear, how often one may try, and when a session ends."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from time import process_time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import global_settings, settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.models import Mail
from editorial.outbox import send_due
from editorial.people.accounts import REFUSED, TOO_MANY
from tests.editorial.letters import letters
from tests.editorial.people.conftest import PASSWORD
from tests.spotlight.test_unchanged_pages import address_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("login", ["mei", "MEI", "mei@liia.example", "Mei@LIIA.example"])
def test_a_name_or_an_address_opens_the_desk(client, administrator, try_to_sign_in, login):
    answer, _ = try_to_sign_in(login, PASSWORD)
    assert answer.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_door_leads_back_to_the_page_that_was_asked_for(client, administrator):
    asked = client.get("/admin/submissions/theme/", follow=True)
    assert asked.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fsubmissions%2Ftheme%2F"
    credentials = {"login": "mei", "password": PASSWORD}
    answer = client.post("/accounts/login/", {**credentials, "next": "/admin/submissions/theme/"})
    assert answer.headers["Location"] == "/admin/submissions/theme/"
    client.logout()
    answer = client.post("/accounts/login/", {**credentials, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/admin/"


def test_djangos_own_form_lets_nobody_in(client, administrator, observer):
    credentials = {"username": "mei", "password": PASSWORD}
    assert client.post("/admin/login/", credentials).headers["Location"].startswith("/accounts/login/")
    client.force_login(observer)
    client.post("/admin/login/", credentials)
    assert client.session["_auth_user_id"] == str(observer.pk)


@pytest.fixture
def all_kinds(make_person):
    make_person("mei")
    make_person("reader", is_staff=False)
    make_person("gone", is_active=False)
    User.objects.filter(pk=make_person("invited").pk).update(password=make_password(None))


def test_everyone_who_is_refused_hears_the_same(all_kinds, try_to_sign_in):
    tries = [("mei", "wrong"), ("mei@liia.example", "wrong"), ("nobody", "wrong"), ("nobody@liia.example", "wrong")]
    tries += [("reader", PASSWORD), ("gone", PASSWORD), ("gone@liia.example", PASSWORD), ("invited", "wrong")]
    for login, password in tries:
        answer, said = try_to_sign_in(login, password)
        assert (answer.status_code, said) == (200, [REFUSED]), login


def test_an_address_that_two_accounts_share_opens_neither(make_person, try_to_sign_in):
    make_person("one")
    make_person("two")
    User.objects.update(email="shared@liia.example")
    assert try_to_sign_in("shared@liia.example", PASSWORD)[1] == [REFUSED]
    assert try_to_sign_in("two", PASSWORD)[0].status_code == 302


def test_a_refusal_takes_as_long_whether_or_not_there_is_an_account(make_person, try_to_sign_in, settings):
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    make_person("mei")
    make_person("gone", is_active=False)
    logins = ["mei", "mei@liia.example", "gone", "nobody", "nobody@liia.example"]
    times = dict.fromkeys(logins, float("inf"))
    for _ in range(12):  # the least of a few is what it takes; on a busy machine it takes more to find it
        times = {login: min(least, seconds(try_to_sign_in, login)) for login, least in times.items()}
        if max(times.values()) < 1.4 * min(times.values()):
            return
    pytest.fail(f"Not alike: {times}")


def seconds(try_to_sign_in, login):
    """Of the processor: what else the machine does is not counted."""
    cache.clear()
    start = process_time()
    try_to_sign_in(login)
    return process_time() - start


@pytest.mark.parametrize("login", ["mei", "mei@liia.example", "nobody"])
def test_after_five_wrong_passwords_the_right_one_waits_too(client, administrator, try_to_sign_in, login):
    assert [try_to_sign_in(login)[1] for _ in range(5)] == [[REFUSED]] * 5
    assert try_to_sign_in(login, PASSWORD)[1] == [TOO_MANY]
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        answer, said = try_to_sign_in(login, PASSWORD)
        assert (answer.status_code, said) == ((200, [REFUSED]) if login == "nobody" else (302, []))


def test_a_name_and_an_address_of_one_person_have_one_counter(client, administrator, try_to_sign_in):
    for login in ("mei", "MEI", "mei@liia.example", "Mei@liia.example", "mei"):
        assert try_to_sign_in(login)[1] == [REFUSED]
    for login in ("mei", "mei@liia.example"):
        assert try_to_sign_in(login, PASSWORD)[1] == [TOO_MANY]


def test_a_stranger_elsewhere_keeps_nobody_out(client, administrator, try_to_sign_in):
    for _ in range(8):
        client.post("/accounts/login/", {"login": "mei", "password": "wrong"}, REMOTE_ADDR="198.51.100.7")
    assert try_to_sign_in("mei", PASSWORD)[0].status_code == 302


@pytest.mark.parametrize("attempts", ["5 here", "100 from everywhere"])
def test_the_right_password_with_a_second_factor_passes_however_often_others_tried(client, administrator, attempts):
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    number = int(attempts.split()[0])
    for n in range(number):
        machine = {} if number == 5 else {"REMOTE_ADDR": f"198.51.100.{n}"}
        client.post("/accounts/login/", {"login": "mei", "password": "wrong"}, **machine)
    wrong = client.post("/accounts/login/", {"login": "mei", "password": "wrong"})
    assert TOO_MANY in wrong.content.decode()
    right = client.post("/accounts/login/", {"login": "mei", "password": PASSWORD})
    assert right.headers["Location"] == "/accounts/second-factor/code/"


def test_without_a_second_factor_guessing_from_everywhere_ends_too(client, administrator):
    for n in range(100):
        machine = {"REMOTE_ADDR": f"198.51.100.{n}"}
        client.post("/accounts/login/", {"login": "mei", "password": "wrong"}, **machine)
    answer = client.post("/accounts/login/", {"login": "mei", "password": PASSWORD}, REMOTE_ADDR="203.0.113.1")
    assert TOO_MANY in answer.content.decode()


ANOTHER_PROCESS = """
import django
django.setup()
from django.test import Client
answer = Client().post("/accounts/login/", {"login": "mei", "password": "wrong"})
print(answer.content.decode())
"""


@pytest.mark.django_db(transaction=True)
def test_attempts_are_counted_across_processes(administrator, try_to_sign_in):
    assert [try_to_sign_in("mei")[1] for _ in range(4)] == [[REFUSED]] * 4
    assert REFUSED in asked_elsewhere()
    assert TOO_MANY in asked_elsewhere()
    assert try_to_sign_in("mei", PASSWORD)[1] == [TOO_MANY]


def asked_elsewhere():
    """What another process of the server answers to a wrong password, on this test's database."""
    database = address_of(connection.settings_dict)
    environment = os.environ | {"DEBUG": "on", "ALLOWED_HOSTS": "testserver", "DATABASE_URL": database}
    environment["DJANGO_SETTINGS_MODULE"] = "spotlight.settings"
    command = [sys.executable, "-c", ANOTHER_PROCESS]
    done = subprocess.run(command, cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_session_ends_with_the_browser_and_after_eight_idle_hours(client, administrator, try_to_sign_in):
    answer, _ = try_to_sign_in("mei", PASSWORD)
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    now = timezone.now()
    with time_machine.travel(now) as clock:
        for hours in (7, 14, 21):  # at work, well beyond eight hours
            clock.move_to(now + timedelta(hours=hours))
            assert client.get("/admin/").status_code == 200
        clock.move_to(now + timedelta(hours=29, minutes=1))
        assert client.get("/admin/").status_code == 302


def test_whoever_leaves_the_staff_is_signed_out_at_once(client, administrator, try_to_sign_in):
    try_to_sign_in("mei", PASSWORD)
    User.objects.update(is_staff=False)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("address", ["signup/", "email/", "confirm-email/", "social/", "login/code/", ""])
def test_nobody_signs_up_or_changes_an_address(client, address):
    assert client.get(f"/accounts/{address}").status_code == 404


def asked_for_a_new_password(client, address):
    answer = client.post("/accounts/password/reset/", {"email": address}, follow=True)
    assert answer.redirect_chain == [("/accounts/password/reset/sent/", 302)]
    return answer.content.decode()


def test_a_forgotten_password_is_replaced_by_mail(client, administrator, try_to_sign_in):
    asked_for_a_new_password(client, "mei@liia.example")
    (sent,) = letters()
    assert (sent.to, sent.subject) == (["mei@liia.example"], "Practice Spotlight: a new password")
    link = re.search(r"https?://testserver(/accounts/password/reset/\S+)", sent.body)[1]
    for _ in range(2):
        client.get(link)  # a scanner of mails opens it first, and nothing happens
    form = client.get(link, follow=True)
    new = {"password1": "an even longer one", "password2": "an even longer one"}
    client.post(form.redirect_chain[-1][0], new)
    assert try_to_sign_in("mei", PASSWORD)[1] == [REFUSED]
    assert "This link no longer works" in client.get(link).content.decode()
    assert "Your password has been reset" in letters()[1].body
    assert try_to_sign_in("mei", "an even longer one")[0].status_code == 302


def test_who_is_invited_without_a_password_chooses_one_by_mail(client, make_person, try_to_sign_in):
    User.objects.filter(pk=make_person("new").pk).update(password=make_password(None))
    asked_for_a_new_password(client, "new@liia.example")
    form = client.get(re.search(r"(/accounts/password/reset/\S+)", letters()[0].body)[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": "chosen by themselves", "password2": "chosen by themselves"})
    assert try_to_sign_in("new", "chosen by themselves")[0].status_code == 302


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, administrator):
    assert asked_for_a_new_password(client, "nobody@liia.example") == asked_for_a_new_password(
        client, "mei@liia.example"
    )
    (sent,) = letters()
    assert sent.to == ["mei@liia.example"]


def test_a_dead_mail_server_loses_no_mail_and_tells_nobody_who_has_an_account(client, administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert asked_for_a_new_password(client, "mei@liia.example") == asked_for_a_new_password(client, "no@liia.example")
    assert send_due() == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        (sent,) = letters()
    assert sent.to == ["mei@liia.example"]
    assert not Mail.objects.exclude(to="mei@liia.example").exists()


def test_asking_for_a_new_password_does_the_same_whether_or_not_there_is_an_account(client, administrator):
    """The same statements in the same order: what differs could be timed."""
    asked_for_a_new_password(client, "first@liia.example")  # the count of this network's tries is there from now on
    asked = []
    for address in ("mei@liia.example", "nobody@liia.example"):
        with CaptureQueriesContext(connection) as queries:
            asked_for_a_new_password(client, address)
        asked.append([shape(query["sql"]) for query in queries])
    assert asked[0] == asked[1]


def shape(sql):
    """A statement without its values, and without the numbers of savepoints and of PostgreSQL's cursors."""
    return re.sub(r"'(?:[^']|'')*'|\"s\d+_x\d+\"|_django_curs_\d+_sync_\d+|\b\d[\d.]*\b", "?", sql)


def test_asking_too_often_is_refused_in_a_sentence(client, administrator):
    answers = [client.post("/accounts/password/reset/", {"email": "mei@liia.example"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Wait a few minutes" in answers[-1].content.decode()


def test_pages_of_an_account_are_kept_nowhere(client):
    for address in ("/accounts/login/", "/accounts/password/reset/"):
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("ETag")
