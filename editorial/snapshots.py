"""All that an entry says, taken as plain data and written back: for versions, for new versions, and for restoring.

A snapshot is {"fields": {name: value}, "links": {name: [keys]}, "parts": {name: [rows]}}, as JSON would give it back.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from submissions.models import OutcomeMetric, SubmissionContact, SupportingItem, ThemedSubmission, Voice
from submissions.search import gathered

FIELDS = ("title", "team", "summary", "body", "supporting", "delivery_body_id", "round_id")
LINKS = ("boroughs", "categories", "partners")
# {name of the part: (its model, what makes two rows the same one where their keys differ)}
PARTS = {
    "metrics": (OutcomeMetric, ("quote", "value")),
    "voices": (Voice, ("quote",)),
    "supporting_items": (SupportingItem, ("title",)),
    "contact_lines": (SubmissionContact, ("contact_id",)),
    "themed": (ThemedSubmission, ("tag_id",)),
}


def taken(entry):
    """The snapshot of a stored entry, read from the database."""
    row = type(entry).objects.values(*FIELDS).get(pk=entry.pk)
    links = {name: sorted(getattr(entry, name).values_list("pk", flat=True)) for name in LINKS}
    parts = {name: [_without_owner(row) for row in _rows(entry, name).order_by("pk").values()] for name in PARTS}
    return json.loads(json.dumps({"fields": row, "links": links, "parts": parts}, cls=DjangoJSONEncoder))


@transaction.atomic
def written(snapshot, entry):
    """`entry` with the content of the snapshot. Rows that stay the same keep their keys, and so their anchors.
    Words withdrawn meanwhile stay withdrawn, whatever the snapshot says."""
    silenced = set(entry.voices.filter(withdrawn_at__isnull=False).values_list("quote", flat=True))
    with gathered():
        for name, value in snapshot["fields"].items():
            setattr(entry, name, value)
        entry.save()
        for name, keys in snapshot["links"].items():
            manager = getattr(entry, name)
            manager.set(manager.model.objects.filter(pk__in=keys))
        for name, rows in snapshot["parts"].items():
            _write_part(entry, name, rows)
        for voice in entry.voices.heard().filter(quote__in=silenced):
            voice.withdraw()
    entry.refresh_from_db()
    return entry


def _write_part(entry, name, rows):
    model, same = PARTS[name]
    present = {row.pk: row for row in _rows(entry, name)}
    matched = [(row, _taken_from(present, row, same)) for row in rows]
    for left in present.values():
        left.delete()
    for row, record in matched:
        record = record or model(**{_owner(name): entry})
        for field, value in row.items():
            if field != "id":
                setattr(record, field, model._meta.get_field(field).to_python(value))
        record.save()


def _taken_from(present, row, same):
    """The stored row that this one is, taken out of `present`; None if it is new here."""
    found = row["id"] if row.get("id") in present else None
    alike = (key for key, record in present.items() if all(str(getattr(record, f)) == str(row[f]) for f in same))
    found = next(alike, None) if found is None else found
    return present.pop(found) if found is not None else None


def _rows(entry, name):
    return PARTS[name][0].objects.filter(**{_owner(name): entry})


def _owner(name):
    return "content_object" if name == "themed" else "submission"


def _without_owner(row):
    return {name: value for name, value in row.items() if name not in ("submission_id", "content_object_id")}


def three_way(begun, mine, theirs):
    """A snapshot with what `mine` changed since `begun`, and `theirs` in everything else, piece by piece."""
    return {
        kind: {name: piece if piece != begun[kind].get(name) else theirs[kind][name] for name, piece in pieces.items()}
        for kind, pieces in mine.items()
    }
