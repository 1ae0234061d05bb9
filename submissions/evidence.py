"""Evidence people can quote: figures with their sentences, people's own words, coverage, and plain English."""

from dataclasses import dataclass

from django import forms
from django.db.models import OuterRef, Prefetch, Subquery
from django.shortcuts import render

from boroughs.models import Borough
from submissions.exports.downloads import Download, file_response, refused
from submissions.exports.formats import attachment, plain_csv
from submissions.exports.tables import OUTCOMES, readable_outcomes
from submissions.facets import Keys, current_index
from submissions.filters import unknown_value
from submissions.models import BoroughMention, GlossaryTerm, OutcomeMetric, Submission, Theme, Voice
from submissions.paging import PAGE_SIZE, page_of, page_of_entries
from submissions.version import once_per_version

SORTS = {
    "entry": "Newest entry first",
    "title": "Entry, A to Z",
    "borough": "Borough, A to Z",
    "kind": "Kind of figure",
}
ORDER = {"title": ["submission__title"], "borough": ["first_borough", "submission__title"], "kind": ["kind"]}
WITHOUT_FIGURES = {
    "undecided": "Entries whose figures are not yet decided by LIIA",
    "none": "Entries that state no figures",
}


class EvidenceForm(forms.Form):
    """Evidence by the theme and borough of its entry. `problems` are a sentence for each value that is not known;
    those values are left out."""

    theme = forms.ModelChoiceField(Theme.objects.all(), to_field_name="slug", empty_label="Any", required=False)
    borough = forms.ModelChoiceField(Borough.objects.all(), to_field_name="slug", empty_label="Any", required=False)
    looked_up = {"theme": "submission__themes", "borough": "submission__boroughs"}

    def __init__(self, data):
        """An earlier slug, or a value in capitals, counts as the present one, as on the list."""
        meant, self.index = data.copy(), current_index()
        for name in ("theme", "borough"):
            if value := self.index.present(name, data.get(name, "")):
                meant[name] = value
        for name in ("kind", "sort"):
            if name in data:
                meant[name] = data[name].lower()
        super().__init__(meant)

    @property
    def problems(self):
        return [unknown_value(name, self.data.get(name, "")[:60]) for name in self.errors]

    @property
    def chosen(self):
        """{field: value} of what is asked for and known."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_narrowed(self):
        return bool(self.chosen.keys() - {"sort"})

    @property
    def query(self):
        """The parameters as an address carries them, without the page and the reader's own list."""
        params = self.data.copy()
        for name in ("page", "list"):
            params.pop(name, None)
        return params.urlencode()

    def among(self, records):
        """Those of a queryset of figures or voices that are asked for."""
        return records.filter(**{self.looked_up[name]: value for name, value in self.chosen.items() if name != "sort"})


class OutcomeForm(EvidenceForm):
    """Figures also by kind and unit."""

    kind = forms.ChoiceField(choices=[("", "Any"), *OutcomeMetric.Kind.choices], required=False)
    unit = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(choices=list(SORTS.items()), label="Order", required=False)
    looked_up = EvidenceForm.looked_up | {"kind": "kind", "unit": "unit"}

    def __init__(self, data):
        super().__init__(data)
        self.figures = figures_now()
        self.fields["unit"].choices = [("", "Any"), *((unit, unit) for unit in self.figures.units)]

    def among(self, records):
        records, sort = super().among(records), self.chosen.get("sort")
        if sort == "borough":
            names = Borough.objects.filter(submissions=OuterRef("submission")).order_by("name").values("name")
            records = records.annotate(first_borough=Subquery(names[:1]))
        return records.order_by(*ORDER[sort], "submission", "position", "pk") if sort in ORDER else records


@dataclass(frozen=True)
class Figures:
    """Of all figures that readers see: how many, and their units. `undecided`: keys of entries with a proposed one."""

    total: int
    units: list[str]
    undecided: set[int]


