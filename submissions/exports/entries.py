"""The table of entries: one row for each entry on the list."""

from datetime import date

from django.urls import reverse

from submissions import entry_fields
from submissions.exports.table import Change, Column, Kind, Table
from submissions.models import Submission
from submissions.related import related
from submissions.sharing.addresses import absolute
from submissions.wording import plain

EXPORTED = {field.name: field for field in entry_fields.FIELDS if field.export}
# A column is never moved: what was added since the first publication comes last.
LATER = [name for name, field in EXPORTED.items() if field.export.since]
TEXTS = entry_fields.Kind.TEXT, entry_fields.Kind.RICH, entry_fields.Kind.RECORD


def address_of(page):
    """The public address of a record that has a page."""
    return absolute(page.get_absolute_url())


SEVERAL = ("boroughs", "borough_codes", "categories", "partners", "themes", "metrics", "undecided", "voices")


def fetch_entries(keys):
    """{key: record} of those that readers may see: plain values and lists of names, by two queries.

    Not model objects: a list of 100,000 would take four times as long.
    """
    own = [_key(field) for field in EXPORTED.values() if field.kind in TEXTS]
    entries = Submission.objects.published().order_by().filter(pk__in=keys)
    entries = entries.values("id", "slug", "published_on", "changed_at", *own)
    several = related(keys, SEVERAL)
    return {entry["id"]: {**dict.fromkeys(SEVERAL, ()), **entry, **several[entry["id"]]} for entry in entries}


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
               lambda e: len(e["voices"])),
        Column("published_on", Kind.DATE, "The day readers could first see it in this catalogue.", "2026-11-22",
               lambda e: e["published_on"], width=14),
        Column("changed_at", Kind.TIME, "When it was last changed here, in London’s time.", "2026-11-22T09:30:00+00:00",
               lambda e: e["changed_at"], width=18),
        Column("figures_undecided", Kind.WHOLE,
               "How many figures of the entry LIIA has not decided on yet. Where it is not 0, the figures are "
               "incomplete.", 0, lambda e: len(e["undecided"])),
        *map(_column, LATER),
    ),
)
