"""A shortlist as a page to print, as a Word document, and side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from submissions.pack.document import word_document
from submissions.pack.shortlist import FEWEST_COMPARED, MOST_COMPARED, UNDECIDED, comparison, shortlist

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pack(request):
    """`/pack/?ids=3,7`: one document. Not cached: it bears its day."""
    if request.GET.get("format") == "docx":
        return pack_document(request)
    chosen = _chosen(request)
    context = {"chosen": chosen, "day": timezone.localdate(), "people": chosen.administrators()}
    response = render(request, "submissions/pack.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def pack_document(request):
    """The same for Word."""
    chosen, day = _chosen(request), timezone.localdate()
    if not chosen.entries:
        raise Http404("A Word document needs at least one entry.")
    response = HttpResponse(word_document(chosen, day), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="practice-spotlight-{day:%Y-%m-%d}.docx"'
    response["Cache-Control"] = "no-cache"
    return response


def compare(request):
    """`/compare/?ids=3,7`: two to four entries in the columns of a table."""
    chosen = _chosen(request, MOST_COMPARED)
    context = {
        "chosen": chosen,
        "rows": comparison(chosen.entries),
        "undecided": UNDECIDED,
        "too_few": len(chosen.entries) < FEWEST_COMPARED,
    }
    return render(request, "submissions/compare.html", context)


def _chosen(request, *most):
    chosen = shortlist(request.GET, *most)
    if chosen.nothing_found:
        raise Http404("None of the numbers in the address is an entry.")
    return chosen
