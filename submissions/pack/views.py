"""A shortlist as a page to print, as a Word document, and side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from submissions.pack.comparison import FEWEST, MOST, UNDECIDED, rows
from submissions.pack.document import word_document
from submissions.pack.shortlist import shortlist

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOWHERE = "None of the numbers in the address is an entry."


def pack(request):
    """`/pack/?ids=3,7`: one document. Not kept, for it bears the day on which it was made."""
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
    chosen = _chosen(request, MOST)
    context = {
        "chosen": chosen,
        "rows": rows(chosen.entries),
        "undecided": UNDECIDED,
        "too_few": len(chosen.entries) < FEWEST,
    }
    return render(request, "submissions/compare.html", context)


def _chosen(request, *most):
    chosen = shortlist(request.GET, *most)
    if chosen.is_nowhere:
        raise Http404(NOWHERE)
    return chosen