@once_per_version
def figures_now(_stamp):
    """What would be counted over all figures for every page of them."""
    shown, proposed = readable_outcomes(), OutcomeMetric.objects.filter(status=OutcomeMetric.Status.PROPOSED)
    units = shown.order_by("unit").values_list("unit", flat=True).distinct()
    return Figures(shown.count(), list(units), set(proposed.order_by().values_list("submission", flat=True)))


def _page(form, records, request, total=None):
    """The page asked for. Keys alone are sorted; the records of the page are read by theirs, and nothing else."""
    keys = form.among(records.of_published()).values_list("pk", flat=True)
    total = None if form.is_narrowed else total
    page = page_of(keys, request.GET.get("page", ""), query=form.query, total=total)
    entries = Submission.objects.only("title", "slug", "status").prefetch_related("boroughs", "themes")
    found = records.prefetch_related(Prefetch("submission", entries)).in_bulk(list(page))
    page.object_list = [found[pk] for pk in page if pk in found and found[pk].submission.is_published]
    return page


def outcomes(request):
    """Every confirmed figure with its sentence, never ranked or sorted by value; and the entries that state none."""
    form = OutcomeForm(request.GET)
    without = without_figures(form.index, form.figures)
    without = [(why, len(keys), keys[:PAGE_SIZE]) for why, keys in without.items()]
    entries = Submission.objects.published().only("title", "slug").prefetch_related("boroughs")
    entries = entries.in_bulk([pk for *_, keys in without for pk in keys])
    context = {
        "form": form,
        "page": _page(form, OutcomeMetric.objects.shown(), request, form.figures.total),
        "without": [
            (why, WITHOUT_FIGURES[why], number, [entries[pk] for pk in keys if pk in entries])
            for why, number, keys in without
        ],
    }
    return render(request, "submissions/outcomes.html", context)


def without_figures(index, figures):
    """{why: keys} of the published entries without a figure that readers see, newest first."""
    without = index.everything & ~index.having("has", "outcomes")
    undecided = without & index.entries(figures.undecided)
    sets = {"undecided": undecided, "none": without & ~undecided}
    return {name: Keys(index, entries, "newest", ()) for name, entries in sets.items()}


def entries_without_figures(request, why):
    keys = without_figures(current_index(), figures_now())[why]
    context = {"title": WITHOUT_FIGURES[why], "page": page_of_entries(keys, request, heading="h2")}
    return render(request, "submissions/without_figures.html", context)


def outcomes_csv(request):
    """The figures on the page, with the same parameters."""
    form = OutcomeForm(request.GET)
    if form.problems:
        return refused(form.problems, "csv")
    keys = form.among(readable_outcomes()).values_list("pk", flat=True).iterator()
    name = "practice-spotlight-outcomes.csv"
    return file_response(request, Download(OUTCOMES, "csv", keys, OUTCOMES.title, request.path, name))


def voices(request):
    """People's own words, as published, with who speaks only as far as the page says it."""
    form = EvidenceForm(request.GET)
    context = {"form": form, "page": _page(form, Voice.objects.heard(), request)}
    return render(request, "submissions/voices.html", context)


def glossary(request):
    """What the terms in the entries mean."""
    terms = sorted(GlossaryTerm.objects.filter(shown=True).exclude(definition=""), key=lambda t: t.label.casefold())
    return render(request, "submissions/glossary.html", {"terms": terms})


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
    """Boroughs by themes, empty squares included. Counts come from the index: a joint entry counts once in a total."""
    index, themes = current_index(), list(Theme.objects.all())
    praised = {
        borough
        for category, borough in BoroughMention.objects.public().values_list("category__slug", "borough__slug")
        if not index.having("category", category) & index.having("borough", borough)
    }
    rows = [
        Row(borough, _cells(index, borough, themes), index.count("borough", borough.slug), borough.slug in praised)
        for borough in Borough.objects.all()
    ]
    totals = [index.count("theme", theme.slug) for theme in themes]
    return Coverage(themes, rows, totals, index.everything.bit_count())


def _cells(index, borough, themes):
    entries = index.having("borough", borough.slug)
    return [(theme, (entries & index.having("theme", theme.slug)).bit_count()) for theme in themes]


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
    return attachment(plain_csv(rows), "practice-spotlight-coverage.csv")
