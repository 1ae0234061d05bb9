"""The forms of an account, in the desk's words. A label stands above its field; nothing stands in the field instead."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn

from editorial.outbox import PLACEHOLDER
from editorial.people.accounts import mail_new_password

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


class Worded:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in LABELS.keys() & self.fields.keys():
            self.fields[name].label = LABELS[name]
            self.fields[name].widget.attrs.pop("placeholder", None)


class SignIn(Worded, account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""  # the page has the link to a new password


class Confirm(Worded, account.ReauthenticateForm):
    pass


class ForgottenPassword(Worded, account.ResetPasswordForm):
    def save(self, request, **kwargs):
        """The same work whether or not there is such an account. The link's secret is made when the mail leaves."""
        link = get_adapter().get_reset_password_from_key_url(PLACEHOLDER)
        mail_new_password(self.users, link)
        return self.cleaned_data["email"]


class NewPassword(Worded, account.ResetPasswordKeyForm):
    pass


class ChangePassword(Worded, account.ChangePasswordForm):
    pass


class SetPassword(Worded, account.SetPasswordForm):
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
