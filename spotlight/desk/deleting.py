"""What is used is not deleted: one rule for every record of the desk, read from the relations between the models."""

from contextlib import ExitStack
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import DO_NOTHING, ManyToManyRel, ManyToOneRel, ProtectedError, RestrictedError
from django.db.models.signals import pre_delete
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

NAMED = 20  # users of a record that a message names; it counts the rest
# Context managers (records, words, by) around a move; one that keeps the story of records may raise MoveRefused.
MOVES = []


class MoveRefused(Exception):
    """Why nothing is moved, in a sentence."""


@dataclass(frozen=True)
class Use:
    """The `rows` that hold on to a record by one relation, and the `users` whose forms have them."""

    relation: object
    rows: list
    users: list

    def __str__(self):
        meta = self.users[0]._meta
        return f"{len(self.users)} {meta.verbose_name if len(self.users) == 1 else meta.verbose_name_plural}"


def relations_to(model):
    """The relations by which records hold on to one of this model. Copies in a history hold on to nothing."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToManyRel):
            holds = relation.through._meta.auto_created and relation.related_model is not model
        else:
            a_link = isinstance(relation, ManyToOneRel) and not relation.related_model._meta.auto_created
            holds = a_link and relation.on_delete is not DO_NOTHING
        if holds:
            yield relation


def name_of(relation):
    """What an admin's `not_uses` calls a relation: its accessor, or its model where it has none."""
    return relation.get_accessor_name() if not relation.hidden else relation.related_model._meta.model_name


def uses_of(record, site, but=()):
    """[Use] of a record, without the relations that `but` names."""
    uses = []
    for relation in relations_to(type(record)):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record}).distinct().order_by("pk")
        if name_of(relation) not in but and rows:
            users = dict.fromkeys(_user(row, record, site) for row in rows)
            uses.append(Use(relation, list(rows), list(users)))
    return uses


def _user(row, record, site):
    """The record whose form has this row: itself, if it has a form or is a part of the record's own."""
    own = site._registry.get(type(record))
    if type(row) in site._registry or (own and type(row) in {inline.model for inline in own.inlines}):
        return row
    links = [field for field in row._meta.fields if field.many_to_one and field.related_model in site._registry]
    return next((owner for field in links if (owner := getattr(row, field.name)) not in (None, record)), row)


def move_uses(record, target, uses):
    """Saves that every row of these uses holds on to `target` instead; where both were there, one row is deleted."""
    for use in uses:
        name = use.relation.field.name
        for row in use.rows:
            if isinstance(use.relation, ManyToManyRel):
                getattr(row, name).add(target)
                getattr(row, name).remove(record)
            elif _is_there(row, name, target):
                row.delete()
            else:
                setattr(row, name, target)
                row.save()


def _is_there(row, name, target):
    """Whether a row like this one, which may be there only once, holds on to `target` already."""
    unique = [c.fields for c in row._meta.constraints if isinstance(c, models.UniqueConstraint) and name in c.fields]
    alike = [{field: getattr(row, field) for field in fields} | {name: target} for fields in unique]
    return any(type(row)._base_manager.filter(**one).exclude(pk=row.pk).exists() for one in alike)


