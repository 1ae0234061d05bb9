"""Reading another catalogue's export: one JSON record a line, all of them or none.

A record: title, slug, team and every other text of `submissions.entry_fields` (plain, blank lines between paragraphs),
category, boroughs, themes, partners (names), contacts [{name, role, email}], outcomes [{label, value, unit}], published
(YYYY-MM-DD).
"""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from boroughs.models import Borough, Contact
from pagereader import clean_typed, unwrapped_in
from submissions.derived import renew
from submissions.entry_fields import Kind, of_kind
from submissions.models import (
    Category,
    OutcomeMetric,
    Partner,
    Round,
    Submission,
    SubmissionContact,
    Theme,
    ThemedSubmission,
)

CHUNK = 1000
RENEWED = 5 * CHUNK  # entries at once: each renewal counts a whole vocabulary
UNITS = {"per cent": "percent", "pounds": "GBP"}


class BadRecord(ValueError):
    """A line that cannot be loaded; the message names the line and what to do."""


def read_records(lines):
    """Yields (line number, record) for each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadRecord(f"Line {number} is not JSON ({error.msg}). Mend it, or make the file again.") from None
        if not isinstance(record, dict) or not record.get("title") or not record.get("boroughs"):
            raise BadRecord(f"Line {number} has no title or no boroughs. Every record needs both.")
        yield number, _cleaned(record)


def _cleaned(value):
    """What a record says, all the way down, cleaned as what is typed."""
    if isinstance(value, str):
        return unwrapped_in(clean_typed(value))
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return {name: _cleaned(item) for name, item in value.items()} if isinstance(value, dict) else value


class Loader:
    """Saves records in chunks inside one transaction; `progress(n)` after each chunk of the n entries saved so far."""

    def __init__(self, progress=lambda n: None):
        self.progress = progress
        self.boroughs = {borough.name: borough.pk for borough in Borough.objects.all()}
        self.themes = Names(Theme, lambda name, n: {"order": 100 + n, "description": f"{name}."})
        self.partners = Names(Partner, lambda name, n: {})
        self.categories = Names(Category, lambda name, n: {"number": 100 + n, "title": name})
        self.rounds = {row.year: row for row in Round.objects.all()}
        self.contacts = {
            email.lower(): pk for email, pk in Contact.objects.exclude(email="").values_list("email", "pk")
        }
        self.slugs = set(Submission.objects.values_list("slug", flat=True))

    def load(self, records):
        """Number of entries saved. Raises BadRecord, and then nothing is saved."""
        total, chunk = 0, []
        with transaction.atomic():
            for record in records:
                chunk.append(record)
                if len(chunk) == CHUNK:
                    total += self._save(chunk)
                    chunk = []
                    if total % RENEWED == 0:
                        renew(most_drawn=0)  # they are drawn at the end
                    self.progress(total)
            total += self._save(chunk)
            renew(most_drawn=0)
        self.progress(total)
        return total

    def _save(self, chunk):
        self._create_contacts(chunk)
        entries = Submission.objects.bulk_create([self._entry(number, record) for number, record in chunk])
        parts = defaultdict(list)
        for entry, (number, record) in zip(entries, chunk, strict=True):
            for part in self._parts(entry.pk, number, record):
                parts[type(part)].append(part)
        for model, rows in parts.items():
            model.objects.bulk_create(rows)
        return len(entries)

    def _entry(self, number, record):
        slug = record.get("slug") or slugify(record["title"])[:240]
        if slug in self.slugs:
            raise BadRecord(f"Line {number}: there is already an entry at “{slug}”. Nothing was loaded.")
        self.slugs.add(slug)
        published = self._date(number, record)
        return Submission(
            slug=slug,
            status=Submission.Status.PUBLISHED,
            published_on=published,
            changed_at=timezone.now(),
            round=self._find_or_create_round(published.year),
            **{field.name: record.get(field.name, "") for field in of_kind(Kind.TEXT)},
            **{field.name: _paragraphs(record.get(field.name, "")) for field in of_kind(Kind.RICH)},
        )

    def _date(self, number, record):
        try:
            return date.fromisoformat(record.get("published", ""))
        except (TypeError, ValueError):
            raise BadRecord(f"Line {number}: “published” must be a date such as 2026-03-31.") from None

    def _find_or_create_round(self, year):
        if year not in self.rounds:
            self.rounds[year] = Round.objects.create(year=year, name=f"{year} round")
        return self.rounds[year]

    def _parts(self, pk, number, record):
        """Everything that belongs to the entry `pk`, unsaved."""
        for name in dict.fromkeys(record["boroughs"]):
            if name not in self.boroughs:
                raise BadRecord(
                    f"Line {number}: “{name}” is none of London's 33 local authorities. Nothing was loaded."
                )
            yield Submission.boroughs.through(submission_id=pk, borough_id=self.boroughs[name])
        for theme in dict.fromkeys(self.themes[name] for name in record.get("themes", ())):
            yield ThemedSubmission(content_object_id=pk, tag_id=theme)
        for partner in dict.fromkeys(self.partners[name] for name in record.get("partners", ())):
            yield Submission.partners.through(submission_id=pk, partner_id=partner)
        if record.get("category"):
            yield Submission.categories.through(submission_id=pk, category_id=self.categories[record["category"]])
        contacts = dict.fromkeys(self.contacts[key] for key, _ in _people(number, record))
        for position, contact in enumerate(contacts, start=1):
            yield SubmissionContact(submission_id=pk, contact_id=contact, position=position)
        for position, outcome in enumerate(record.get("outcomes", ()), start=1):
            yield OutcomeMetric(submission_id=pk, position=position, **_figure(number, outcome))

    def _create_contacts(self, chunk):
        """Save the contacts that the chunk names and nobody knows yet."""
        new = {}
        for number, record in chunk:
            for key, person in _people(number, record):
                if key not in self.contacts:
                    new.setdefault(key, person)
        created = Contact.objects.bulk_create(map(_contact, new.values()))
        self.contacts.update(zip(new, (contact.pk for contact in created), strict=True))


class Names(dict):
    """{name: pk} of a named model. A name is also known by its slug, present or earlier; an unknown one is created on
    first use."""

    def __init__(self, model, defaults):
        super().__init__(model.objects.values_list("name", "pk"))
        self.model, self.defaults = model, defaults
        former = model._meta.get_field("former_slugs")
        self.by_slug = dict(former.related_model.objects.values_list("slug", former.field.attname))
        self.by_slug |= dict(model.objects.values_list("slug", "pk"))

    def __missing__(self, name):
        slug = slugify(name)
        if slug not in self.by_slug:
            fields = self.defaults(name, len(self))
            self.by_slug[slug] = self.model.objects.create(name=name, slug=slug, **fields).pk
        self[name] = self.by_slug[slug]
        return self[name]


def _people(number, record):
    """[(key, person)]: somebody with an e-mail address is the same in every entry, somebody without only in this."""
    people = list(enumerate(record.get("contacts", ())))
    if not all(person.get("name") for _, person in people):
        raise BadRecord(f"Line {number}: each contact needs a “name”. Nothing was loaded.")
    return [(person.get("email", "").lower() or (number, place), person) for place, person in people]


def _contact(person):
    return Contact(name=person["name"], role=person.get("role", ""), email=person.get("email", "").lower())


def _paragraphs(text):
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _figure(number, outcome):
    """The fields of a figure, confirmed: it was published where it comes from."""
    try:
        value = Decimal(str(outcome["value"]))
    except (KeyError, InvalidOperation):
        raise BadRecord(f"Line {number}: each outcome needs a “value” that is a number.") from None
    unit = UNITS.get(outcome.get("unit", ""), outcome.get("unit", ""))
    label = outcome.get("label", "")
    figure = {"percent": f"{value}%", "GBP": f"£{value:,}"}.get(unit, f"{value:,} {unit}")
    return {
        "figure": figure,
        "label": label,
        "quote": outcome.get("quote") or f"{label}: {figure}",
        "value": value,
        "unit": unit,
        "kind": outcome.get("kind", OutcomeMetric.Kind.OUTCOME),
        "status": OutcomeMetric.Status.CONFIRMED,
    }
