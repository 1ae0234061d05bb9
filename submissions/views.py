"""Pages of the catalogue: the list, what the search box offers, and an entry."""

from dataclasses import asdict
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from submissions.entry_page import page_at
from submissions.filters import SubmissionFilter
from submissions.list_page import facets_of, help_with, list_map, partners_offered
from submissions.list_titles import list_title
from submissions.paging import page_of, page_of_entries
from submissions.search import record_failure, suggest
from submissions.sharing.addresses import carried


def submission_list(request):
    """The list with its search and filters; a page out of range is 404, an unknown filter value is reported."""
    filterset = SubmissionFilter(request.GET)
    page = page_of_entries(filterset.keys, request, filterset.query().lstrip("?."), filterset.asked)
    listed = ",".join(map(str, carried(request)))
    context = {
        "title": list_title(filterset),
        "listed": listed,
        "filterset": filterset,
        "asked": filterset.asked,
        "facets": facets_of(filterset),
        "tiles": list_map(filterset, listed),
        "page": page,
        "help": help_with(filterset),
    }
    response = render(request, "submissions/list.html", context)
    if not filterset.matched and not filterset.asked.is_empty:
        record_failure(filterset.asked.text)
        response["Cache-Control"] = "no-store"  # each such search is counted, so none is answered from the cache
    return response


def partner_list(request):
    """Every partner, or those with some letters in their names, each as a filter of the list that the address asks for.

    The list itself has boxes for the most used alone."""
    filterset, name = SubmissionFilter(request.GET), request.GET.get("name", "").strip()[:60]
    options = filterset.index.options["partner"]
    partners = [(slug, label) for slug, label, _ in options if name.casefold() in label.casefold()]
    query = "&".join(filter(None, [filterset.query().lstrip("?."), urlencode({"name": name}) if name else ""]))
    page = page_of(partners, request.GET.get("page", ""), query=query)
    page.object_list = list(partners_offered(filterset, page.object_list))
    return render(request, "submissions/partners.html", {"filterset": filterset, "name": name, "page": page})


def suggestions(request):
    """What the search box offers while somebody types, as JSON: [{kind, label, url}]."""
    found = suggest(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


def submission(request, slug):
    """One entry. An address it had before leads to the one it has now; a withdrawn one answers 410."""
    page, moved = page_at(request, slug, carried(request))
    return redirect(moved, permanent=True) if moved else HttpResponse(page)
