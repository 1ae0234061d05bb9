"""The table of entries: one row for each entry on the list."""

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.urls import reverse

from submissions import entry_fields
from submissions.exports.table import Change, Column, Kind, Table
from submissions.models import OutcomeMetric, Submission, ThemedSubmission, Voice
from submissions.sharing.addresses import absolute
from submissions.wording import plain

EXPORTED = {field.name: field for field in entry_fields.FIELDS if field.export}
# A column is never moved: what was added since the first publication comes last.
LATER = [name for name, field in EXPORTED.items() if field.export.since]
TEXTS = entry_fields.Kind.TEXT, entry_fields.Kind.RICH, entry_fields.Kind.RECORD


def address_of(page):
    """The public address of a record that has a page."""
    return absolute(page.get_absolute_url())


def fetch_entries(keys):
    """{key: record} of those that readers may see: plain values and lists of names, by one query for each.

    Not model objects: a list of 100,000 would take four times as long.
    """
    own = [_key(field) for field in EXPORTED.values() if field.kind in TEXTS]
    entries = Submission.objects.published().filter(pk__in=keys)
    entries = {entry["id"]: entry for entry in entries.values("id", "slug", "published_on", "changed_at", *own)}
    for name, found in _related(keys).items():
        for key, entry in entries.items():
            entry[name] = found.get(key, [])
    return entries


def _related(keys):
    """{what: {entry's key: [value]}}, the relations among the exported fields by their names."""
    boroughs = Submission.boroughs.through.objects.order_by("borough__name")
    boroughs = _grouped(boroughs, keys, "submission", "borough__name", "borough__ons_code")
    categories = Submission.categories.through.objects.order_by("category__number")
    partners = Submission.partners.through.objects.order_by("partner__name")
    themes = ThemedSubmission.objects.order_by("tag__order", "tag__name")
    figures = OutcomeMetric.objects.shown().order_by("position", "pk")
    figures = _grouped(figures, keys, "submission", "figure", "label")
    proposed = OutcomeMetric.objects.filter(status=OutcomeMetric.Status.PROPOSED)
    undecided = proposed.values("submission").order_by().annotate(count=Count("pk"))
    voices = Voice.objects.heard().values("submission").order_by().annotate(count=Count("pk"))
    return {
        "boroughs": {key: [name for name, _ in found] for key, found in boroughs.items()},
        "borough_codes": {key: [code for _, code in found] for key, found in boroughs.items()},
        "categories": _grouped(categories, keys, "submission", "category__name"),
        "partners": _grouped(partners, keys, "submission", "partner__name"),
        "themes": _grouped(themes, keys, "content_object", "tag__name"),
        "metrics": {key: [f"{figure}: {label}" for figure, label in found] for key, found in figures.items()},
        "undecided": _grouped(undecided, keys, "submission", "count"),
        "voices": _grouped(voices, keys, "submission", "count"),
    }


def _grouped(rows, keys, entry, *values):
    found = defaultdict(list)
    for key, *row in rows.filter(**{f"{entry}__in": keys}).values_list(entry, *values):
        found[key].append(row[0] if len(row) == 1 else row)
    return found


def _key(field):
    """Where `fetch_entries` has the field's value."""
    return f"{field.name}__name" if field.kind is entry_fields.Kind.RECORD else field.name


def _column(name):
    """The column that `entry_fields` declares of a field."""
    field = EXPORTED[name]
    export, key, is_text = field.export, _key(field), field.kind in TEXTS
    empty = "" if is_text else []
    return Column(
        export.column or name,
        Kind.TEXT if is_text else Kind.LIST,
        export.meaning,
        export.example,
        (lambda e: plain(e[key])) if field.kind is entry_fields.Kind.RICH else (lambda e: e[key] or empty),
        optional=is_text and not field.required,
        missing=export.missing,
        width=export.width,
    )


# fmt: off
ENTRIES = Table(
    name="entries",
    title="Entries",
    path="submissions",
    about="One row for each entry, with everything but its long text. Takes the same parameters as the list.",
    records=Submission.objects.published,
    fetch=fetch_entries,
    formats=("csv", "xlsx", "json", "atom"),
    changes=(
        Change(date(2026, 11, 22), "First published."),
        Change(date(2026, 11, 28), "Added figures_undecided."),
        *(Change(EXPORTED[name].export.since, f"Added {name}.") for name in LATER),
    ),
    columns=(
        Column("id", Kind.WHOLE, "The entry’s number. It never changes.", 12, lambda e: e["id"], width=6),
        _column("title"),
        Column("url", Kind.ADDRESS, "Its page, where its whole text and the people to call stand.",
               "https://spotlight.example.org/submissions/kickstart-futures/",
               lambda e: absolute(reverse("submission", args=[e["slug"]])), width=40),
        _column("boroughs"),
        Column("borough_codes", Kind.LIST,
               "Their Office for National Statistics codes, in the same order, to join with other data.", ["E09000029"],
               lambda e: e["borough_codes"]),
        *map(_column, ("delivery_body", "categories", "round", "themes", "summary", "team", "partners", "metrics")),
        Column("voices_count", Kind.WHOLE, "How many quotations of people’s own words its page carries.", 2,
               lambda e: sum(e["voices"])),
        Column("published_on", Kind.DATE, "The day readers could first see it in this catalogue.", "2026-11-22",
               lambda e: e["published_on"], width=14),
        Column("changed_at", Kind.TIME, "When it was last changed here, in London’s time.", "2026-11-22T09:30:00+00:00",
               lambda e: e["changed_at"], width=18),
        Column("figures_undecided", Kind.WHOLE,
               "How many figures of the entry LIIA has not decided on yet. Where it is not 0, the figures are "
               "incomplete.", 0, lambda e: sum(e["undecided"])),
        *map(_column, LATER),
    ),
)
