"""How a person of LIIA's is known, by user name or e-mail address, and the forms of an account, in the desk's words.

To all others the site gives the same answer in the same time. A label stands above its field, and nothing inside it.
"""

import logging
import time

from allauth.account import app_settings
from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse

from editorial.models import Mail
from editorial.outbox import PLACEHOLDER, post, put_in_outbox
from editorial.people.second_factor import FACTORS

log = logging.getLogger(__name__)

REFUSED = "That user name or e-mail address and password do not fit together. Check both and try again."
FROM_EVERYWHERE = "100/h/key"  # attempts at one person's password from all machines together
TOO_MANY = "Too many attempts. Wait five minutes, then try again, or ask for a new password."

LABELS = {
    "login": "User name or e-mail address",
    "email": "E-mail address",
    "password": "Password",
    "oldpassword": "Your present password",
    "password1": "New password",
    "password2": "The new password again",
    "code": "Code",
    "name": "What you call it",
}


class NameOrAddress(ModelBackend):
    """One password is checked at every attempt, whether or not there is such an account: the time tells nobody.

    allauth's own backend checks a known e-mail address twice and an unknown one once.
    """

    def authenticate(self, request, username=None, password=None, email=None, **credentials):
        user = _account(username or email or "")
        if user is None:
            get_user_model()().set_password(password)
        elif user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user):
        """The site has accounts for LIIA's staff only; one that is no longer staff's is signed out at once."""
        return super().user_can_authenticate(user) and user.is_staff


def _account(said):
    users = get_user_model().objects
    by_name = users.filter(username__iexact=said).first()
    by_address = users.filter(email__iexact=said)[:2] if "@" in said else []
    return by_name or (by_address[0] if len(by_address) == 1 else None)


def _typed(credentials):
    return credentials.get("username") or credentials.get("email") or ""


def _known_as(credentials):
    person = _account(_typed(credentials))
    return f"person {person.pk}" if person else f"nobody {_typed(credentials).lower()}"


def _shows_more_than(password, typed):
    """Whether it is the right password of somebody with a second factor. As slow for everybody, as NameOrAddress is."""
    person = _account(typed)
    if person is None or not is_mfa_enabled(person, FACTORS):
        get_user_model()().set_password(password)
        return False
    return person.check_password(password)


class StaffAccounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": REFUSED,
        "email_password_mismatch": REFUSED,
        "too_many_login_attempts": TOO_MANY,
        "incorrect_password": "That is not your password. Try again, or ask for a new one.",
        "enter_current_password": "That is not your present password.",
    }

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One counter for each person at each machine, whatever name or address is typed: guesses at a password from
        elsewhere do not keep that person out."""
        return f"{_known_as(credentials)} at {get_ip(request)}"

    def pre_authenticate(self, request, **credentials):
        """Too many attempts end, but for who has the right password and a second factor to show after it: no stranger
        keeps that person out from anywhere."""
        try:
            super().pre_authenticate(request, **credentials)
            everywhere = {"login_everywhere": FROM_EVERYWHERE}
            key = {"key": _known_as(credentials), "config": everywhere, "action": "login_everywhere"}
            if not ratelimit.consume(request, app="allauth.account", **key):
                raise self.validation_error("too_many_login_attempts")
        except ValidationError:
            if not _shows_more_than(credentials.get("password"), _typed(credentials)):
                raise

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """A passkey asks for no password, so what NameOrAddress holds is held here too."""
        if not (user.is_active and user.is_staff):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request, user):
        request.session.flush()
        messages.error(request, REFUSED)
        return redirect("account_login")

    def is_reauthentication_required(self, **kwargs):
        """Signing in is confirmation enough for some minutes: nobody types a password twice for a first passkey."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(**kwargs)

    def get_password_change_redirect_url(self, request):
        return reverse("admin:index")

    def send_password_reset_mail(self, user, email, context):
        """Also an invitation's: the secret that allauth has made is of no use to anybody, the sender makes its own."""
        mail_new_password([user], self.get_reset_password_from_key_url(PLACEHOLDER))

    def send_mail(self, *args, **kwargs):
        """A mail that tells a person what has changed never undoes the change."""
        try:
            with transaction.atomic():
                super().send_mail(*args, **kwargs)
        except Exception:
            log.exception("A mail about an account could not be written.")

    def render_mail(self, *args, **kwargs):
        """allauth's own mails leave through the outbox, as all others do."""
        message = super().render_mail(*args, **kwargs)
        message.send = lambda: put_in_outbox(Mail(to=message.to[0], subject=message.subject, text=message.body))
        return message


def mail_new_password(accounts, link):
    """Mails to each of the accounts a link (with PLACEHOLDER for its secret) to choose a new password.

    Where there is none, a mail to nobody is written, which the sender deletes: the time tells nobody.
    """
    for account in accounts or [get_user_model()(username="nobody")]:
        subject = f"{app_settings.EMAIL_SUBJECT_PREFIX}a new password"
        known = account if account.pk else None
        context = {"link": link, "username": account.get_username()}
        post(account.email, subject, "new_password", context, secret_of=known)


class Worded:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in LABELS.keys() & self.fields.keys():
            self.fields[name].label = LABELS[name]
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(Worded, account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""  # the page has the link to a new password


class Confirm(Worded, account_forms.ReauthenticateForm):
    pass


class ForgottenPassword(Worded, account_forms.ResetPasswordForm):
    def save(self, request, **kwargs):
        """The same work whether or not there is such an account. The link's secret is made when the mail leaves."""
        link = get_adapter().get_reset_password_from_key_url(PLACEHOLDER)
        mail_new_password(self.users, link)
        return self.cleaned_data["email"]


class NewPassword(Worded, account_forms.ResetPasswordKeyForm):
    pass


class ChangePassword(Worded, account_forms.ChangePasswordForm):
    pass


class SetPassword(Worded, account_forms.SetPasswordForm):
    pass


class AddApp(Worded, ActivateTOTPForm):
    pass


class Code(Worded, mfa.AuthenticateForm):
    pass


class ConfirmByCode(Worded, mfa.ReauthenticateForm):
    pass


class NamePasskey(Worded, webauthn.EditWebAuthnForm):
    pass


class AddPasskey(Worded, webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "So that you know it again: “Work laptop”, “Blue key”."
        self.fields["passwordless"].label = "Sign in with it alone"
        self.fields[
            "passwordless"
        ].help_text = (
            "Needs a fingerprint, a face or a PIN on the device. Without it, the key comes after your password."
        )
        self.fields["passwordless"].initial = True
