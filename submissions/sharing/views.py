"""Short addresses, and the preview images of every kind of page."""

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import redirect

from boroughs.models import Borough
from spotlight.renaming import at_address
from submissions.filters import SubmissionFilter
from submissions.models import Category, Submission, Theme
from submissions.sharing.cards import borough_card, category_card, entry_card, list_card, site_card, theme_card
from submissions.sharing.doors import entry_at, opened
from submissions.sharing.drawing import draw

A_DAY = 24 * 60 * 60


def short(request, pk):
    """The address that stays for good leads to wherever the entry stands now."""
    return redirect(opened(Submission.objects.filter(pk=pk).first()))


def picture(card):
    """A card as an answer, drawn once per process as long as it says the same. For other apps' pages too."""
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


def borough_picture(request, slug):
    borough = at_address(Borough.objects.all(), slug)
    return picture(borough_card(borough)) if borough.slug == slug else _moved("borough_picture", borough)


def theme_picture(request, slug):
    theme = at_address(Theme.objects.all(), slug)
    return picture(theme_card(theme)) if theme.slug == slug else _moved("theme_picture", theme)


def category_picture(request, slug):
    category = at_address(Category.objects.public(), slug)
    return picture(category_card(category)) if category.slug == slug else _moved("category_picture", category)


def _moved(name, record):
    return redirect(name, record.slug, permanent=True)
