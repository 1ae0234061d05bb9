"""Reading another catalogue's export: one JSON record a line, all of them or none.

A record: title, slug, summary, body (plain text, blank lines between paragraphs), category, boroughs, themes, partners
(names), team, contacts [{name, role, email}], outcomes [{label, value, unit}], published (YYYY-MM-DD).
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
from submissions.search import gathered

CHUNK = 1000
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
            raise BadRecord(f"Line {number} is not JSON ({error.msg}). Mend the line, or make the file anew.") from None
        if not isinstance(record, dict) or not record.get("title") or not record.get("boroughs"):
            raise BadRecord(f"Line {number} has no title or no boroughs. Every record needs both.")
        yield number, record


class Loader:
    """Saves records in chunks inside one transaction. `progress(n)` is told after each chunk how many entries stand."""

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
                    self.progress(total)
            total += self._save(chunk)
        self.progress(total)
        return total

    def _save(self, chunk):
        with gathered():  # the chunk's words are written once, when all that they are made of stands
            rows = Submission.objects.bulk_create([self._entry(number, record) for number, record in chunk])
            links = defaultdict(list)
            for row, (number, record) in zip(rows, chunk, strict=True):
                self._link(links, row.pk, number, record)
            for model, linked in links.items():
                model.objects.bulk_create(linked, batch_size=5000)
        return len(rows)

    def _entry(self, number, record):
        slug = record.get("slug") or slugify(record["title"])[:240]
        if slug in self.slugs:
            raise BadRecord(f"Line {number}: there is already an entry at “{slug}”. Nothing was loaded.")
        self.slugs.add(slug)
        published = self._date(number, record)
        return Submission(
            title=record["title"],
            slug=slug,
            status=Submission.Status.PUBLISHED,
            published_on=published,
            changed_at=timezone.now(),
            round=self._round(published.year),
            team=record.get("team", ""),
            summary=_paragraphs(record.get("summary", "")),
            body=_paragraphs(record.get("body", "")),
        )

    def _date(self, number, record):
        try:
            return date.fromisoformat(record.get("published", ""))
        except (TypeError, ValueError):
            raise BadRecord(f"Line {number}: “published” must be a date such as 2026-03-31.") from None

    def _round(self, year):
        if year not in self.rounds:
            self.rounds[year] = Round.objects.create(year=year, name=f"{year} round")
        return self.rounds[year]

    def _link(self, links, pk, number, record):
        for name in record["boroughs"]:
            if name not in self.boroughs:
                raise BadRecord(
                    f"Line {number}: “{name}” is none of London's 33 local authorities. Nothing was loaded."
                )
            links[Submission.boroughs.through].append(
                Submission.boroughs.through(submission_id=pk, borough_id=self.boroughs[name])
            )
        for name in record.get("themes", ()):
            links[ThemedSubmission].append(ThemedSubmission(content_object_id=pk, tag_id=self.themes[name]))
        for name in record.get("partners", ()):
            links[Submission.partners.through].append(
                Submission.partners.through(submission_id=pk, partner_id=self.partners[name])
            )
        if record.get("category"):
            links[Submission.categories.through].append(
                Submission.categories.through(submission_id=pk, category_id=self.categories[record["category"]])
            )
        self._link_people_and_figures(links, pk, number, record)

    def _link_people_and_figures(self, links, pk, number, record):
        contacts = dict.fromkeys(self._contact(person) for person in record.get("contacts", ()))
        for position, contact in enumerate(contacts, start=1):
            links[SubmissionContact].append(SubmissionContact(submission_id=pk, contact_id=contact, position=position))
        for position, outcome in enumerate(record.get("outcomes", ()), start=1):
            links[OutcomeMetric].append(_metric(pk, number, position, outcome))

    def _contact(self, person):
        email = person.get("email", "").lower()
        if not email or email not in self.contacts:
            made = Contact.objects.create(name=person["name"], role=person.get("role", ""), email=email)
            self.contacts[email or f"without address {made.pk}"] = made.pk
            return made.pk
        return self.contacts[email]


class Names(dict):
    """{name: pk} of a named model. A name is also known by its slug; one that is not known is made on first use."""

    def __init__(self, model, defaults):
        super().__init__(model.objects.values_list("name", "pk"))
        self.model, self.defaults = model, defaults
        self.by_slug = dict(model.objects.values_list("slug", "pk"))

    def __missing__(self, name):
        slug = slugify(name)
        if slug not in self.by_slug:
            fields = self.defaults(name, len(self))
            self.by_slug[slug] = self.model.objects.create(name=name, slug=slug, **fields).pk
        self[name] = self.by_slug[slug]
        return self[name]


def _paragraphs(text):
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _metric(pk, number, position, outcome):
    try:
        value = Decimal(str(outcome["value"]))
    except (KeyError, InvalidOperation):
        raise BadRecord(f"Line {number}: each outcome needs a “value” that is a number.") from None
    unit = UNITS.get(outcome.get("unit", ""), outcome.get("unit", ""))
    label = outcome.get("label", "")
    figure = {"percent": f"{value}%", "GBP": f"£{value:,}"}.get(unit, f"{value:,} {unit}")
    return OutcomeMetric(
        submission_id=pk,
        position=position,
        figure=figure,
        label=label,
        quote=outcome.get("quote") or f"{label}: {figure}",
        value=value,
        unit=unit,
        kind=outcome.get("kind", OutcomeMetric.Kind.OUTCOME),
        status=OutcomeMetric.Status.CONFIRMED,
    )
