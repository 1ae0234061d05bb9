"""What holds for every answer: JSON alone, how often one machine may ask, and who may read it."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.decorators import sync_only_middleware
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.throttling import SimpleRateThrottle

OPEN = ("/api/", "/data/", "/submissions.", "/outcomes.", "/coverage.")
PERMISSION = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class AlwaysJson(BaseContentNegotiation):
    """JSON, whatever a programme's Accept header says: one answer can then be cached for everybody."""

    def select_parser(self, request, parsers):
        return parsers[0] if parsers else None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class PerMachine(SimpleRateThrottle):
    """A generous limit on how often one machine may ask. Its address is hashed at once and stored for a minute.

    Each server process counts for itself. Cached pages, and answers of 304, cost nothing and are not counted.
    """

    scope = "api"
    cache = caches["requests"]

    def get_rate(self):
        return settings.API_RATE

    def get_cache_key(self, request, view):
        return f"api-{salted_hmac('api throttle', self.get_ident(request), algorithm='sha256').hexdigest()}"


@sync_only_middleware
def open_to_other_sites(get_response):
    """Pages of other sites may read the open data: files, feed and API, and nothing else. No cookie is ever needed.

    Outermost but for the headers, so that a cached page, a 304 and a refusal carry the permission too.
    """

    def answer(request):
        if not request.path.startswith(OPEN):
            return get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers=PERMISSION | PREFLIGHT)
        response = get_response(request)
        for name, value in PERMISSION.items():
            response[name] = value
        return response

    return answer
