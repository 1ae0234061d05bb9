"""What is answered where no page is: 410 for a withdrawn entry, 301 for an address of LIIA's former pages."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from submissions.models import OldAddress
from submissions.models.old_addresses import trimmed
from submissions.sharing.doors import Withdrawn


class LastingAddressesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        target = target_of(request) if response.status_code == 404 else ""
        return HttpResponsePermanentRedirect(target) if target else response

    def process_exception(self, request, exception):
        if isinstance(exception, Withdrawn):
            return render(request, "submissions/withdrawn.html", status=410)
        return None


def target_of(request):
    """Where LIIA's table leads from here, or "". An address with its query goes before the bare one."""
    if "\0" in request.path:
        return ""  # PostgreSQL refuses to look for it
    whole, bare = trimmed(request.get_full_path()), trimmed(request.path)
    found = dict(OldAddress.objects.filter(path__in={whole, bare}).values_list("path", "target"))
    return found.get(whole) or found.get(bare, "")
