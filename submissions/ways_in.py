"""The ways in to the catalogue: all themes, all boroughs, and the page of one theme, borough or category with its
entries. Every number comes from the index; the database is asked for the entries of one page alone."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse

from boroughs.maps import surroundings, tile_map
from boroughs.models import Borough
from spotlight.renaming import at_address
from submissions.facets import Keys, current_index
from submissions.list_page import tiles_of
from submissions.models import Category, Theme
from submissions.paging import page_of_entries


def theme_list(request):
    index = current_index()
    tiles = tile_map(with_counts(Borough.objects.all(), index))
    context = {"themes": themes_with_counts(index), "tiles": tiles}
    return render(request, "submissions/themes.html", context)


def theme(request, slug):
    theme, index = at_address(Theme.objects.all(), slug), current_index()
    if theme.slug != slug:
        return redirect(theme, permanent=True)
    page = entries_having("theme", slug, request, index)
    context = {"theme": theme, "page": page, "tiles": theme_map(theme, index)}
    return render(request, "submissions/theme.html", context)


def category_list(request):
    index = current_index()
    categories = [(category, index.count("category", category.slug)) for category in Category.objects.public()]
    return render(request, "submissions/categories.html", {"categories": categories})


def category(request, slug):
    category = at_address(Category.objects.public().prefetch_related("administrators"), slug)
    if category.slug != slug:
        return redirect(category, permanent=True)
    context = {
        "category": category,
        "page": entries_having("category", slug, request, current_index()),
        "unanswered": category.mentions_without_entry(),
    }
    return render(request, "submissions/category.html", context)


def borough_list(request):
    boroughs = with_counts(Borough.objects.all(), current_index())
    praised = set(Borough.mentions.rel.related_model.objects.public().values_list("borough", flat=True))
    context = {"boroughs": boroughs, "praised": praised, "tiles": tile_map(boroughs)}
    return render(request, "submissions/boroughs.html", context)


def borough(request, slug):
    """One authority. An address it had before leads to the one it has now."""
    borough, index = at_address(Borough.objects.select_related("delivery_body"), slug), current_index()
    if borough.slug != slug:
        return redirect(borough, permanent=True)
    borough, *neighbours = with_counts([borough, *borough.neighbours.all()], index)
    context = {
        "borough": borough,
        "page": entries_having("borough", slug, request, index),
        "mentions": borough.mentions.public().select_related("category"),
        "neighbours": neighbours,
        "helpful": [neighbour for neighbour in neighbours if neighbour.entries],
        "picture": surroundings(borough, neighbours),
    }
    return render(request, "submissions/borough.html", context)


def themes_with_counts(index):
    """[(theme, number of entries)] in LIIA's order."""
    return [(theme, index.count("theme", theme.slug)) for theme in Theme.objects.all()]


def theme_map(theme, index):
    """Tiles of a theme: a square leads to the borough's entries on it."""

    def within(borough):
        return f"{reverse('submissions')}?{urlencode({'theme': theme.slug, 'borough': borough.slug})}"

    return tiles_of(index, index.having("theme", theme.slug), within)


def with_counts(boroughs, index):
    """The boroughs as a list, as `with_entry_counts()`, without counting 100,000 entries."""
    boroughs = list(boroughs)
    for borough in boroughs:
        borough.entries = index.count("borough", borough.slug)
    return boroughs


def entries_having(facet, slug, request, index):
    """The page asked for of the published entries that have a value of a facet, newest first."""
    return page_of_entries(Keys(index, index.having(facet, slug), "newest", ()), request)
