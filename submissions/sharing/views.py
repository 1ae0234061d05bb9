"""Short addresses, and the preview images of every kind of page."""

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import redirect

from boroughs.models import Borough
from spotlight.renaming import at_address
from submissions.filters import SubmissionFilter
from submissions.models import Category, Submission, Theme
from submissions.sharing.cards import CARDS_OF_GROUPS, entry_card, list_card, site_card
from submissions.sharing.drawing import draw
from submissions.sharing.visibility import entry_at, visible_or_404

A_DAY = 24 * 60 * 60
GROUPS = {"borough": Borough.objects.all, "theme": Theme.objects.all, "category": Category.objects.public}


def short(request, pk):
    """The address that stays for good leads to the entry's page, whatever it is called now."""
    return redirect(visible_or_404(Submission.objects.filter(pk=pk).first()))


def picture(card):
    """A card as an answer, drawn once per process as long as its words are the same. For other apps' pages too."""
    png = caches["pages"].get_or_set(f"picture-{card.digest}", lambda: draw(card))
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def site_picture(request):
    return picture(site_card())


def list_picture(request):
    return picture(list_card(SubmissionFilter(request.GET)))


def entry_picture(request, slug):
    entry = entry_at(Submission.objects.for_listing(), slug)
    return picture(entry_card(entry)) if entry.slug == slug else _moved("entry_picture", entry)


def group_picture(request, kind, slug):
    record = at_address(GROUPS[kind](), slug)
    return picture(CARDS_OF_GROUPS[kind](record)) if record.slug == slug else _moved(f"{kind}_picture", record)


def _moved(name, record):
    return redirect(name, record.slug, permanent=True)
