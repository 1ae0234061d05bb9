"""The API's answers. Nothing here is for one reader alone, so each can be kept and asked for again with its ETag."""

from django.http import Http404
from django.shortcuts import redirect
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.response import Response

from spotlight.renaming import at_address
from submissions.api import parameters
from submissions.api.entry import EXAMPLE, whole
from submissions.api.errors import BadParameter, NotThere
from submissions.api.paging import page_of
from submissions.api.serializers import PAGES, Entry, Problem
from submissions.exports.downloads import sentences
from submissions.exports.entries import ENTRIES
from submissions.exports.tables import TABLES
from submissions.filters import SubmissionFilter
from submissions.models import Submission


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


@documented("entries", "Entries", [*parameters.filters(), *parameters.paging()])
@api_view(["GET"])
def submission_list(request):
    parameters.only(request, (*parameters.LIST, *parameters.PAGING))
    filterset = SubmissionFilter(request.query_params, Submission.objects.published())
    if filterset.problems:
        raise BadParameter(" ".join(sentences(filterset.problems)))
    return Response(page_of(request, ENTRIES, filterset.qs, filterset.total))


@extend_schema(
    summary="One entry with its whole text",
    description="Everything on the entry’s page but whom to call. An address it had before answers 301.",
    responses={200: WHOLE, 301: MOVED, 400: BAD, 404: NO_ENTRY, 429: TOO_OFTEN},
    operation_id="entry",
    tags=["entries"],
)
@api_view(["GET"])
def submission(request, slug):
    parameters.only(request, ())
    try:
        entry = at_address(Submission.objects.published().for_detail(), slug)
    except Http404:
        raise NotThere(f"There is no entry “{slug}”.") from None
    return Response(whole(entry)) if entry.slug == slug else redirect("api_entry", entry.slug, permanent=True)


def table_view(name, summary):
    """A view that answers pages of a whole table."""

    @documented(name, summary, parameters.paging())
    @api_view(["GET"])
    def view(request):
        parameters.only(request, parameters.PAGING)
        records = TABLES[name].records()
        return Response(page_of(request, TABLES[name], records, records.count()))

    return view


@extend_schema(exclude=True)
@api_view(["GET"])
def nothing_here(request, rest):
    raise NotThere(f"There is nothing at /api/{rest[:80]}. /api/ says what there is.")
