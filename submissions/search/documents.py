"""What is stored of an entry: its words in four weights. Read for many entries at once, in eight queries."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from boroughs.models import Borough, DeliveryBody
from submissions.entry_fields import Kind, of_kind
from submissions.models import OutcomeMetric, Submission, SubmissionContact, SupportingItem, ThemedSubmission
from submissions.search.words import LONGEST_WORD, STOP_WORDS, stored_stems, stored_words, without_tags

MOST_WORDS = 16_000  # in one weight of one entry: PostgreSQL knows no later place than 16,383
# {weight: the entry's own texts that have it}
OWN_TEXTS = {
    weight: [field for field in of_kind(Kind.TEXT, Kind.RICH) if field.searched == weight]
    for weight in ("title", "about", "details", "text")
}
_HEADING = re.compile(r"<h\d[^>]*>(.*?)</h\d>", re.S)


@dataclass
class Document:
    """`columns`: the stems for title, about, details and text. `words`: as spelled, joined ones too, with their
    `parts`."""

    pk: int
    columns: tuple[str, ...]
    stems: set[str]
    words: set[str]
    parts: dict[str, str]


def documents(pks):
    """A `Document` for each of these entries that is published."""
    related = _related(pks)
    bodies = _delivery_bodies()
    own = [field.name for texts in OWN_TEXTS.values() for field in texts]
    for entry in Submission.objects.published().filter(pk__in=pks).values("pk", "delivery_body", *own):
        texts = {weight: [_text_of(entry, field) for field in fields] for weight, fields in OWN_TEXTS.items()}
        about, details = related[entry["pk"]]
        yield _document(
            entry["pk"],
            (texts["title"], ()),
            (texts["about"], (*about, *bodies.get(entry["delivery_body"], ()))),
            ([*texts["details"], *_headings(entry["body"])], details),
            (texts["text"], ()),
        )


def _text_of(entry, field):
    return without_tags(entry[field.name]) if field.kind is Kind.RICH else entry[field.name]


def _document(pk, *columns):
    """Each column: (texts of this entry, short texts that many entries share)."""
    stored, stems, spelled, parts = [], set(), set(), {}
    for own, shared in columns:
        found = []
        for words, joined in (*map(stored_words, own), *map(_shared_words, shared)):
            found += words
            parts.update(joined)
        column = stored_stems(found)[:MOST_WORDS]
        spelled.update(found)
        stems.update(column)
        stored.append(" ".join(column))
    spelled = {word[:LONGEST_WORD] for word in spelled - STOP_WORDS}.union(parts)
    return Document(pk, tuple(stored), stems, spelled, {word: " ".join(found) for word, found in parts.items()})


@lru_cache(maxsize=20_000)
def _shared_words(text):
    return stored_words(text)


def _headings(markup):
    return [without_tags(heading) for heading in _HEADING.findall(markup)] if "<h" in markup else []


def _related(pks):
    """{pk: (names of themes and boroughs, words of people, partners, figures and items)}."""
    found = defaultdict(lambda: ([], []))
    boroughs = _borough_names()
    for pk, borough in (
        Submission.boroughs.through.objects.filter(submission__in=pks)
        .order_by("pk")
        .values_list("submission", "borough")
    ):
        found[pk][0].extend(boroughs[borough])
    for pk, theme in (
        ThemedSubmission.objects.filter(content_object__in=pks)
        .order_by("pk")
        .values_list("content_object", "tag__name")
    ):
        found[pk][0].append(theme)
    for pk, *texts in _details(pks):
        found[pk][1].extend(texts)
    return found


def _details(pks):
    partners = Submission.partners.through.objects.filter(submission__in=pks).order_by("pk")
    for pk, name, aliases in partners.values_list("submission", "partner__name", "partner__aliases"):
        yield pk, name, *aliases
    people = SubmissionContact.objects.filter(submission__in=pks)
    yield from people.values_list("submission", "contact__name", "contact__role")
    # Readers see confirmed figures only, so only those may be found.
    figures = OutcomeMetric.objects.shown().filter(submission__in=pks)
    yield from figures.values_list("submission", "label", "figure")
    yield from SupportingItem.objects.filter(submission__in=pks).values_list("submission", "title")


def _borough_names():
    """{borough's pk: every name it goes by, those of its delivery body too}."""
    bodies = _delivery_bodies()
    fields = ("pk", "name", "official_name", "aliases", "delivery_body")
    return {
        pk: (name, official, *aliases, *bodies.get(body, ()))
        for pk, name, official, aliases, body in Borough.objects.values_list(*fields)
    }


def _delivery_bodies():
    return {pk: (name, *aliases) for pk, name, aliases in DeliveryBody.objects.values_list("pk", "name", "aliases")}
