"""The API's answers: what an address may ask, and what it is answered.

Nothing here is for one reader alone, so each answer can be cached and asked for again with its ETag. An unknown
parameter is refused, not ignored. Every refusal is {"error": "a sentence a person can act on"}.
"""

from math import ceil

from django.http import Http404
from django.shortcuts import redirect
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.exceptions import APIException, MethodNotAllowed, Throttled
from rest_framework.response import Response
from rest_framework.views import exception_handler

from spotlight.renaming import at_address
from submissions.api.schema import PAGES, Entry, Problem
from submissions.exports.downloads import sentences
from submissions.exports.formats import plain_row
from submissions.exports.table import clean
from submissions.exports.tables import ENTRIES, OUTCOMES, TABLES
from submissions.facets import FACETS
from submissions.filters import PARAMETERS, SubmissionFilter
from submissions.models import Submission
from submissions.paging import MOST_DIGITS, NoSuchPage, page_of, whole_number
from submissions.withheld import withhold, withhold_from_html, withhold_from_link
from submissions.wording import plain

READING = ["GET", "HEAD"]
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
        page = page_of(keys, str(number), limit)
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


EXAMPLE = ENTRIES.example() | {
    "text_html": "<h3>What we did</h3><p>Care leavers met employers.</p>",
    "text_plain": "What we did\nCare leavers met employers.",
    "supporting_html": "",
    "supporting_plain": "",
    "outcomes": [OUTCOMES.example()],
    "voices": [{"quote": "“I got my first job here.”", "speaker": "Young person"}],
    "supporting_items": [{"title": "A short film", "url": "https://example.org/film"}],
}


def problem(when, sentence):
    example = OpenApiExample("A sentence", {"error": sentence}, response_only=True)
    return OpenApiResponse(Problem, description=when, examples=[example])


BAD = problem("A parameter is not known.", "There is no theme “houses”.")
NO_PAGE = problem("There is no such page.", "There is no page 9: with 50 on each, there is only one.")
NO_ENTRY = problem("There is no such entry.", "There is no entry “no-such-entry”.")
TOO_OFTEN = problem(
    "Asked too often. The header Retry-After gives the seconds to wait.",
    "That is more than we can answer at once. Ask again in 12 seconds, as Retry-After says.",
)
WHOLE = OpenApiResponse(
    Entry, description="The entry.", examples=[OpenApiExample("An entry", EXAMPLE, response_only=True)]
)
MOVED = OpenApiResponse(description="The entry has another address now; Location says which.")


def documented(name, summary, parameters):
    """The description of an address that answers pages of a table."""
    page = {"count": 1, "next": None, "previous": None, "results": [TABLES[name].example()]}
    example = OpenApiExample("A page", page, response_only=True)
    answers = {200: OpenApiResponse(PAGES[name], description="A page.", examples=[example])}
    answers |= {400: BAD, 404: NO_PAGE, 429: TOO_OFTEN}
    about = TABLES[name].about
    return extend_schema(
        summary=summary, description=about, parameters=parameters, responses=answers, operation_id=name, tags=[name]
    )


@documented("entries", "Entries", [*filters_described(), *paging_described()])
@api_view(READING)
def submission_list(request):
    only(request, (*PARAMETERS, *PAGING))
    filterset = SubmissionFilter(request.query_params)
    if filterset.problems:
        raise BadParameter(" ".join(sentences(filterset.problems)))
    return Response(answered_page(request, ENTRIES, filterset.keys))


@extend_schema(
    summary="One entry with its whole text",
    description="Everything on the entry’s page but whom to call. An address it had before answers 301.",
    responses={200: WHOLE, 301: MOVED, 400: BAD, 404: NO_ENTRY, 429: TOO_OFTEN},
    operation_id="entry",
    tags=["entries"],
)
@api_view(READING)
def submission(request, slug):
    only(request, ())
    try:
        entry = at_address(Submission.objects.published().for_detail(), slug)
    except Http404:
        raise NotThere(f"There is no entry “{slug}”.") from None
    return Response(entry_with_text(entry)) if entry.slug == slug else redirect("api_entry", entry.slug, permanent=True)


def table_view(name, summary):
    """A view that answers pages of a whole table."""

    @documented(name, summary, paging_described())
    @api_view(READING)
    def view(request):
        only(request, PAGING)
        return Response(answered_page(request, TABLES[name], TABLES[name].keys()))

    return view


@extend_schema(exclude=True)
@api_view(READING)
def nothing_here(request, rest):
    raise NotThere(f"There is nothing at /api/{rest[:80]}. /api/ says what there is.")


def entry_with_text(entry):
    """Everything an entry's page shows but whom to call."""
    return plain_row(ENTRIES.row(ENTRIES.records_of([entry.pk])[entry.pk])) | {
        **_forms("text", entry.body),
        **_forms("supporting", entry.supporting),
        "outcomes": [OUTCOMES.row(figure) for figure in entry.figures],
        "voices": [{"quote": clean(v.quote), "speaker": clean(v.speaker) or None} for v in entry.heard],
        "supporting_items": [
            {"title": clean(item.title), "url": withhold_from_link(item.url) or None}
            for item in entry.supporting_items.all()
        ],
    }


def _forms(name, markup):
    markup = withhold_from_html(markup)
    return {f"{name}_html": markup, f"{name}_plain": withhold(plain(markup))}
