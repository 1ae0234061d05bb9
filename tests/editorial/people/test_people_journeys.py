"""The doors of the desk in a real browser, under the strict policy: an app's code, a passkey, a forgotten password."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from editorial.people.rights import OBSERVERS
from tests.database import load_catalogue
from tests.editorial.letters import letters
from tests.editorial.people.conftest import PASSWORD

DESK = "What would you like to do?"


@pytest.fixture
def asked_for(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def staff(transactional_db, administrator):
    return administrator


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def heading(page):
    return page.get_by_role("heading", level=1)


def sign_in(page, password=PASSWORD):
    page.goto("/admin/")
    expect(heading(page)).to_have_text("Sign in")
    page.get_by_label("User name or e-mail address").fill("mei@liia.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture
def add_device():
    """add_device(page) → the page's browser has a fingerprint reader that always says yes."""

    def added(page):
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
        tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return added


def set_up_app(page):
    """From the page that asks for a second factor to the recovery codes."""
    page.get_by_role("link", name="Add an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert page.locator(".qr").evaluate("image => image.naturalWidth") > 100
    secret = page.locator("code").text_content()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(heading(page)).to_have_text("Recovery codes")


def test_a_first_sign_in_with_an_authenticator_app(page, staff, asked_for):
    sign_in(page)
    expect(page.get_by_text("your account needs a second factor")).to_be_visible()
    set_up_app(page)
    recovery = page.locator(".codes code").first.text_content()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save them as a file").click()
    assert recovery in saved.value.path().read_text()
    page.get_by_role("link", name="LIIA’s desk", exact=True).click()
    expect(heading(page)).to_have_text(DESK)
    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    expect(heading(page)).to_have_text("Your second factor")
    page.get_by_label("Code").fill("123")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("That code is not right")).to_be_visible()
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Go on").click()
    expect(heading(page)).to_have_text(DESK)


def add_passkey(page):
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What you call it").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(heading(page)).to_have_text("Recovery codes")


