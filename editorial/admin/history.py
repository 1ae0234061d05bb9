"""The story of any record at the desk: who changed what and when, any two versions compared, any one put back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from simple_history.utils import update_change_reason

from editorial.edits import restore_version, watch_rename
from editorial.models import Event, Version
from editorial.snapshots import value_of
from spotlight.desk.diff_and_merge import compared
from submissions.entry_fields import FIELDS, Kind
from submissions.models import Submission
from submissions.paging import whole_number
from submissions.wording import plain


@dataclass
class StoredVersion:
    """One version of a record, whichever way it is stored."""

    pk: int
    at: datetime
    who: str
    why: str
    source: object

    def said(self):
        """{label: lines}"""
        return (
            _snapshot_in_words(self.source.content)
            if isinstance(self.source, Version)
            else _record_in_words(self.source)
        )


def history(request, site, app_label, model_name, object_id):
    """Replaces Django's own page of a record's history. A record that was deleted still has its story."""
    desk = _desk_of(site, app_label, model_name)
    record = desk.get_object(request, object_id)
    if not desk.has_view_permission(request, record):
        raise PermissionDenied
    versions = _versions(desk.model, object_id)
    if record is None and not versions:
        raise Http404("There is no such record, and none was ever kept.")
    if request.method == "POST":
        return _put_back(request, desk, record, versions)
    earlier, later = _chosen(request, versions)
    context = {
        **site.each_context(request),
        "title": f"History of “{record or versions[0].source}”",
        "opts": desk.opts,
        "object": record,
        "versions": versions,
        "earlier": earlier,
        "later": later,
        "differences": compared(earlier.said(), later.said()) if earlier and later else None,
        "events": Event.objects.filter(submission=object_id) if desk.model is Submission else (),
        "log": () if versions else _logged(desk.model, object_id),
        "live": _live(record),
        "may_change": record is not None and desk.has_change_permission(request, record),
    }
    return render(request, "admin/editorial/history.html", context)


def _desk_of(site, app_label, model_name):
    for model, desk in site._registry.items():
        if (model._meta.app_label, model._meta.model_name) == (app_label, model_name):
            return desk
    raise Http404


def _versions(model, object_id):
    key = whole_number(object_id)
    if key is None:
        raise Http404
    if model is Submission:
        found = Version.objects.filter(submission=key)
        return [StoredVersion(v.pk, v.at, v.by_name, v.why, v) for v in found]
    if not hasattr(model, "history"):
        return []
    found = model.history.filter(**{model._meta.pk.name: key}).select_related("history_user")
    return [StoredVersion(v.history_id, v.history_date, _who(v), _why(v), v) for v in found]


def _logged(model, object_id):
    """What was done at the desk to a record of which no versions are kept, such as a doubt."""
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.filter(content_type=kind, object_id=object_id).select_related("user")


def _who(version):
    user = version.history_user
    return (user.get_full_name() or user.get_username()) if user else "Practice Spotlight"


def _why(version):
    return version.history_change_reason or {"+": "Added", "-": "Deleted"}.get(version.history_type, "Changed")


def _live(record):
    """The newest version of the published entry that a new version stands beside."""
    return record.replaces.versions.first() if getattr(record, "replaces_id", None) else None


def _chosen(request, versions):
    """The two versions to compare, the older first: those asked for, else the last two."""
    by_key = {str(version.pk): version for version in versions}
    asked_live = whole_number(request.GET.get("earlier", "")) if request.GET.get("live") else None
    live = Version.objects.filter(pk=asked_live).first() if asked_live else None
    if live:
        by_key[str(live.pk)] = StoredVersion(live.pk, live.at, live.by_name, live.why, live)
    asked = [by_key.get(request.GET.get(name, "")) for name in ("earlier", "later")]
    if not all(asked):
        asked = versions[1::-1] if len(versions) > 1 else [None, None]
    return asked if live or not all(asked) else sorted(asked, key=lambda version: (version.at, version.pk))


@transaction.atomic
def _put_back(request, desk, record, versions):
    chosen = next((version for version in versions if str(version.pk) == request.POST.get("version")), None)
    if chosen is None or record is None or not desk.has_change_permission(request, record):
        raise PermissionDenied
    try:
        put_back = restore_version if isinstance(chosen.source, Version) else _restore_record
        record = put_back(chosen.source, by=request.user)
    except ValidationError as error:
        desk.message_user(request, f"Nothing was put back. {' '.join(error.messages)}", messages.ERROR)
        return HttpResponseRedirect(request.path)
    said = f"“{record}” is as it was on {chosen.at:%-d %B %Y}. What it was until now stays in this history."
    desk.message_user(request, said, messages.SUCCESS)
    return HttpResponseRedirect(f"../../{record.pk}/history/")


def _restore_record(version, *, by):
    """ValidationError where another record has its name or address by now, or one that it belonged to is deleted."""
    record = version.instance
    record._state.adding = False  # else its own name is another’s
    record.clean_fields(exclude={field.name for field in record._meta.fields if not field.remote_field})
    record.clean()
    record.validate_unique()
    record.validate_constraints()
    with watch_rename(record, by):
        record.save()
    update_change_reason(record, f"As it was on {version.history_date:%-d %B %Y}")
    return record


def _snapshot_in_words(content):
    """{label: lines} of a snapshot (see `editorial.snapshots`), those without lines left out."""
    said = {field.label: _stored_lines(field, content) for field in FIELDS}
    shown = {label: [line for line in lines if line and line.strip()] for label, lines in said.items()}
    return {label: lines for label, lines in shown.items() if lines}


def _stored_lines(field, content):
    value = value_of(field, content)
    if field.name in LINE_OF_ROW:
        return map(LINE_OF_ROW[field.name], value)
    if field.kind is Kind.TEXT:
        return [value]
    if field.kind is Kind.RICH:
        return plain(value).splitlines()
    if field.kind is Kind.ROWS:
        value = [row[field.same_by] for row in value]
    keys = [value] if field.kind is Kind.RECORD else value
    return _names(Submission._meta.get_field(field.name).related_model, keys)


def _record_in_words(record):
    """The same of a stored record, or of what django-simple-history has of one."""
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


LINE_OF_ROW = {
    "metrics": _figure,
    "voices": _voice,
    "supporting_items": lambda row: f"{row['title']} {row['url']}".strip(),
}
