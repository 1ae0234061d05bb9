"""All that an entry says, taken as plain data and written back: for versions, for new versions, and for restoring.

A snapshot is {"fields": {name: value}, "links": {name: [keys]}, "parts": {name: [rows]}}, as JSON would give it back.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q

from editorial.claims import SIGNED_OF_FIGURE
from spotlight.desk.diff_and_merge import merged_list, merged_rows, merged_text, merged_values
from submissions.entry_fields import FIELDS, LABELS, RICH_TEXTS, Kind, of_kind
from submissions.models import OutcomeMetric, Submission

COLUMNS = tuple(field.stored for field in of_kind(Kind.TEXT, Kind.RICH, Kind.RECORD))
LINKS = tuple(field.stored for field in of_kind(Kind.RECORDS))
# {relation to the rows: what is the same of a row in every version of its entry}
PARTS = {field.stored: field.same_by for field in of_kind(Kind.ROWS)}
# Nobody says these: whose row it is, and what `Submission.settle_evidence` works out.
LEFT_OUT = {"submission_id", "content_object_id", "to_settle"}
# What LIIA keeps true itself, also in an entry that readers see (see `editorial.claims`).
LIIAS_OWN = {field.stored for field in FIELDS if not field.signed}


class SnapshotField(models.JSONField):
    """A stored snapshot. One that is older than the declaration of a field has that field, empty, when it is read."""

    def from_db_value(self, value, expression, connection):
        content = super().from_db_value(value, expression, connection)
        if not isinstance(content, dict) or "fields" not in content:
            return content
        return content | {kind: pieces | content.get(kind, {}) for kind, pieces in _empty().items()}

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs  # no other column than that


def _empty():
    nothing = dict.fromkeys(COLUMNS, "") | dict.fromkeys(field.stored for field in of_kind(Kind.RECORD))
    return {"fields": nothing, "links": {name: [] for name in LINKS}, "parts": {name: [] for name in PARTS}}


def value_of(field, content):
    """What a snapshot has of a field of `submissions.entry_fields`: a value, a list of keys, or rows."""
    return content[{Kind.RECORDS: "links", Kind.ROWS: "parts"}.get(field.kind, "fields")][field.stored]


def snapshot_of(entry):
    """The snapshot of a stored entry, read from the database."""
    row = type(entry).objects.values(*COLUMNS).get(pk=entry.pk)
    links = {name: sorted(getattr(entry, name).values_list("pk", flat=True)) for name in LINKS}
    parts = {name: [_without_owner(row) for row in _rows(entry, name).order_by("pk").values()] for name in PARTS}
    return json.loads(json.dumps({"fields": row, "links": links, "parts": parts}, cls=DjangoJSONEncoder))


@transaction.atomic
def restore(snapshot, entry):
    """Saves the content of the snapshot in `entry`, and returns the entry. Effects:

    - rows that are the same keep their keys, and so their anchors; rows that the snapshot does not have are deleted;
    - words withdrawn since then stay withdrawn, and evidence without its words is marked as to settle;
    - where a contact, a theme or another record is deleted by now, the entry keeps what it has in that place.
    """
    silenced = list(entry.voices.filter(withdrawn_at__isnull=False))
    for name, value in snapshot["fields"].items():
        if _is_there(type(entry), name, value):
            setattr(entry, name, value)
    entry.save()
    for name, keys in snapshot["links"].items():
        manager = getattr(entry, name)
        manager.set(manager.model.objects.filter(pk__in=keys))
    for name, rows in snapshot["parts"].items():
        _write_part(entry, name, _rows_to_write(entry, name, rows))
    for voice in entry.voices.filter(withdrawn_at__isnull=True).filter(are_words_of(silenced)):
        voice.withdraw()
    entry.refresh_from_db()
    entry.settle_evidence()
    return entry


def _is_there(model, name, value):
    """Whether the record that a value leads to is there; true of a value that leads nowhere."""
    related = next((field.related_model for field in model._meta.fields if field.attname == name), None)
    return value is None or related is None or related._base_manager.filter(pk=value).exists()


def _rows_to_write(entry, name, rows):
    model, same = _model(name), PARTS[name]
    there = [row for row in rows if all(_is_there(model, field, value) for field, value in row.items())]
    if len(there) == len(rows):
        return rows
    known = {row.get(same) for row in there}
    return there + [row for row in snapshot_of(entry)["parts"][name] if row[same] not in known]


def are_words_of(voices):
    """A condition for voices that are the same as one of these in another version or text, reworded or not."""
    return Q(key__in=[voice.key for voice in voices]) | Q(quote__in=[voice.quote for voice in voices])


def _write_part(entry, name, rows):
    model, same = _model(name), PARTS[name]
    present = {str(getattr(record, same)): record for record in _rows(entry, name)}
    matched = [(row, present.pop(str(row.get(same)), None)) for row in rows]
    for left in present.values():
        left.delete()
    for row, record in matched:
        record = record or model(pk=_free_key(model, row.get("id")), **{_owner(name): entry})
        for field, value in row.items():
            if field != "id":
                setattr(record, field, model._meta.get_field(field).to_python(value))
        record.save()


def _free_key(model, key):
    """A row that comes back has the key, and so the anchor, that it had; None where another row has it."""
    return None if key is None or model.objects.filter(pk=key).exists() else key


def _rows(entry, name):
    return _model(name).objects.filter(**{_owner(name): entry})


def _owner(name):
    return Submission._meta.get_field(name).field.name


def _model(name):
    return Submission._meta.get_field(name).related_model


def _without_owner(row):
    return {name: value for name, value in row.items() if name not in LEFT_OUT}


def merged(base, mine, theirs):
    """(the snapshot with what `mine` and `theirs` changed since `base`, [labels of what both changed]); see
    `spotlight.desk.diff_and_merge`."""
    texts = dict.fromkeys(RICH_TEXTS, merged_text)
    fields, names = merged_values(base["fields"], mine["fields"], theirs["fields"], texts)
    links, _ = merged_values(base["links"], mine["links"], theirs["links"], dict.fromkeys(LINKS, merged_list))
    parts = {}
    for name, same in PARTS.items():
        three = (content["parts"][name] for content in (base, mine, theirs))
        parts[name], conflicts = merged_rows(*three, same)
        names += [name] if conflicts else []
    return {"fields": fields, "links": links, "parts": parts}, [LABELS[name] for name in names]


def as_signed(own, content):
    """The snapshot `content`, with all that is signed as the new version's `own` has it. What LIIA has hidden in the
    published entry meanwhile stays hidden, and a figure that only that one has goes to no reader."""
    present = {row["key"]: row for row in content["parts"]["metrics"]}
    figures = []
    for row in own["parts"]["metrics"]:
        other = present.pop(row["key"], row)
        status = row["status"] if other["status"] == OutcomeMetric.Status.CONFIRMED else other["status"]
        figures.append(other | {name: row[name] for name in SIGNED_OF_FIGURE} | {"status": status})
    figures += [row for row in present.values() if row["status"] != OutcomeMetric.Status.CONFIRMED]
    return with_liias_own({**own, "parts": {**own["parts"], "metrics": figures}}, content)


def with_liias_own(content, after):
    """`content`, with what LIIA keeps true itself as it is in `after`."""
    return {
        kind: {name: after[kind][name] if name in LIIAS_OWN else piece for name, piece in pieces.items()}
        for kind, pieces in content.items()
    }
