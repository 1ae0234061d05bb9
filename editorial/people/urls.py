"""Every address of an account at the desk. allauth has more: nobody signs up here, or changes an address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import admin
from django.urls import path, re_path


def titled(view, title):
    desk = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
    return view.as_view(extra_context={"title": title, **desk})


SIGN_IN = [
    path("login/", titled(account.LoginView, "Sign in"), name="account_login"),
    path("logout/", titled(account.LogoutView, "Sign out"), name="account_logout"),
    path("confirm/", titled(account.ReauthenticateView, "Is it you?"), name="account_reauthenticate"),
]
NEW_PASSWORD = titled(account.PasswordResetFromKeyView, "Choose a new password")
PASSWORD = [
    path("password/", titled(account.PasswordChangeView, "Change your password"), name="account_change_password"),
    path("password/set/", titled(account.PasswordSetView, "Choose a password"), name="account_set_password"),
    path("password/reset/", titled(account.PasswordResetView, "Get a new password"), name="account_reset_password"),
    path(
        "password/reset/sent/",
        titled(account.PasswordResetDoneView, "Look in your mail"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", NEW_PASSWORD, name="account_reset_password_from_key"
    ),
    path(
        "password/reset/done/",
        titled(account.PasswordResetFromKeyDoneView, "Your password is changed"),
        name="account_reset_password_from_key_done",
    ),
]
SECOND_FACTOR = [
    path("second-factor/", titled(mfa.IndexView, "Your second factor"), name="mfa_index"),
    path("second-factor/code/", titled(mfa.AuthenticateView, "Your second factor"), name="mfa_authenticate"),
    path("second-factor/confirm/", titled(mfa.ReauthenticateView, "Is it you?"), name="mfa_reauthenticate"),
    path("second-factor/app/", titled(totp.ActivateTOTPView, "Add an authenticator app"), name="mfa_activate_totp"),
    path(
        "second-factor/app/remove/",
        titled(totp.DeactivateTOTPView, "Remove the authenticator app"),
        name="mfa_deactivate_totp",
    ),
    path("recovery-codes/", titled(codes.ViewRecoveryCodesView, "Recovery codes"), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        titled(codes.GenerateRecoveryCodesView, "New recovery codes"),
        name="mfa_generate_recovery_codes",
    ),
    path("recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
PASSKEYS = [
    path("passkeys/", titled(webauthn.ListWebAuthnView, "Passkeys"), name="mfa_list_webauthn"),
    path("passkeys/add/", titled(webauthn.AddWebAuthnView, "Add a passkey"), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", titled(webauthn.LoginWebAuthnView, "Sign in"), name="mfa_login_webauthn"),
    path(
        "passkeys/confirm/",
        titled(webauthn.ReauthenticateWebAuthnView, "Is it you?"),
        name="mfa_reauthenticate_webauthn",
    ),
    path("passkeys/<int:pk>/name/", titled(webauthn.EditWebAuthnView, "Name a passkey"), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/", titled(webauthn.RemoveWebAuthnView, "Remove a passkey"), name="mfa_remove_webauthn"
    ),
]
urlpatterns = [*SIGN_IN, *PASSWORD, *SECOND_FACTOR, *PASSKEYS]
