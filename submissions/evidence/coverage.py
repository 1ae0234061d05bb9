"""Boroughs by themes: how many entries each has, empty squares included."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from boroughs.models import Borough
from submissions.exports.formats import plain_csv
from submissions.facet_index import current_index
from submissions.models import Category, Theme


@dataclass(frozen=True)
class Row:
    borough: Borough
    cells: list[tuple[Theme, int]]
    total: int  # its entries, each once
    praised: bool  # named in an introduction, without an entry there


@dataclass(frozen=True)
class Coverage:
    themes: list[Theme]
    rows: list[Row]
    totals: list[int]  # by theme, a joint entry once
    total: int  # all entries, each once


def coverage_now():
    """The table as the catalogue stands. Counts come from the index, so a joint entry counts once in every total."""
    index, themes = current_index(), list(Theme.objects.all())
    praised = {m.borough_id for category in Category.objects.public() for m in category.mentions_without_entry()}
    rows = [
        Row(borough, _cells(index, borough, themes), index.count("borough", borough.slug), borough.pk in praised)
        for borough in Borough.objects.all()
    ]
    totals = [index.count("theme", theme.slug) for theme in themes]
    return Coverage(themes, rows, totals, index.everything.bit_count())


def _cells(index, borough, themes):
    entries = index.any_of("borough", [borough.slug])
    return [(theme, (entries & index.any_of("theme", [theme.slug])).bit_count()) for theme in themes]


def coverage(request):
    return render(request, "submissions/coverage.html", {"coverage": coverage_now()})


def coverage_csv(request):
    """The same table: a row per borough, a column per theme, and the totals."""
    table = coverage_now()
    rows = [
        ["Borough", *(theme.name for theme in table.themes), "All entries"],
        *([row.borough.name, *(count for _, count in row.cells), row.total] for row in table.rows),
        ["All boroughs", *table.totals, table.total],
    ]
    response = HttpResponse(plain_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="practice-spotlight-coverage.csv"'
    return response
