"""The parameters the API takes: the words of the list's own filter, and paging. Any other is refused, not ignored."""

from drf_spectacular.utils import OpenApiParameter

from submissions.api.errors import BadParameter
from submissions.api.paging import LIMIT, MAX_LIMIT
from submissions.facets import FACETS
from submissions.filters import SubmissionFilter

PAGING = ("page", "limit")
LIST = (*SubmissionFilter.base_filters, "exact")


def only(request, names):
    """Refuse a parameter that is not one of `names`, or that has no value: a slip would go unseen."""
    for name, values in request.query_params.lists():
        if name not in names:
            raise BadParameter(
                f"There is no parameter “{name[:40]}” here. Those there are: {', '.join(names) or 'none'}."
            )
        if name != "q" and "" in values:
            raise BadParameter(f"“{name}” has no value. Give it one, or leave it out.")
        if name == "exact" and set(values) != {"1"}:
            raise BadParameter("“exact” is 1, or is left out.")


def paging():
    number = {"type": "integer", "minimum": 1}
    return [
        OpenApiParameter("page", {**number, "default": 1}, description="Which page, from 1."),
        OpenApiParameter(
            "limit",
            {**number, "maximum": MAX_LIMIT, "default": LIMIT},
            description=f"How many on a page, {MAX_LIMIT} at the most.",
        ),
    ]


def filters():
    """Those of the list; `schema.with_known_values` adds which values each takes."""
    told = [
        OpenApiParameter("q", str, description="Words to look for, as in the search box."),
        OpenApiParameter("exact", str, enum=["1"], description="Only the words as typed, and no others for the same."),
    ]
    for name, facet in FACETS.items():
        every = "Entries that have all of them." if name == "has" else "Repeat it for entries with any of them."
        told.append(OpenApiParameter(name, str, many=True, description=f"{facet.legend}. {every}"))
    return [*told, OpenApiParameter("sort", str, description="The order of the list.")]
