"""Two people at one record: what only the other has changed is left as it is, what both changed is said to the second.

A form carries what it showed when it was opened (`_opened`, signed). When it is sent, that is compared with what the
form would show now, under a lock on the record, before Django sees what was typed: fields and rows that nobody touched
here become what is stored, lists and long texts are merged. Where both changed the same thing nothing is saved: the
form comes back as typed, with what the other changed, and counts from then on as opened at that moment. So a second
conflict is said like the first.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.db import router, transaction
from django.utils import timezone
from django.utils.text import capfirst

from spotlight.desk.diff_and_merge import compared
from spotlight.desk.sent_forms import (
    as_sent,
    changeable,
    for_people,
    forget_rows,
    is_same_row,
    label_of,
    merged_field,
    posted_rows,
    row_label,
    row_of,
    typed,
    write,
)
from spotlight.wording import in_a_sentence

OPENED = "_opened"


@dataclass
class Merging:
    """What one sent form and the stored record make together."""

    post: object
    opened: dict
    now: dict
    conflicts: list = field(default_factory=list)  # labels, as a person knows them

    def merge_form(self, form):
        for name in changeable(form):
            opened, theirs = self.opened["fields"].get(name), self.now["fields"][name]
            values, conflict = merged_field(form.fields[name], opened, typed(self.post, form, name), theirs)
            self.conflicts += [label_of(form, name)] if conflict else []
            write(self.post, form, name, values)

    def merge_rows(self, formset):
        """Rewrites the rows of one inline: first those that are stored now, then what is new here."""
        prefix, empty = formset.prefix, formset.empty_form
        now, opened = (state["rows"].get(prefix, []) for state in (self.now, self.opened))
        posted = posted_rows(self.post, formset)
        by_key = {row["key"]: row for row in opened}
        key_of = {row["pk"]: row["key"] for row in [*now, *opened]}
        mine = {key_of[row["pk"]]: row for row in posted if row["pk"] in key_of}
        new = [row["fields"] for row in posted if row["pk"] not in key_of]
        new += self._deleted_elsewhere(formset, by_key, mine, {row["key"] for row in now})
        added = [row["fields"] for row in now if row["key"] not in by_key]
        new = [row for row in new if not any(is_same_row(empty, row, other) for other in added)]
        forget_rows(self.post, prefix)
        for number, row in enumerate(now):
            self._write_row(formset, number, row, by_key.get(row["key"]), mine.get(row["key"]))
        for number, row in enumerate(new, start=len(now)):
            for name in changeable(empty):
                write(self.post, empty, name, row[name], f"{prefix}-{number}-")
        self.post[f"{prefix}-TOTAL_FORMS"] = str(len(now) + len(new))
        self.post[f"{prefix}-INITIAL_FORMS"] = str(len(now))

    def _deleted_elsewhere(self, formset, opened, mine, present):
        """Rows that somebody has deleted since: what was changed in one of them here comes back as a new row."""
        for key in opened.keys() - present:
            row = mine.get(key)
            if row and not row["delete"] and not is_same_row(formset.empty_form, row["fields"], opened[key]["fields"]):
                self.conflicts.append(row_label(formset, opened[key]))
                yield row["fields"]

    def _write_row(self, formset, number, stored, opened, mine):
        prefix, empty = f"{formset.prefix}-{number}-", formset.empty_form
        self.post[f"{prefix}{formset.model._meta.pk.name}"] = stored["pk"]
        deleted = bool(mine and mine["delete"])
        began = (opened or stored)["fields"]
        if deleted:
            self.post[f"{prefix}DELETE"] = "on"
            if not is_same_row(empty, began, stored["fields"]):
                self.conflicts.append(row_label(formset, stored))
        for name in changeable(empty):
            theirs = stored["fields"][name]
            values, conflict = theirs, False
            if mine and not deleted:
                values, conflict = merged_field(empty.fields[name], began.get(name), mine["fields"][name], theirs)
            self.conflicts += [f"{row_label(formset, stored)}: {label_of(empty, name)}"] if conflict else []
            write(self.post, empty, name, values, prefix)


class MergedEdits:
    """Mixed into every ModelAdmin of the desk (`spotlight.desk.base.DeskAdmin`).

    `decided_by`: {name of an attribute: names of the buttons that decide it}. A button is refused, as a conflict, if
    somebody else has decided since the form was opened.
    """

    decided_by = {}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            self._merge_sent(request, unquote(object_id))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_object(self, request, object_id, from_field=None):
        """While its form is saved, the record as it was read under the lock."""
        return getattr(request, "locked", None) or super().get_object(request, object_id, from_field)

    def read_more(self, request, record):
        """To be overridden where more of a locked record is read at once, before anything is written."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        said = getattr(request, "conflict", None)
        return _refusing(form, said) if said else form

    def render_change_form(self, request, context, *args, **kwargs):
        record = context.get("original")
        if record is not None and self.has_change_permission(request, record):
            state = getattr(request, "guarded_state", None)
            if state is None:
                inlines = [one for one in context["inline_admin_formsets"] if one.has_change_permission]
                state = self._state(record, context["adminform"].form, [one.formset for one in inlines])
            context |= {"opened_state": signing.dumps(state, salt=OPENED, compress=True)}
            context |= getattr(request, "meanwhile", {})
        return super().render_change_form(request, context, *args, **kwargs)

    def last_change(self, record):
        """(who changed the record last, when), as far as it is stored."""
        if history := getattr(record, "history", None):
            latest = history.first()
            return (_named(latest.history_user), latest.history_date) if latest else (_named(None), timezone.now())
        logged = apps.get_model("admin.LogEntry").objects.filter(
            content_type__app_label=self.opts.app_label, content_type__model=self.opts.model_name, object_id=record.pk
        )
        latest = logged.select_related("user").first()
        return (_named(latest.user), latest.action_time) if latest else (_named(None), timezone.now())

    def _merge_sent(self, request, object_id):
        asked = (request, object_id, request.GET.get("_to_field"))
        record = self.get_object(*asked)
        if record is None or not self.has_change_permission(request, record):
            return
        self.model._base_manager.select_for_update().filter(pk=record.pk).first()
        request.locked = record = self.get_object(*asked)
        self.read_more(request, record)
        form, formsets = self._as_shown(request, record)
        request.guarded_state = now = self._state(record, form, formsets)
        if OPENED not in request.POST:
            return
        opened = _unsigned(request.POST[OPENED]) or _nothing_known(now)
        merging = Merging(request.POST.copy(), opened, now)
        merging.merge_form(form)
        for formset in formsets:
            merging.merge_rows(formset)
        merging.conflicts += self._decided_since(request, opened, now)
        request.POST = merging.post
        if merging.conflicts:
            request.conflict = self._said(record, merging.conflicts)
            shown = [for_people(state, form, formsets) for state in (opened, now)]
            request.meanwhile = {"meanwhile": self.last_change(record)[0], "differences": compared(*shown)}

    def _as_shown(self, request, record):
        """The form of the record and its inlines, as somebody who opens them now is shown them."""
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=True, fields=fields)(instance=record)
        formsets, prefixes = [], {}
        for formset, inline in self.get_formsets_with_inlines(request, record):
            if not inline.has_change_permission(request, record):
                continue
            prefix = formset.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            prefix = prefix if prefixes[prefix] == 1 else f"{prefix}-{prefixes[prefix]}"
            kwargs = self.get_formset_kwargs(request, record, inline, prefix)
            formsets.append(formset(**{k: v for k, v in kwargs.items() if k not in ("data", "files", "save_as_new")}))
        return form, formsets

    def _state(self, record, form, formsets):
        return {
            "fields": {name: as_sent(form, name) for name in changeable(form)},
            "rows": {formset.prefix: [row_of(one) for one in formset.initial_forms] for formset in formsets},
            "decided": {name: str(getattr(record, name)) for name in self.decided_by},
        }

    def _decided_since(self, request, opened, now):
        return [
            capfirst(self.opts.get_field(name).verbose_name)
            for name, buttons in self.decided_by.items()
            if opened["decided"].get(name) != now["decided"][name] and any(button in request.POST for button in buttons)
        ]

    def _said(self, record, labels):
        who, when = self.last_change(record)
        return (
            f"Nothing was saved yet: {who} has changed {_quoted(labels)} too, at "
            f"{timezone.localtime(when):%H:%M on %-d %B}, after you opened this form. What you typed is below, and "
            "what changed meanwhile is above it. Save again to keep yours there; whatever else was changed is kept as "
            "it is, and the other text stays in the history."
        )


def _unsigned(signed):
    try:
        return signing.loads(signed, salt=OPENED)
    except signing.BadSignature:
        return None


def _nothing_known(now):
    """For a form that cannot say what it was opened with: whatever differs from what is stored is a conflict."""
    rows = {
        prefix: [{**row, "fields": dict.fromkeys(row["fields"])} for row in rows]
        for prefix, rows in now["rows"].items()
    }
    return {"fields": {}, "rows": rows, "decided": now["decided"]}


def _named(user):
    """A change without a user came through a link in a mail, or from a command."""
    return (user.get_full_name() or user.get_username()) if user else "Somebody outside the desk"


def _quoted(labels):
    return in_a_sentence([f"“{label}”" for label in dict.fromkeys(labels)])


def _refusing(form, said):
    """The form with one error more, that says what happened and what to do."""

    def clean(self):
        cleaned = super(refusing, self).clean()
        self.add_error(None, said)
        return cleaned

    refusing = type(form.__name__, (form,), {"clean": clean})
    return refusing
