"""Pages about the authorities: all 33, and each with what it has submitted."""

from django.shortcuts import get_object_or_404, render

from boroughs.models import Borough
from boroughs.tilemap import legend, tile_map


def borough_list(request):
    boroughs = list(Borough.objects.with_entry_counts().select_related("delivery_body").prefetch_related("mentions"))
    tiles = tile_map(boroughs)
    return render(request, "boroughs/list.html", {"boroughs": boroughs, "tiles": tiles, "legend": legend(tiles)})


def borough(request, slug):
    borough = get_object_or_404(Borough.objects.select_related("delivery_body"), slug=slug)
    context = {
        "borough": borough,
        "entries": borough.submissions.published().for_listing(),
        "mentions": borough.mentions.select_related("category"),
        "neighbours": borough.neighbours.with_entry_counts(),
    }
    return render(request, "boroughs/borough.html", context)
