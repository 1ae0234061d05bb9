"""What people type comes to every form cleaned; where a form is refused before its view, its words are given back."""

import re

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from pagereader import clean_typed, unwrapped

SECRET = re.compile(r"password|csrfmiddlewaretoken|credential|^code$", re.IGNORECASE)  # in the name of a secret's field
DRAFTS, SAVED = "typed_drafts", "saved_drafts"  # see static/spotlight/typed.js
# What a form carries for itself: nobody typed it.
CARRIED = re.compile(rf"^(?:_opened.*|_seen.*|{DRAFTS}|initial-.*|.+-(?:id|(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS))$")


class CleanTypedText:
    """Middleware: whatever form or address it is for, what was typed comes to the view without characters that nobody
    sees, and a web address without what wraps or tracks it. So two records of one person are one, and no form can be
    forgotten. Passwords stay as they were typed; the links inside a long text are its own form's to mend.

    It also remembers which of the browser's drafts are saved: those whose form was answered by leading on.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES and _is_saved(response):
            _remember_drafts(request)
        return response

    def process_view(self, request, view, args, kwargs):
        """The form is cleaned when it is read: one too big is the view's to refuse, where the view reads it."""
        if request.META.get("QUERY_STRING"):
            request.GET = cleaned(request.GET)
        if hasattr(request, "_post"):  # read already, by the check against forgery
            request.POST = _cleaned_form(request.POST)
        elif request.method == "POST":
            load = request._load_post_and_files

            def load_and_clean():
                load()
                request.POST = _cleaned_form(request._post)

            request._load_post_and_files = load_and_clean


def _cleaned_form(typed):
    return cleaned(typed, left="\0")  # by a NUL a form knows that a file was pasted, and says so


def cleaned(typed, left=None):
    """The same QueryDict if there is nothing to clean; else a new one. A value that holds `left` stays as it is."""
    clean = QueryDict(mutable=True, encoding=typed.encoding)
    for name, values in typed.lists():
        is_left = SECRET.search(name) or (left and any(left in value for value in values))
        clean.setlist(name, values if is_left else [_clean(value) for value in values])
    if clean == typed:
        return typed
    clean._mutable = False
    return clean


def _clean(value):
    clean = clean_typed(value)
    return unwrapped(clean) if "://" in clean and len(clean.split()) == 1 else clean


def _is_saved(response):
    """A form that comes back with errors or with a conflict is answered with a page, one that was saved leads on, or
    closes its window."""
    leads_on = response.status_code in (302, 303) and not response.url.startswith("/accounts/")
    return leads_on or "popup_response" in str(getattr(response, "template_name", ""))


def _remember_drafts(request):
    try:
        drafts = request.POST.get(DRAFTS, "")[:2000].split()
    except SuspiciousOperation:
        return
    if drafts:
        request.session[SAVED] = [*request.session.get(SAVED, []), *drafts][-20:]


# --- refused before the view ---------------------------------------------------------------------------------------


def csrf_failure(request, reason=""):
    """Signed in again in another tab, or a page open for too long: nothing is done, and nothing typed is lost."""
    why = (
        "The form was opened before you last signed in, so it could not be told from a forged one."
        if request.user.is_authenticated
        else "The form was opened in a session that has ended, so it could not be told from a forged one."
    )
    return give_back(request, why)


@never_cache
def give_back(request, why, sign_in=""):
    """The page that shows what was typed and sent, and lets the person send it again. Nothing has been done.

    A forged form must never be one click from being sent: only what this site's own page sent can be sent again, to
    the desk alone. Of anything else the words are shown, without a button. Secrets are never shown.
    """
    at_desk = request.path.startswith(reverse("admin:index"))
    fields = list(_fields(request)) if at_desk else []
    if not sign_in and not request.user.is_authenticated:
        sign_in = f"{reverse('account_login')}?{urlencode({'next': reverse('admin:index')})}"
    context = {
        "title": "Nothing was sent yet",
        "why": why,
        "at_desk": at_desk,
        "typed": [field for field in fields if not field["carried"]],
        "carried": [field for field in fields if field["carried"]],
        "files": [file.name for _, files in request.FILES.lists() for file in files] if at_desk else [],
        "secrets": any(SECRET.search(name) and name != "csrfmiddlewaretoken" for name in request.POST),
        "action": request.get_full_path(),
        "may_send": at_desk and came_from_here(request),
        "is_file_form": request.content_type == "multipart/form-data",
        "sign_in": sign_in,
    }
    return render(request, "account/given_back.html", context, status=403)


def came_from_here(request):
    """Whether the browser itself says that a page of this very site sent the form."""
    here = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin == here if origin else request.headers.get("Referer", "").startswith(f"{here}/")


def _fields(request):
    for name, values in request.POST.lists():
        if not SECRET.search(name):
            row = re.sub(r"-(\d+)-", lambda found: f" {int(found[1]) + 1}: ", name)
            label = row.strip("_").replace("_", " ").capitalize()
            for value in values:
                carried = not value or bool(CARRIED.match(name))
                yield {"name": name, "label": label, "value": value, "carried": carried}
