"""Pages about the authorities: all 33, and each with what it has submitted."""

from django.db.models import Prefetch
from django.shortcuts import redirect, render

from boroughs.models import Borough
from boroughs.surroundings import surroundings
from boroughs.tilemap import tile_map
from spotlight.renaming import at_address


def borough_list(request):
    boroughs = list(
        Borough.objects.with_entry_counts()
        .select_related("delivery_body")
        .prefetch_related(Prefetch("mentions", Borough.mentions.rel.related_model.objects.public()))
    )
    return render(request, "boroughs/list.html", {"boroughs": boroughs, "tiles": tile_map(boroughs)})


def borough(request, slug):
    """One authority. An address it had before leads to the one it has now."""
    borough = at_address(Borough.objects.with_entry_counts().select_related("delivery_body"), slug)
    if borough.slug != slug:
        return redirect(borough, permanent=True)
    neighbours = list(borough.neighbours.with_entry_counts())
    context = {
        "borough": borough,
        "entries": borough.submissions.published().for_listing(),
        "mentions": borough.mentions.public().select_related("category"),
        "neighbours": neighbours,
        "helpful": [neighbour for neighbour in neighbours if neighbour.entries],
        "picture": surroundings(borough, neighbours),
    }
    return render(request, "boroughs/borough.html", context)
