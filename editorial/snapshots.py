"""All that an entry says, as plain data, read and written back: for versions, for new versions, and for restoring.

A snapshot is {"fields": {name: value}, "links": {name: [keys]}, "parts": {name: [rows]}}, as JSON would give it back.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q, prefetch_related_objects

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


def read_whole(entry, before=None):
    """Reads all that a snapshot and the claims of an entry are made of, each relation once, and returns the entry.

    It is whole from then on: `snapshot_of` and `claims` ask the database nothing, and `restore` keeps it so. What else
    writes into it or its rows sets `is_whole` to false. `before`: the same entry as it was read earlier in this
    transaction; the relations that it still has were not written since."""
    known = before._prefetched_objects_cache if before else {}
    entry._prefetched_objects_cache = {}
    for name in known.keys() & {*LINKS, *PARTS}:
        _remember(entry, name, known[name])
    prefetch_related_objects([entry], *LINKS, *PARTS)
    entry.is_whole = True
    return entry


def whole_as_created(entry):
    """The same of an entry that was created just now: it has no rows that could be read."""
    entry._prefetched_objects_cache = {}
    for name in (*LINKS, *PARTS):
        _remember(entry, name, [])
    entry.is_whole = True
    return entry


def snapshot_of(entry):
    """The snapshot of a stored entry; read from the database, unless the entry is whole."""
    if not entry.is_whole:
        entry = read_whole(type(entry).objects.get(pk=entry.pk))
    fields = {name: getattr(entry, name) for name in COLUMNS}
    links = {name: sorted(record.pk for record in getattr(entry, name).all()) for name in LINKS}
    parts = {name: [_row(one) for one in sorted(getattr(entry, name).all(), key=lambda row: row.pk)] for name in PARTS}
    return json.loads(json.dumps({"fields": fields, "links": links, "parts": parts}, cls=DjangoJSONEncoder))


@transaction.atomic(savepoint=False)
def restore(snapshot, entry, *, source=None):
    """Saves the content of the snapshot in `entry`, which is whole then, and returns the entry. `source`: the whole
    entry that the snapshot is of, if it is of another: what that one leads to is there. Effects:

    - what the entry has already is not written again, but for the time of its change;
    - rows that are the same keep their keys, and so their anchors; rows that the snapshot does not have are deleted;
    - words withdrawn since then stay withdrawn, and evidence without its words is marked as to settle;
    - where a contact, a theme or another record is deleted by now, the entry keeps what it has in that place.
    """
    _read_again_unless_whole(entry)
    present = snapshot_of(entry)
    silenced = [voice for voice in entry.voices.all() if voice.withdrawn_at]
    _write_columns(entry, snapshot["fields"], present["fields"], source)
    for name, keys in snapshot["links"].items():
        if set(keys) != set(present["links"][name]):
            _write_link(entry, name, set(keys), source)
    for name, rows in snapshot["parts"].items():
        stored = present["parts"][name]
        _write_part(entry, name, _rows_to_write(name, rows, stored, source), stored, source)
    for voice in entry.voices.filter(withdrawn_at__isnull=True).filter(are_words_of(silenced)):
        voice.withdraw()
        entry.is_whole = False
    _read_again_unless_whole(entry)
    entry.settle_evidence()
    return entry


def _read_again_unless_whole(entry):
    if not entry.is_whole:
        entry.refresh_from_db()
        read_whole(entry)


def _write_columns(entry, fields, present, source):
    leads_to = _relations(type(entry))
    changed = [name for name, value in fields.items() if name in present and value != present[name]]
    if not source:
        gone = {name: _without_record(leads_to[name], {fields[name]}) for name in changed if name in leads_to}
        changed = [name for name in changed if not gone.get(name)]
    for name in changed:
        setattr(entry, name, fields[name])
    if changed or not source:
        entry.save(update_fields=[*changed, "changed_at"])


def _write_link(entry, name, keys, source):
    manager = getattr(entry, name)
    there = {record.pk: record for record in [*manager.all(), *(getattr(source, name).all() if source else ())]}
    if unknown := keys - there.keys():
        there |= {record.pk: record for record in manager.model.objects.filter(pk__in=unknown)}
    before, after = set(manager.all()), {there[key] for key in keys if key in there}
    if before - after:
        manager.remove(*before - after)
    if after - before:
        manager.add(*after - before)
    _remember(entry, name, after)


def _relations(model):
    return {field.attname: field.related_model for field in model._meta.fields if field.related_model}


def _without_record(model, keys):
    """Those of these keys that no record has (any more); None is no key."""
    keys = keys - {None}
    return keys - set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else keys


def _rows_to_write(name, rows, present, source):
    model, same = _model(name), PARTS[name]
    gone = {}
    for field, related in () if source else _relations(model).items():
        gone[field] = _without_record(related, {row.get(field) for row in rows} - {row.get(field) for row in present})
    there = [row for row in rows if not any(row.get(field) in keys for field, keys in gone.items())]
    if len(there) == len(rows):
        return rows
    known = {row.get(same) for row in there}
    return there + [row for row in present if row[same] not in known]


def are_words_of(voices):
    """A condition for voices that are the same as one of these in another version or text, reworded or not."""
    return Q(key__in=[voice.key for voice in voices]) | Q(quote__in=[voice.quote for voice in voices])


def _write_part(entry, name, rows, present, source):
    model, same = _model(name), PARTS[name]
    stored = {str(row[same]): row for row in present}
    records = {str(getattr(record, same)): record for record in getattr(entry, name).all()}
    matched = [(row, records.pop(str(row.get(same)), None)) for row in rows]
    for left in records.values():
        left.delete()
    # A row that comes back has the key, and so the anchor, that it had, unless another row has it.
    free = set() if source else _without_record(model, {row.get("id") for row, record in matched if record is None})
    written, new = [], []
    for row, record in matched:
        says, key = {field: value for field, value in row.items() if field != "id"}, row.get("id")
        is_new = record is None
        if is_new:
            record = model(pk=key if key in free else None, **{_owner(name): entry})
            free.discard(key)
        written.append(record)
        if not is_new and says.items() <= stored[str(row[same])].items():
            continue
        for field, value in says.items():
            setattr(record, field, model._meta.get_field(field).to_python(value))
        if is_new:
            new.append(record)
        else:
            record.save()
    model.objects.bulk_create(new)
    _remember(entry, name, written)


def _remember(entry, name, records):
    """Makes a relation of a whole entry these records, as if they had been read."""
    rows = getattr(entry, name).get_queryset()
    for record in records if name in PARTS else ():
        setattr(record, _owner(name), entry)
    order = [field for field in rows.model._meta.ordering if field != "submission"] or ["pk"]
    rows._result_cache = sorted(records, key=lambda record: [getattr(record, field) for field in order])
    rows._prefetch_done = True
    entry._prefetched_objects_cache[name] = rows


def _owner(name):
    return Submission._meta.get_field(name).field.name


def _model(name):
    return Submission._meta.get_field(name).related_model


def _row(record):
    columns = (field.attname for field in record._meta.concrete_fields)
    return {name: getattr(record, name) for name in columns if name not in LEFT_OUT}


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
