"""The table of entries: one row for each entry on the list."""

from collections import defaultdict
from datetime import date

from django.db import connection
from django.urls import reverse

from submissions import entry_fields
from submissions.exports.table import Change, Column, Kind, Table
from submissions.models import Submission
from submissions.querysets import for_keys
from submissions.sharing.addresses import absolute
from submissions.wording import plain

EXPORTED = {field.name: field for field in entry_fields.FIELDS if field.export}
# A column is never moved: what was added since the first publication comes last.
LATER = [name for name, field in EXPORTED.items() if field.export.since]
TEXTS = entry_fields.Kind.TEXT, entry_fields.Kind.RICH, entry_fields.Kind.RECORD


def address_of(page):
    """The public address of a record that has a page."""
    return absolute(page.get_absolute_url())


# What an entry has several of: what, entry, value, and three columns to order by. Figures and quotations are those that
# `shown()` and `heard()` give. As plain SQL for both databases: to make nine questions of parts takes longer than to
# answer them.
_SEVERAL = """
    SELECT 'boroughs', link.submission_id, record.name, 0, 0, record.name
    FROM submissions_submission_boroughs link JOIN boroughs_borough record ON record.id = link.borough_id
    WHERE link.submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'borough_codes', link.submission_id, record.ons_code, 0, 0, record.name
    FROM submissions_submission_boroughs link JOIN boroughs_borough record ON record.id = link.borough_id
    WHERE link.submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'categories', link.submission_id, record.name, record.number, 0, ''
    FROM submissions_submission_categories link JOIN submissions_category record ON record.id = link.category_id
    WHERE link.submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'partners', link.submission_id, record.name, 0, 0, record.name
    FROM submissions_submission_partners link JOIN submissions_partner record ON record.id = link.partner_id
    WHERE link.submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'themes', link.content_object_id, record.name, record."order", 0, record.name
    FROM submissions_themedsubmission link JOIN submissions_theme record ON record.id = link.tag_id
    WHERE link.content_object_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'metrics', submission_id, figure || ': ' || label, position, id, ''
    FROM submissions_outcomemetric
    WHERE status = 'confirmed' AND NOT to_settle AND submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'undecided', submission_id, '', 0, id, ''
    FROM submissions_outcomemetric WHERE status = 'proposed' AND submission_id IN (SELECT id FROM chosen)
    UNION ALL SELECT 'voices', submission_id, '', 0, id, ''
    FROM submissions_voice WHERE withdrawn_at IS NULL AND NOT to_settle AND submission_id IN (SELECT id FROM chosen)
    ORDER BY 4, 5, 6
"""


def fetch_entries(keys):
    """{key: record} of those that readers may see: plain values and lists of names, by two queries.

    Not model objects: a list of 100,000 would take four times as long.
    """
    own = [_key(field) for field in EXPORTED.values() if field.kind in TEXTS]
    entries = Submission.objects.published().order_by().filter(pk__in=keys)
    entries = {
        entry["id"]: defaultdict(list, entry)
        for entry in entries.values("id", "slug", "published_on", "changed_at", *own)
    }
    if entries:
        with connection.cursor() as cursor:
            cursor.execute(*for_keys(_SEVERAL, entries))
            for name, key, value, *_ in cursor:
                entries[key][name].append(value)
    return entries


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
