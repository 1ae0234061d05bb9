"""Public pages are rendered once per version of the catalogue: asked again, they are sent as kept, or not at all (304).

The key holds the catalogue's stamp, which any edit changes in its own transaction; so a page is never stale, whichever
process drew it. Whoever carries a session, that is LIIA's staff, always gets a page drawn for them alone.
"""

import hashlib

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag

from submissions.derived.rows import code_stamp
from submissions.version import current_version

NEVER_KEPT = ("/admin/", "/accounts/", "/healthz", settings.STATIC_URL)


class KeptPagesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _may_be_kept(request):
            return self.get_response(request)
        key = self._key(request)
        asked = request.headers.get("If-None-Match", "")
        if quote_etag(key) in [tag.removeprefix("W/") for tag in parse_etags(asked)]:
            return _validated(HttpResponseNotModified(), key)
        kept = caches["pages"].get(key)
        return _validated(_rebuilt(*kept), key) if kept else self._drawn(request, key)

    def _drawn(self, request, key):
        response = self.get_response(request)
        if (
            response.status_code != 200
            or response.streaming
            or response.cookies
            or response.has_header("Cache-Control")
        ):
            return response
        caches["pages"].set(key, (response.content, dict(response.items())))
        return _validated(response, key)

    def _key(self, request):
        compressed = "gzip" in request.headers.get("Accept-Encoding", "")
        parts = (code_stamp(), current_version(), request.get_host(), request.get_full_path(), compressed)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _may_be_kept(request):
    if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    return not request.path.startswith(NEVER_KEPT)


def _rebuilt(content, headers):
    response = HttpResponse(content)
    for name, value in headers.items():
        response[name] = value
    return response


def _validated(response, key):
    response["ETag"] = quote_etag(key)
    response["Cache-Control"] = "no-cache"  # keep it, but ask each time whether it still holds
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
