"""Pages of other sites may read the open data: files, feed and API, and nothing else. No cookie is ever needed.

Outermost but for the headers, so that a kept page, a 304 and a refusal carry the permission too.
"""

from django.http import HttpResponse
from django.utils.decorators import sync_only_middleware

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


@sync_only_middleware
def open_to_other_sites(get_response):
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
