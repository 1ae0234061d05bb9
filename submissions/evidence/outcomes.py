"""Every confirmed figure with the sentence it stands in; never ranked, and never sorted by value."""

import django_filters
from django.db.models import Min
from django.shortcuts import render

from submissions.evidence.lists import EvidenceFilter, evidence_page
from submissions.exports.downloads import Download, file_response, refused
from submissions.exports.tables import OUTCOMES, readable_outcomes
from submissions.models import OutcomeMetric, Submission

SORTS = {
    "entry": "Newest entry first",
    "title": "Entry, A to Z",
    "borough": "Borough, A to Z",
    "kind": "Kind of figure",
}
ORDER = {"title": ["submission__title"], "borough": ["first_borough", "submission__title"], "kind": ["kind"]}


class OutcomeFilter(EvidenceFilter):
    """Figures also by kind and unit."""

    kind = django_filters.ChoiceFilter(choices=OutcomeMetric.Kind.choices, empty_label="Any")
    unit = django_filters.ChoiceFilter(choices=lambda: _units(), empty_label="Any")
    sort = django_filters.ChoiceFilter(
        choices=tuple(SORTS.items()), method="sorted_by", label="Order", empty_label=None
    )

    def sorted_by(self, queryset, _name, value):
        if value == "borough":
            queryset = queryset.annotate(first_borough=Min("submission__boroughs__name"))
        return queryset.order_by(*ORDER[value], "submission", "position", "pk") if value in ORDER else queryset


def _units():
    units = readable_outcomes().order_by("unit").values_list("unit", flat=True).distinct()
    return [(unit, unit) for unit in units]


def outcomes(request):
    """The figures, and the entries that state none."""
    filterset = OutcomeFilter(request.GET, readable_outcomes())
    metrics = filterset.qs.prefetch_related("submission__boroughs", "submission__themes")
    without = Submission.objects.published().without_figures().for_listing()
    context = {
        "filterset": filterset,
        "page": evidence_page(metrics, request),
        "silent": [entry for entry in without if not entry.figures_undecided],
        "undecided": [entry for entry in without if entry.figures_undecided],
    }
    return render(request, "submissions/outcomes.html", context)


def outcomes_csv(request):
    """The figures on the page, with the same parameters."""
    filterset = OutcomeFilter(request.GET, readable_outcomes())
    if filterset.problems:
        return refused(filterset.problems, "csv")
    name = "practice-spotlight-outcomes.csv"
    return file_response(request, Download(OUTCOMES, "csv", filterset.qs, OUTCOMES.title, request.path, "", name))
