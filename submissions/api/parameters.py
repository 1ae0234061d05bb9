"""What an address of the API may ask: the list's own filters, and paging. Any other parameter is refused, not ignored.

Every refusal is {"error": "a sentence a person can act on"}.
"""

from math import ceil

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, MethodNotAllowed, Throttled
from rest_framework.views import exception_handler

from submissions.exports.formats import plain_row
from submissions.facets import FACETS
from submissions.paging import MOST_DIGITS, NoSuchPage, page_of, whole_number

LIMIT = 50
MAX_LIMIT = 200
PAGING = ("page", "limit")


class BadParameter(APIException):
    status_code = 400


class NotThere(APIException):
    status_code = 404


def refusal(exception, context):
    """DRF's answer to an exception, in our words."""
    response = exception_handler(exception, context)
    if response is not None:
        response.data = {"error": _sentence(exception, response)}
    return response


def _sentence(exception, response):
    if isinstance(exception, Throttled):
        seconds = ceil(exception.wait or 60)
        return f"That is more than we can answer at once. Ask again in {seconds} seconds, as Retry-After says."
    if isinstance(exception, MethodNotAllowed):
        return "This API is for reading: use GET."
    return str(response.data["detail"])


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


def answered_page(request, table, keys):
    """One page of the records with these keys, in their order, as the API answers it."""
    limit = _number(request, "limit", LIMIT, MAX_LIMIT)
    number = _number(request, "page", 1)
    try:
        page = page_of(keys, limit, str(number))
    except NoSuchPage as error:
        raise NotThere(f"There is no page {number}: with {limit} on each, there {_are(error.pages)}.") from None
    return {
        "count": page.paginator.count,
        "next": _address(request, number + 1) if page.has_next() else None,
        "previous": _address(request, number - 1) if page.has_previous() else None,
        "results": [plain_row(row) for rows in table.rows(page.object_list) for row in rows],
    }


def _number(request, name, default, highest=None):
    text = request.query_params.get(name, str(default))
    number = whole_number(text)
    if not number or (highest and number > highest):
        allowed = f"from 1 to {highest}" if highest else "from 1 on"
        raise BadParameter(f"“{name}” is a whole number {allowed}, not “{text[:40]}”.")
    return number


def _address(request, number):
    asked = request.query_params.copy()
    asked["page"] = number
    return request.build_absolute_uri(f"?{asked.urlencode()}")


def _are(pages):
    return "is only one" if pages == 1 else f"are {pages}"


def paging_described():
    number = {"type": "integer", "minimum": 1}
    return [
        OpenApiParameter(
            "page", {**number, "maximum": 10**MOST_DIGITS - 1, "default": 1}, description="Which page, from 1."
        ),
        OpenApiParameter(
            "limit",
            {**number, "maximum": MAX_LIMIT, "default": LIMIT},
            description=f"How many on a page, {MAX_LIMIT} at the most.",
        ),
    ]


def filters_described():
    """Those of the list; `schema.with_known_values` adds which values each takes."""
    described = [
        OpenApiParameter("q", str, description="Words to look for, as in the search box."),
        OpenApiParameter("exact", str, enum=["1"], description="Only the words as typed, and no others for the same."),
    ]
    for name, facet in FACETS.items():
        every = "Entries that have all of them." if name == "has" else "Repeat it for entries with any of them."
        described.append(OpenApiParameter(name, str, many=True, description=f"{facet.legend}. {every}"))
    return [*described, OpenApiParameter("sort", str, description="The order of the list.")]
