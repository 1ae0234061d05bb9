"""Pages of the catalogue: the list, an entry, and the ways in by theme and category."""

from dataclasses import asdict

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render

from boroughs.models import Borough
from boroughs.tilemap import tile_map
from spotlight.renaming import at_address
from submissions.entry_page import EntryText, related_to
from submissions.facets import current_index
from submissions.filters import SubmissionFilter
from submissions.list_page import facets_of, help_with, list_map, theme_map
from submissions.models import Category, Submission, Theme
from submissions.pack.shortlist import carried
from submissions.paging import page_of
from submissions.search import record_failure, snippets, suggest
from submissions.sharing.visibility import entry_at

PAGE_SIZE = 20


def submission_list(request):
    """The list with its search and filters; a page out of range is 404, an unknown filter value is reported."""
    filterset = SubmissionFilter(request.GET)
    page = page_of(filterset.keys, PAGE_SIZE, request.GET.get("page", ""))
    page.object_list = Submission.objects.published().for_listing().with_keys(page.object_list)
    listed = ",".join(map(str, carried(request)))
    context = {
        "listed": listed,
        "filterset": filterset,
        "asked": filterset.asked,
        "facets": facets_of(filterset),
        "tiles": list_map(filterset, listed),
        "page": page,
        "page_links": page_links(page, filterset),
        "snippets": snippets([entry.pk for entry in page.object_list], filterset.asked),
        "help": help_with(filterset),
    }
    response = render(request, "submissions/list.html", context)
    if not filterset.matched and not filterset.asked.is_empty:
        record_failure(filterset.asked.text)
        response["Cache-Control"] = "no-store"  # each such search is counted, so none is answered from the cache
    return response


def suggestions(request):
    """What the search box offers while somebody types, as JSON: [{kind, label, url}]."""
    found = suggest(request.GET.get("q", ""))
    return JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found]})


def page_links(page, filterset):
    """[(number, address)] of the pages to offer; a gap is ("…", "")."""
    numbers = page.paginator.get_elided_page_range(page.number)
    return [(n, "" if n == Paginator.ELLIPSIS else filterset.query(page=n)) for n in numbers]


def submission(request, slug):
    """One entry. An address it had before leads to the one it has now; a withdrawn one answers 410."""
    entry = entry_at(Submission.objects.for_detail(), slug)
    if entry.slug != slug:
        return redirect(entry, permanent=True)
    context = {"entry": entry, "text": EntryText(entry), "related": related_to(entry)}
    return render(request, "submissions/entry.html", context)


def theme_list(request):
    context = {"themes": themes_with_counts(), "tiles": tile_map(Borough.objects.with_entry_counts())}
    return render(request, "submissions/themes.html", context)


def themes_with_counts():
    """[(theme, number of entries)] in LIIA's order."""
    index = current_index()
    return [(theme, index.count("theme", theme.slug)) for theme in Theme.objects.all()]


def theme(request, slug):
    theme = at_address(Theme.objects.all(), slug)
    if theme.slug != slug:
        return redirect(theme, permanent=True)
    entries = Submission.objects.published().for_listing().filter(themes=theme)
    context = {"theme": theme, "entries": entries, "tiles": theme_map(theme)}
    return render(request, "submissions/theme.html", context)


def category(request, slug):
    category = at_address(Category.objects.public().prefetch_related("administrators"), slug)
    if category.slug != slug:
        return redirect(category, permanent=True)
    context = {
        "category": category,
        "entries": category.submissions.published().for_listing(),
        "unanswered": category.mentions_without_entry(),
    }
    return render(request, "submissions/category.html", context)
