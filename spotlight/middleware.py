"""What each request passes on its way: the headers of every answer, what is odd in a request, and who passes the desk.

The desk's own middleware (sessions, accounts, messages, history) costs more than many a reader's page. In the settings'
list it is between `desk_begins` and `desk_ends`, and a reader's request goes past it.
"""

import re
import secrets
from gzip import FNAME

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_only_middleware
from isal import igzip

from spotlight.desk import ADDRESSES

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
READING = ("GET", "HEAD", "OPTIONS")
_NUL = re.compile("%00|\0")
_UNREADABLE = "%EF%BF%BD"
_NAME = re.compile("(^|&)([^=&]*[A-Z][^=&]*)")


@sync_only_middleware
def with_policies(get_response):
    """What a browser may load for the page, and which of its devices no page needs.

    A view that has an inline script puts a `csp_nonce` on its request, for this one answer. Django 6 has a middleware
    of its own for this."""
    policy = settings.CONTENT_SECURITY_POLICY

    def answer(request):
        response = get_response(request)
        if settings.DEBUG and response.status_code in (404, 500):
            return response  # Django's page about a mistake has its style within
        nonce = getattr(request, "csp_nonce", "")
        response.headers["Content-Security-Policy"] = f"{policy} 'nonce-{nonce}'" if nonce else policy
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response

    return answer


class Unchanged(ConditionalGetMiddleware):
    """A reader's page may be kept, if it is asked each time whether it still holds: 304 while it does. Not what is made
    for one person: at the desk, for whoever has a session there, or with a cookie."""

    def process_response(self, request, response):
        for_all = response.status_code == 200 and not (response.streaming or response.cookies)
        if response.has_header("Cache-Control") or not for_all or is_for_desk(request) or request.path == "/healthz":
            return response
        response["Cache-Control"] = "no-cache"
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        return super().process_response(request, response)


class QuickGZip(GZipMiddleware):
    """Django's own, by a library that takes a tenth of its time for a tenth more bytes. As there, a name of random
    length in its head hides the length of the rest (BREACH)."""

    def process_response(self, request, response):
        accepted = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        if response.streaming or len(response.content) < 200 or response.has_header("Content-Encoding") or not accepted:
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        compressed = igzip.compress(response.content, 2, mtime=0)
        name = b"a" * secrets.randbelow(self.max_random_bytes)
        compressed = compressed[:3] + bytes([FNAME]) + compressed[4:10] + name + b"\0" + compressed[10:]
        if len(compressed) < len(response.content):
            response.content = compressed
            response.headers["Content-Length"] = str(len(compressed))
            response.headers["Content-Encoding"] = "gzip"
            if response.get("ETag", "").startswith('"'):
                response.headers["ETag"] = f"W/{response['ETag']}"
        return response


# --- past the desk -------------------------------------------------------------------------------------------------

_behind_desk = []  # the list is loaded from its end


def desk_ends(get_response):
    _behind_desk.append(get_response)
    return lambda request: get_response(request)


def desk_begins(get_response):
    """Middleware: what follows, as far as `desk_ends`, is run for the desk's addresses, for whoever has a session
    there, and for a form. Each other request has no `user`, no `session` and no messages, and needs none.

    Their hooks for views run all the same: Django calls these itself."""
    past = _behind_desk.pop()

    def answer(request):
        return get_response(request) if is_for_desk(request) else past(request)

    return answer


def is_for_desk(request):
    return (
        request.path_info.startswith(ADDRESSES)
        or request.method not in READING
        or settings.SESSION_COOKIE_NAME in request.COOKIES
    )


# --- what is odd ---------------------------------------------------------------------------------------------------


@sync_only_middleware
def settle_odd_requests(get_response):
    """Middleware: what is odd in a request is settled before anything reads it.

    A sign NUL, which PostgreSQL refuses in any text, becomes the sign for “unreadable”: a filter then says that it
    knows no such value, at the desk as on the list. Names of parameters are in small letters, so `?Theme=housing`
    filters too; the desk's are Django's own, and never typed."""

    def answer(request):
        if request.method not in METHODS and not request.path.startswith("/api/"):  # the API says it in JSON
            return HttpResponseNotAllowed(METHODS)
        _make_readable(request)
        response = get_response(request)
        return _without_body(response) if request.method == "HEAD" else response

    return answer


def _make_readable(request):
    query = request.META.get("QUERY_STRING", "")
    if query:
        query = _NUL.sub(_UNREADABLE, query)
        if not request.path.startswith(ADDRESSES):
            query = _NAME.sub(lambda match: match[1] + match[2].lower(), query)
        request.META["QUERY_STRING"] = query
    if "\0" in request.path:
        request.path = request.path_info = request.path.replace("\0", "\ufffd")
    if "\\000" in request.META.get("HTTP_COOKIE", ""):
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}


def _without_body(response):
    """An answer to HEAD: its headers, the length among them. A server that is given a body logs a warning each time."""
    if response.streaming:
        response.streaming_content = ()
    else:
        response.content = b""
    return response
