"""The home page, the standing pages, and what the site says when something goes wrong."""

import sys

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from boroughs.maps import tile_map
from boroughs.models import Borough
from spotlight.faults import unavailable, what_is_wrong
from submissions.derived import cards
from submissions.facets import current_index
from submissions.models import Category
from submissions.sharing.addresses import carried
from submissions.version import once_per_version
from submissions.ways_in import themes_with_counts, with_counts
from survey.models import Section

NEWEST_ON_HOME = 6
SECTIONS_ON_HOME = 3


def home(request):
    """Drawn once for each state of the catalogue and in each process, but for a reader whose address carries a list."""
    context = _drawn_home(request) if carried(request) else _home()
    return render(request, "spotlight/home.html", context)


@once_per_version
def _home(_stamp):
    return _drawn_home()


def _drawn_home(request=None):
    """What the home page is made of: its main part, and the numbers in its description."""
    index = current_index()
    tiles = tile_map(with_counts(Borough.objects.all(), index))
    context = {
        "themes": themes_with_counts(index),
        "tiles": tiles,
        "entries": index.everything.bit_count(),
        "authorities": sum(tile.entries > 0 for tile in tiles),
        "newest": cards(index.first(index.everything, NEWEST_ON_HOME), listed=carried(request)),
        "categories": Category.objects.public(),
        "surveyed": list(Section.objects.for_preview().prefetch_related("themes")[:SECTIONS_ON_HOME]),
    }
    main = render_to_string("spotlight/home_main.html", context, request)
    return {"main": main, "entries": context["entries"], "authorities": context["authorities"]}


def standing(request, page):
    """A page of fixed wording: about, accessibility, privacy."""
    categories = Category.objects.public().prefetch_related("administrators")
    return render(request, f"spotlight/{page}.html", {"categories": categories})


def healthz(request):
    """For a monitor: 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def not_found(request, exception):
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request):
    """Drawn without the database, which may be what failed. What fails outside a view, comes here too."""
    if sentence := what_is_wrong(sys.exc_info()[1] or Exception()):
        return unavailable(request, sentence)
    return HttpResponse(render_to_string("500.html"), status=500)
