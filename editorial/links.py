"""Pages that a link in a mail opens. Opening one does nothing, for a mail's scanner opens it too; a button acts."""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.models import LinkProblem

STATUS = {"unknown": 404, "expired": 410, "revoked": 410, "answered": 410}


def opened_by_link(model):
    """Decorates a view of (request, question) as one of (request, secret). A link that opens nothing is told so, and no
    more: neither whose it was nor what it was about.

    The secret in the address is all the authority there is, and no cookie takes part: so there is no forged request to
    guard against, and whoever answers gets no cookie.
    """

    def decorated(view):
        @csrf_exempt
        @never_cache
        @wraps(view)
        def opened(request, secret):
            try:
                response = view(request, model.opened_by(secret))
            except LinkProblem as problem:
                context = {"kind": problem.kind}
                response = render(request, "editorial/link_problem.html", context, status=STATUS[problem.kind])
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return decorated
