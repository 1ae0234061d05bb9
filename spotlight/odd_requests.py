"""What is odd in a request is settled before anything reads it, and what no answer may hold is left out at the end.

A sign NUL, which PostgreSQL refuses in any text, becomes the sign for “unreadable”: a filter then says that it knows no
such value, at the desk as on the list. Names of parameters are in small letters, so `?Theme=housing` filters too.
"""

import re

from django.http import HttpResponseNotAllowed
from django.utils.decorators import sync_only_middleware

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
DESK = ("/admin/", "/accounts/")  # Django names its parameters itself, and they are never typed
_NUL = re.compile("%00|\0")
_UNREADABLE = "%EF%BF%BD"
_NAME = re.compile("(^|&)([^=&]*[A-Z][^=&]*)")


@sync_only_middleware
def settle_odd_requests(get_response):
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
        if not request.path.startswith(DESK):
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
