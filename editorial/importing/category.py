"""The category of a page: one that is here, or a new one with what the page's introduction says."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.text import slugify
from rapidfuzz import fuzz

from boroughs.models import Borough, DeliveryBody
from editorial.importing.pieces import text_words, words
from submissions.models import BoroughMention, Category
from submissions.page import NotAPage, to_html

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


def category_here(page):
    """The category that the page is about, by its number, its title or its scope; None if it is not here yet."""
    said = page.category
    present = list(Category.objects.all())
    by_number = [category for category in present if said.number is not None and category.number == said.number]
    by_title = [category for category in present if said.title and slugify(category.title) == slugify(said.title)]
    by_scope = [category for category in present if said.scope and fuzz.ratio(category.scope, said.scope) >= LIKE]
    return next(iter([*by_title, *by_number, *by_scope]), None)


def proposed(page):
    """What to call a new category until a person says it better."""
    number = page.category.number or (Category.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    title = page.category.title or f"Category {number}"
    name = title[:60]
    is_taken = Category.objects.filter(name=name).exists()
    return NewCategory(number, title[:200], f"{title[:50]} ({number})" if is_taken else name)


def made(new, page):
    """The category as a new record, with its administrators and the authorities its introduction names. Raises NotAPage
    when another has its number, title or short name."""
    taken = Q(number=new.number) | Q(title=new.title) | Q(name=new.name)
    if other := Category.objects.filter(taken).first():
        raise NotAPage(f"Category {other.number}, “{other}”, has this number, title or short name. Give another.")
    category = Category.objects.create(
        number=new.number, title=new.title, name=new.name, slug=_free_slug(new.name), **_as_published(page.category)
    )
    for person in page.category.administrators:
        given = {"name": person.name, "role": person.role}
        category.administrators.get_or_create(email=person.email.casefold(), defaults=given)
    for named in page.category.named_boroughs:
        _mention(category, named)
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


def _mention(category, named):
    BoroughMention.objects.create(
        category=category,
        borough=Borough.objects.filter(name=named.borough).first() if named.borough else None,
        delivery_body=DeliveryBody.objects.filter(name=named.delivery_body).first() if not named.borough else None,
        printed=named.printed[:100],
        sentence=named.sentence,
    )


def _free_slug(name):
    base = slugify(name)[:90] or "category"
    taken = set(Category.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(len(taken) + 1) if (slug := f"{base}-{n + 1}" if n else base) not in taken)