class ProtectedWhileUsed:
    """For every admin of the desk: a record that others hold on to is not deleted, and the reason is said.

    `not_uses` names relations whose rows may go, or be left, with the record. With `moves_to` ("another theme") a page
    moves the uses to another record and then deletes this one.
    """

    not_uses = ()
    moves_to = ""

    def uses_of(self, record):
        return uses_of(record, self.admin_site, self.not_uses)

    def other_users(self, record):
        """Records that hold on to this one otherwise than by a relation, such as by its address."""
        return []

    def why_not_deleted(self, request, record):
        """Why this record is not deleted now, in a sentence with links; "" if it may be."""
        users = [(str(use), use.users) for use in self.uses_of(record)]
        users += [(capfirst(other._meta.verbose_name), [other]) for other in self.other_users(record)]
        if not users:
            return ""
        listed = format_html_join(" and ", "{} ({})", [(words, self._named(some)) for words, some in users])
        used = format_html("“{}” was not deleted: it is used by {}.", record, listed)
        if not self.moves_to:
            return format_html("{} Take it off there first.", used)
        address = reverse(admin_urlname(self.opts, "move"), args=[record.pk])
        return format_html('{} <a href="{}">Move them to {}</a> first.', used, address, self.moves_to)

    def _named(self, users):
        named = format_html_join(", ", "“{}”", [[self._link(user)] for user in users[:NAMED]])
        return format_html("{} and {} more", named, len(users) - NAMED) if len(users) > NAMED else named

    def _link(self, user):
        if type(user) not in self.admin_site._registry:
            return str(user)
        return format_html('<a href="{}">{}</a>', reverse(admin_urlname(user._meta, "change"), args=[user.pk]), user)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        move = path("<int:pk>/move/", self.admin_site.admin_view(self.move_view), name=name)
        return [*([move] if self.moves_to else []), *super().get_urls()]

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        if record is None or not self.has_delete_permission(request, record):
            return super().delete_view(request, object_id, extra_context)
        if not (why := self.why_not_deleted(request, record)):
            try:
                return super().delete_view(request, object_id, extra_context)
            except (ProtectedError, RestrictedError):  # somebody has taken it into use this very moment
                why = self.why_not_deleted(request, record) or f"“{record}” was not deleted: it is in use."
        self.message_user(request, why, messages.ERROR)
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[record.pk]))

    def get_deleted_objects(self, objs, request):
        """As Django asks for it: (what goes, how many of each, what somebody lacks rights to, what hinders)."""
        hindered = [why for record in objs if (why := self.why_not_deleted(request, record))]
        return [str(record) for record in objs], {self.opts.verbose_name_plural: len(objs)}, set(), hindered

    def move_view(self, request, pk):
        """A GET previews; a POST moves, and deletes what nothing uses any more."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (self.has_change_permission(request, record) and self.has_delete_permission(request, record)):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        form = MoveForm(self.model._default_manager.exclude(pk=pk), sent if "to" in sent else None)
        target = form.cleaned_data["to"] if form.is_bound and form.is_valid() else None
        if target and request.method == "POST":
            return self._move(request, record, target)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Move what uses “{record}” to {self.moves_to}",
            "opts": self.opts,
            "record": record,
            "target": target,
            "form": form,
            "uses": (movable := self.movable_uses(record)),
            "own": [use for use in self.uses_of(record) if use not in movable],
        }
        return TemplateResponse(request, "admin/move.html", context, status=422 if form.errors else 200)

    def _move(self, request, record, target):
        words = f"“{target}” in place of “{record}”, moved at the desk"
        try:
            with transaction.atomic(), ExitStack() as watched:
                list(self.model._base_manager.select_for_update().filter(pk__in=[record.pk, target.pk]).order_by("pk"))
                uses = self.movable_uses(record)
                for watch in MOVES:
                    users = [user for use in uses for user in use.users]
                    watched.enter_context(watch(users, words, request.user))
                move_uses(record, target, uses)
                said = self._delete_after_moving(request, record, target, uses)
        except MoveRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(reverse(admin_urlname(self.opts, "change"), args=[record.pk]))
        self.message_user(request, said, messages.SUCCESS)
        return redirect(reverse(admin_urlname(self.opts, "change"), args=[target.pk]))

    def movable_uses(self, record):
        """Without the parts of the record's own form, which are its own words."""
        parts = {inline.model for inline in self.inlines}
        return [use for use in self.uses_of(record) if use.relation.related_model not in parts]

    def _delete_after_moving(self, request, record, target, uses):
        """Deletes the record that nothing uses any more, and logs the move; returns what was done, in a sentence."""
        moved = " and ".join(map(str, uses)) or "Nothing"
        self.log_change(request, target, f"{moved} moved here from “{record}”.")
        if why := self.why_not_deleted(request, record):
            return format_html("{} moved to “{}”. {}", moved, target, why)
        if hasattr(record, "redirect_addresses"):
            record.redirect_addresses(target)
        self.log_deletions(request, self.model._base_manager.filter(pk=record.pk))
        name = str(record)
        record.delete()
        return f"{moved} moved to “{target}”. “{name}” is deleted."


class MoveForm(forms.Form):
    to = forms.ModelChoiceField(None, label="Where to", error_messages={"required": "Choose where to move them."})

    def __init__(self, others, data=None):
        super().__init__(data, label_suffix="")
        self.fields["to"].queryset = others


def refuse_while_linked(sender, instance, using, **_):
    """What entries, sections or lines of a survey are grouped by is not deleted under them, by whatever code."""
    for relation in relations_to(sender):
        if isinstance(relation, ManyToManyRel):
            linked = relation.related_model._base_manager.using(using).filter(**{relation.field.name: instance})
            if linked.exists():
                raise ProtectedError(f"“{instance}” is used by {linked.count()} {relation.related_model}.", set(linked))


def protect(all_models):
    """Many-to-many links of the site's own models protect what they lead to, as on_delete=PROTECT does for others."""
    for model in all_models:
        ours = not model.__module__.startswith(("django.", "allauth.", "taggit."))
        if ours and any(isinstance(relation, ManyToManyRel) for relation in relations_to(model)):
            pre_delete.connect(refuse_while_linked, model)
