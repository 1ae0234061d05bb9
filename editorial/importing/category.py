"""The category of a page: one that is here, or a new one with what the page's introduction says."""

import re
from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.text import slugify
from rapidfuzz import fuzz

from boroughs.models import Borough, DeliveryBody
from editorial.importing.content import text_words, words
from pagereader import NotAPage, to_html
from spotlight.renaming import free_slug
from submissions.models import BoroughMention, Category

LEADING_ON = re.compile(r"(?:[\s,;:–—&-]|\s(?:and|or|of|for|to|in|with|the|an?|by|at|from|on))+$", re.IGNORECASE)
LIKE = 90  # of 100: a scope sentence with a word mended is the same one
SAID = {
    "scope": "scope",
    "sponsor": "sponsor",
    "panel": "panel",
    "introduction": "introduction",
    "sign_off": "sign-off",
}


@dataclass(frozen=True)
class NewCategory:
    """What a person gives a category that is not here yet."""

    number: int
    title: str
    name: str


@dataclass(frozen=True)
class Likely:
    """The category that a page is about, as far as the page says so. `category`: one that is here, None for a new one.
    `is_certain`: what the page prints decides; else a person must. `why`: a sentence."""

    category: Category | None
    is_certain: bool
    why: str


def likely_category(page):
    """A printed title or number decides, also that the category is new. A likeness of scope alone decides nothing, nor
    do a title and a number that contradict each other."""
    printed = page.category
    present = list(Category.objects.all())
    by_number = next((one for one in present if one.number == printed.number), None)
    by_title = next((one for one in present if printed.title and _same_words(one.title, printed.title)), None)
    if by_title and by_number in (by_title, None):
        return Likely(by_title, True, f"The page prints its title, “{by_title}”.")
    if by_number and not printed.title:
        return Likely(by_number, True, f"The page prints its number, {by_number.number}.")
    if by_title or by_number:
        why = f"The page prints “Category {printed.number}” and “{printed.title}”, which are not of one category here."
        return Likely(by_title or by_number, False, why)
    if printed.title or printed.number is not None:
        number = "" if printed.number is None else f"Category {printed.number}"
        named = ", ".join(filter(None, (number, printed.title)))
        return Likely(None, True, f"The page prints “{named}”, which is no category here.")
    scopes = [(fuzz.ratio(one.scope, printed.scope), one) for one in present if printed.scope]
    likeness, alike = max(scopes, key=lambda pair: pair[0], default=(0, None))
    if likeness >= LIKE:
        return Likely(
            alike, False, "The page prints neither number nor title; only the sentence of its scope is alike."
        )
    return Likely(None, False, "The page prints neither number nor title, and its scope is like none that is here.")


def _same_words(one, other):
    return slugify(one.replace("&", " and ")) == slugify(other.replace("&", " and "))


def proposed(page, title=""):
    """What to call a new category until a person says it better. `title`: where the page itself prints none. Number,
    title and short name are none that is taken here."""
    number = page.category.number
    if number is None or Category.objects.filter(number=number).exists():
        number = (Category.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    title = cut_at_word(page.category.title or title or f"Category {number}", 200)
    if Category.objects.filter(title=title).exists():
        title = f"{cut_at_word(title, 190)} ({number})"
    name = cut_at_word(title, 60)
    is_taken = Category.objects.filter(name=name).exists()
    return NewCategory(number, title, f"{cut_at_word(title, 50)} ({number})" if is_taken else name)


def cut_at_word(text, most):
    """At most `most` characters of a text, without a word that is cut or that leads on to the next."""
    if len(text) <= most:
        return text
    shorter = text[: most + 1].rpartition(" ")[0] or text[:most]
    return LEADING_ON.sub("", shorter) or shorter


def create_category(new, page):
    """Creates the category, its administrators and its mentions of authorities, and returns it. Raises NotAPage when
    another has its number, title or short name."""
    for field, text in (("title", new.title), ("name", new.name)):
        if len(text) > (room := Category._meta.get_field(field).max_length):
            raise NotAPage(
                f"The category’s {field} has {len(text)} characters, and there is room for {room}: shorten it."
            )
    taken = Q(number=new.number) | Q(title=new.title) | Q(name=new.name)
    if other := Category.objects.filter(taken).first():
        raise NotAPage(f"Category {other.number}, “{other}”, has this number, title or short name. Give another.")
    category = Category.objects.create(
        number=new.number,
        title=new.title,
        name=new.name,
        slug=free_slug(Category, slugify(cut_at_word(new.name, 90)) or "category"),
        **_as_published(page.category),
    )
    for person in page.category.administrators:
        given = {"name": person.name, "role": person.role, "email": person.email}
        category.administrators.get_or_create(email__iexact=person.email, defaults=given)
    for named in page.category.named_boroughs:
        _create_mention(category, named)
    return category


def remarks_on(category, page):
    """A sentence where the page introduces a category that is here in other words. Readers see that text at once, so
    the import leaves it to a person."""
    here = {name: text_words(getattr(category, name)) for name in SAID}
    there = {name: text_words(text) for name, text in _as_published(page.category).items()}
    differing = [SAID[name] for name in SAID if there[name] and here[name] != there[name]]
    if not differing:
        return []
    return [
        f"About the category itself the page says something else: {', '.join(differing)}. That text is not imported; "
        "change it under Categories."
    ]


def _as_published(said):
    return {
        "scope": said.scope,
        "sponsor": words(said.sponsor)[:200],
        "panel": said.panel,
        "introduction": to_html(said.introduction),
        "sign_off": said.sign_off,
    }


def _create_mention(category, named):
    BoroughMention.objects.create(
        category=category,
        borough=Borough.objects.filter(name=named.borough).first() if named.borough else None,
        delivery_body=DeliveryBody.objects.filter(name=named.delivery_body).first() if not named.borough else None,
        printed=named.printed[:100],
        sentence=named.sentence,
    )
