"""The second factor where the settings ask for it: nothing of the desk opens before it, in no session."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.urls import reverse

from boroughs.models import Contact
from editorial.models import Correction
from submissions.models import Submission
from tests.editorial.corrections.conftest import entry, tell
from tests.editorial.people.conftest import PASSWORD

__all__ = ["entry", "tell"]
HERE = "http://testserver"
SECRET = "JBSWY3DPEHPK3PXP"
SET_UP, CODE, CONFIRM = (
    "/accounts/second-factor/",
    "/accounts/second-factor/code/",
    "/accounts/second-factor/confirm/",
)


def code(secret=SECRET):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture(autouse=True)
def asked_for(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def with_app(administrator):
    TOTP.activate(administrator, SECRET)
    return administrator


def sign_in(client, **more):
    return client.post("/accounts/login/", {"login": "mei", "password": PASSWORD, **more})


@pytest.mark.parametrize("address", ["/admin/", "/admin/submissions/submission/1/change/", "/", "/submissions/"])
def test_without_one_every_page_leads_to_setting_one_up(client, administrator, catalogue, address):
    sign_in(client)
    assert client.get(address).headers["Location"] == SET_UP
    assert "your account needs a second factor" in client.get(SET_UP).content.decode()


def test_without_one_nothing_is_written_either(client, administrator, catalogue):
    sign_in(client)
    action = {"action": "withdraw_selected", "_selected_action": [1]}
    answer = client.post("/admin/submissions/submission/", action)
    assert answer.status_code == 403 and f'href="{SET_UP}"' in answer.content.decode()
    assert Submission.objects.get(pk=1).is_published


def test_without_one_what_was_typed_at_the_desk_is_given_back_and_can_be_sent_after(client, administrator):
    sign_in(client)
    address, here = "/admin/boroughs/contact/add/", {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": HERE}
    answer = client.post(address, {"name": "Ann Typed", "role": "Lead", "email": ""}, **here)
    page = answer.content.decode()
    assert "Ann Typed" in page and "Nothing was done." in page and "send it again" in page
    assert not Contact.objects.exists()
    client.logout()
    TOTP.activate(administrator, SECRET)
    sign_in(client)
    client.post(CODE, {"code": code()})
    fields = {field["name"]: field["value"] for field in answer.context["typed"] + answer.context["carried"]}
    assert client.post(address, fields, **here).status_code == 302
    assert Contact.objects.get().name == "Ann Typed"


@pytest.mark.parametrize("has_one", [False, True])
def test_without_one_a_readers_form_comes_in_all_the_same(client, administrator, tell, has_one):
    if has_one:
        TOTP.activate(administrator, SECRET)
    client.force_login(administrator)
    assert tell().status_code == 302
    assert Correction.objects.count() == 1


def test_a_password_alone_opens_nothing_where_there_is_one(client, with_app):
    assert sign_in(client).headers["Location"] == CODE
    assert client.get("/admin/").status_code == 302
    assert "_auth_user_id" not in client.session
    client.post(CODE, {"code": "000000"})
    assert "_auth_user_id" not in client.session


def test_the_code_opens_the_desk_at_the_page_asked_for(client, with_app):
    sign_in(client, next="/admin/submissions/theme/")
    assert client.post(CODE, {"code": code()}).headers["Location"] == "/admin/submissions/theme/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_the_desk_once(client, with_app):
    recovery = RecoveryCodes.activate(with_app).get_unused_codes()[0]
    sign_in(client)
    assert client.post(CODE, {"code": recovery}).headers["Location"] == "/admin/"
    client.logout()
    sign_in(client)
    assert client.post(CODE, {"code": recovery}).status_code == 200


def test_guessing_codes_is_throttled(client, with_app):
    sign_in(client)
    said = [client.post(CODE, {"code": "000000"}).context["form"].errors["code"] for _ in range(6)]
    assert [errors[0].startswith("Too many attempts.") for errors in said] == [False] * 5 + [True]
    assert client.post(CODE, {"code": code()}).status_code == 200


@pytest.mark.parametrize(
    "name", ["admin:index", "mfa_index", "mfa_deactivate_totp", "account_change_password", "account_reauthenticate"]
)
def test_a_session_from_before_shows_it_first_and_cannot_take_it_away(client, administrator, name):
    sign_in(client)
    TOTP.activate(administrator, SECRET)
    assert client.get(reverse(name)).headers["Location"].startswith(f"{CONFIRM}?next=")
    assert client.post(f"{CONFIRM}?next=/admin/", {"code": code()}).headers["Location"] == "/admin/"
    assert client.get(reverse(name)).status_code == 200


def test_whoever_lost_theirs_is_led_to_a_new_one_after_it_is_deleted_at_the_desk(client, make_person, with_app):
    helper = make_person("root", is_superuser=True)
    TOTP.activate(helper, SECRET)
    client.post("/accounts/login/", {"login": "root", "password": PASSWORD})
    client.post(CODE, {"code": code()})
    lost = Authenticator.objects.get(user=with_app)
    page = client.get(reverse("admin:auth_user_second_factor", args=[lost.user_id])).content.decode()
    assert SECRET not in page
    client.post(reverse("admin:auth_user_second_factor", args=[lost.user_id]))
    client.logout()
    sign_in(client)
    assert client.get("/admin/").headers["Location"] == SET_UP


def test_one_can_always_leave(client, administrator):
    sign_in(client)
    assert client.post("/accounts/logout/").headers["Location"] == "/accounts/login/"
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


def test_readers_are_asked_for_nothing(client, catalogue, django_assert_num_queries):
    client.get("/about/")
    with django_assert_num_queries(2):
        answer = client.get("/about/")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_a_first_look_on_this_machine_needs_none(client, administrator, settings):
    settings.SECOND_FACTOR = False
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_an_address_that_left_the_staff_does_not_come_back_by_its_session(client, with_app):
    sign_in(client)
    User.objects.update(is_active=False)
    client.post(CODE, {"code": code()})
    assert client.get("/admin/").status_code == 302
