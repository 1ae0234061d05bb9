"""The second factor: people at the desk show it in every session, where the site's settings ask for it."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from editorial.people.typed import give_back

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes stand in for these, never alone
SHOWN = "second_factor_of"
ACCOUNT_PAGES = "/accounts/"
TO_SHOW_IT = ("mfa_reauthenticate", "mfa_reauthenticate_webauthn")


class Factors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or no longer. Wait for the next one and type it in.",
    }

    def generate_authenticator_name(self, user, type):
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


@receiver([authenticator_added, authenticator_used])
def remember_second_factor(request, user, **kwargs):
    request.session[SHOWN] = user.pk


def second_factor_first(get_response):
    """Middleware: until the second factor is shown, a signed-in person reaches the pages for that, and nothing else.

    Readers have no session: for them it costs nothing.
    """

    def answered(request):
        response = _redirect_to_second_factor(request) or get_response(request)
        if request.path.startswith(ACCOUNT_PAGES):
            add_never_cache_headers(response)  # keys and recovery codes stay in no browser's store
        return response

    return answered


def _redirect_to_second_factor(request):
    if not settings.SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if not request.user.is_authenticated or request.path in _paths("admin:logout", "account_logout"):
        return None
    at_account = request.path.startswith(ACCOUNT_PAGES)
    typed = request.method == "POST" and not at_account
    if typed and not request.path.startswith(reverse("admin:index")):
        return None  # a reader's form: no session takes part, so the words come in as anybody's do
    if not is_mfa_enabled(request.user, FACTORS):
        request.second_factor_is_due = True  # the account's pages say so
        if typed:
            why = "Your account needs a second factor, and has none yet: the link below leads to setting it up."
            return give_back(request, why, reverse("mfa_index"))
        return None if at_account else redirect("mfa_index")
    if request.session.get(SHOWN) == request.user.pk or request.path in _paths(*TO_SHOW_IT):
        return None
    # Also from the account's other pages: nobody with the password alone may remove the second factor.
    page = reverse("mfa_reauthenticate")
    if typed:
        show_it = f"{page}?{urlencode({'next': reverse('admin:index')})}"
        return give_back(request, "You have signed in anew, and your second factor is still to be shown.", show_it)
    return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")


def _paths(*names):
    return [reverse(name) for name in names]
