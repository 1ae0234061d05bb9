"""What a snapshot or a kept record says, as labelled lines that people can read and compare."""

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.claims import TEXTS
from submissions.models import Category, Partner, Round, Theme
from submissions.wording import plain

LINKED = {
    "boroughs": ("Authorities", Borough),
    "categories": ("Categories", Category),
    "partners": ("Partners", Partner),
}


def readable(content):
    """{label: lines} of a snapshot (see `editorial.snapshots`), those without lines left out."""
    fields, links, parts = content["fields"], content["links"], content["parts"]
    said = {"Title": [fields["title"]]}
    said |= {label: _names(model, links[name]) for name, (label, model) in LINKED.items()}
    said |= {
        "Delivered by": _names(DeliveryBody, [fields["delivery_body_id"]]),
        "Round": _names(Round, [fields["round_id"]]),
        "Team": [fields["team"]],
        **{label: plain(fields[name]).splitlines() for name, label in TEXTS.items()},
        "Themes": _names(Theme, [row["tag_id"] for row in parts["themed"]]),
        "Contacts": _names(Contact, [row["contact_id"] for row in parts["contact_lines"]]),
        "Figures": [_figure(row) for row in parts["metrics"]],
        "Voices": [_voice(row) for row in parts["voices"]],
        "Documents and links": [" ".join([row["title"], row["url"]]).strip() for row in parts["supporting_items"]],
    }
    kept = {label: [line for line in lines if line and line.strip()] for label, lines in said.items()}
    return {label: lines for label, lines in kept.items() if lines}


def readable_record(record):
    """The same of a stored record, or of what django-simple-history kept of one."""
    tracked = getattr(record, "tracked_fields", None) or record._meta.concrete_fields
    values = {str(field.verbose_name).capitalize(): _lines(record, field) for field in tracked}
    return {label: lines for label, lines in values.items() if lines and label != "Id"}


def _names(model, keys):
    """Names in the order of the keys; a record that is gone is said to be."""
    found = {record.pk: str(record) for record in model.objects.filter(pk__in=[key for key in keys if key])}
    return [found.get(key, f"(a {model._meta.verbose_name} that no longer exists)") for key in keys if key]


def _figure(row):
    compared = f", compared with {row['comparator']}" if row["comparator"] is not None else ""
    period = f", {row['period']}" if row["period"] else ""
    worth = f"{row['value']} {row['unit']}{compared}{period}"
    return f"{row['figure']}: {row['label']} ({row['kind']}, {row['status']}; {worth}). “{row['quote']}”"


def _voice(row):
    taken = " [withdrawn]" if row["withdrawn_at"] else ""
    return f"{row['quote']} ({row['speaker'] or 'speaker not stated'}){taken}"


def _lines(record, field):
    value = getattr(record, field.attname)
    if value in (None, "", []):
        return []
    if field.remote_field:
        return _names(field.remote_field.model, [value])
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    return [str(item) for item in value] if isinstance(value, list) else plain(str(value)).splitlines()