def test_a_passkey_is_added_and_then_opens_the_desk_alone(page, staff, asked_for, add_device):
    add_device(page)
    sign_in(page)
    add_passkey(page)
    page.get_by_role("link", name="LIIA’s desk", exact=True).click()
    expect(heading(page)).to_have_text(DESK)
    page.get_by_role("button", name="Log out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(heading(page)).to_have_text(DESK)


def test_a_passkey_is_the_second_factor_after_the_password(page, staff, asked_for, add_device):
    add_device(page)
    sign_in(page)
    add_passkey(page)
    page.goto("/admin/")
    page.get_by_role("button", name="Log out").click()
    sign_in(page)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(heading(page)).to_have_text(DESK)


def test_without_a_passkey_the_page_says_so_in_a_sentence(page, staff):
    page.goto("/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('stopped by hand')) }")
    expect(page.locator("#passkey-error")).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("The passkey was not used. Try again, or take another way.")


def test_a_passkey_is_renamed_and_removed(page, staff, asked_for, add_device):
    add_device(page)
    sign_in(page)
    add_passkey(page)
    page.goto("/accounts/passkeys/")
    page.get_by_role("link", name="Rename Work laptop").click()
    page.get_by_label("What you call it").fill("Blue key")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Remove Blue key").click()
    page.get_by_role("button", name="Remove it").click()
    page.goto("/admin/")
    expect(page.get_by_text("your account needs a second factor")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_the_whole_way_in_by_keyboard(page, staff, asked_for):
    page.goto("/admin/")
    page.get_by_label("User name or e-mail address").focus()
    page.keyboard.type("mei")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Your second factor")
    go_to(page, "Add an app")
    page.keyboard.press("Enter")
    secret = page.locator("code").text_content()
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.id == 'id_code'"):
        page.keyboard.press("Tab")
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Recovery codes")


def go_to(page, name):
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_a_forgotten_password_by_mail_with_script_off(no_script_page, staff):
    page = no_script_page
    page.goto("/accounts/login/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("E-mail address").fill("mei@liia.example")
    page.get_by_role("button", name="Send me the link").click()
    expect(heading(page)).to_have_text("Look in your mail")
    page.wait_for_timeout(300)  # the mail leaves in the background
    page.goto(re.search(r"https?://\S+/accounts/password/reset/\S+", letters()[0].body)[0])
    page.get_by_label("New password", exact=True).fill("an even longer one")
    page.get_by_label("The new password again").fill("an even longer one")
    page.get_by_role("button", name="Change the password").click()
    expect(heading(page)).to_have_text("Your password is changed")
    sign_in(page, "an even longer one")
    expect(heading(page)).to_have_text(DESK)


OPEN_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/sent/"]
OPEN_PAGES += ["/accounts/password/reset/1-used/", "/accounts/password/reset/done/"]
OWN_PAGES = [
    "/accounts/second-factor/",
    "/accounts/second-factor/app/remove/",
    "/accounts/recovery-codes/",
    "/accounts/recovery-codes/new/",
    "/accounts/passkeys/",
    "/accounts/passkeys/add/",
    "/accounts/passkeys/{key}/name/",
    "/accounts/passkeys/{key}/remove/",
    "/accounts/password/",
    "/accounts/confirm/",
    "/accounts/second-factor/confirm/",
    "/accounts/passkeys/confirm/",
    "/accounts/logout/",
]


def test_every_page_of_an_account_is_accessible(page, staff, add_device, assert_holds):
    for address in OPEN_PAGES:
        page.goto(address)
        assert_holds(page)
    sign_in(page, "wrong")
    expect(page.locator(".errorlist")).to_be_visible()
    assert_holds(page)
    sign_in(page)
    add_device(page)
    page.goto("/accounts/second-factor/")
    assert_holds(page)
    add_passkey(page)
    page.goto("/accounts/second-factor/app/")
    assert_holds(page)
    page.get_by_role("button", name="Add the app").click()
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Add the app").click()
    assert_holds(page)
    page.get_by_label("Code").fill(code_of(page.locator("code").text_content()))
    page.get_by_role("button", name="Add the app").click()
    expect(heading(page)).to_have_text("Your second factor")
    key = Authenticator.objects.get(type="webauthn").pk
    for address in OWN_PAGES:
        page.goto(address.format(key=key))
        assert_holds(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    expect(heading(page)).to_have_text("Your second factor")
    assert_holds(page)


OBSERVED = [
    "/admin/",
    "/admin/submissions/submission/",
    "/admin/submissions/submission/1/change/",
    "/admin/submissions/category/1/change/",
    "/admin/submissions/doubt/1/change/",
    "/admin/boroughs/contact/",
    "/admin/boroughs/borough/1/change/",
    "/admin/survey/section/1/change/",
]


def test_what_an_observer_sees_is_accessible_and_has_nothing_to_press(
    page, transactional_db, make_person, assert_holds
):
    load_catalogue()
    make_person("mei", OBSERVERS)
    sign_in(page)
    expect(heading(page)).to_have_text(DESK)
    for address in OBSERVED:
        page.goto(address)
        assert_holds(page)
        for name in ("Save", "Add", "Delete", "Settle", "Publish"):
            assert page.locator("main").get_by_role("button", name=name).count() == 0, (address, name)
    page.goto("/admin/submissions/submission/1/change/")
    expect(page.locator(".as-read li").first).to_be_visible()
    assert "<p>" not in page.locator("main").inner_text()


def test_the_list_of_second_factors_is_accessible(page, transactional_db, make_person, assert_accessible):
    person = make_person("mei", is_superuser=True)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    sign_in(page)
    for address in ("/admin/mfa/authenticator/", "/admin/mfa/authenticator/{}/change/"):
        page.goto(address.format(Authenticator.objects.get().pk))
        assert_accessible(page)
