"""Preview images: what each says, in a few lines of text, and the answers that hold them."""

import hashlib
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import redirect

from boroughs.models import Borough
from spotlight.renaming import at_address
from submissions.filters import SubmissionFilter
from submissions.list_titles import list_title
from submissions.models import Category, Submission, Theme
from submissions.sharing.addresses import entry_at
from submissions.sharing.drawing import STYLESHEET, draw
from submissions.withheld import withhold

MOST_BOROUGHS = 3

# A change of the drawing makes new addresses of images, so that nobody is shown a cached old one.
_DESIGN = hashlib.sha256(Path(__file__).with_name("drawing.py").read_bytes() + STYLESHEET.read_bytes()).digest()

A_DAY = 24 * 60 * 60
GROUPS = {"borough": Borough.objects.all, "theme": Theme.objects.all, "category": Category.objects.public}


@dataclass(frozen=True)
class Card:
    title: str
    who: str = ""  # above the title
    foot: str = ""  # at the bottom
    figure: str = ""  # large, beside a bar
    label: str = ""  # what the figure measures

    def __post_init__(self):
        """A picture goes where chats and search engines keep it: no e-mail address is drawn."""
        for field in fields(self):
            object.__setattr__(self, field.name, withhold(getattr(self, field.name)))

    @property
    def digest(self):
        """Twelve characters that change with any word or with the drawing."""
        return hashlib.sha256(repr((_DESIGN, astuple(self))).encode()).hexdigest()[:12]


def entry_card(entry):
    """For an entry read with `for_listing()` or `for_detail()`."""
    boroughs = entry.boroughs.all()
    who = entry.borough_names if len(boroughs) <= MOST_BOROUGHS else f"{len(boroughs)} London authorities"
    category = "; ".join(category.title for category in entry.categories.all())
    best = entry.figures[0] if entry.figures else None
    return Card(entry.title, who, category, best.figure if best else "", best.label if best else "")


def borough_card(borough):
    return Card(borough.official_name, "Examples of practice from", "Who did it, what it changed, and who to call")


def theme_card(theme):
    return Card(theme.name, "Theme", theme.description)


def category_card(category):
    return Card(category.title, "Category", category.scope)


CARDS_OF_GROUPS = {"borough": borough_card, "theme": theme_card, "category": category_card}


def list_card(title):
    """For the list, unfiltered or as filtered, by its title."""
    return Card(title, "", "Find what works for children and young people")


def site_card():
    """For the home page and every page that has no image of its own."""
    return Card(
        "Find what works for children and young people",
        "",
        "Examples of practice from London’s local authorities, in their own words",
    )


def picture(card):
    """A card as an answer, drawn once per process as long as its words are the same. For other apps' pages too."""
    png = caches["pictures"].get_or_set(card.digest, lambda: draw(card))
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response


def site_picture(request):
    return picture(site_card())


def list_picture(request):
    return picture(list_card(list_title(SubmissionFilter(request.GET))))


def entry_picture(request, slug):
    entry = entry_at(Submission.objects.for_listing(), slug)
    return picture(entry_card(entry)) if entry.slug == slug else _moved("entry_picture", entry)


def group_picture(request, kind, slug):
    record = at_address(GROUPS[kind](), slug)
    return picture(CARDS_OF_GROUPS[kind](record)) if record.slug == slug else _moved(f"{kind}_picture", record)


def _moved(name, record):
    return redirect(name, record.slug, permanent=True)
