"""How LIIA's desk behaves everywhere: its lists, its forms, and the small wordings that its pages share."""

from contextlib import ExitStack

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db.models import JSONField, Q, TextField, URLField
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from spotlight.desk.bulk_acts import BulkActs
from spotlight.desk.conflicts import MergedEdits
from spotlight.desk.deleting import ProtectedWhileUsed, uses_of
from spotlight.desk.sent_forms import OnePerLine


def desk_link(record):
    """A link to a record's own form, which says the record's name."""
    return format_html('<a href="{}">{}</a>', reverse(admin_urlname(record._meta, "change"), args=[record.pk]), record)


def listed(pairs):
    """A list of (what, remark); "" when there are none."""
    pairs = list(pairs)
    return render_to_string("admin/plain_list.html", {"pairs": pairs}) if pairs else ""


def state(words, kind):
    """The state of a record, to be seen at a glance. The colour only repeats the words."""
    return format_html('<span class="state {}">{}</span>', kind, words)


def count_phrase(number, one, many):
    return f"{number} {one if number == 1 else many}"


def empty_or_not(field, title, empty, filled):
    """A filter of a list by whether a field is filled in: `empty` and `filled` say it in words."""

    class EmptyOrNot(admin.EmptyFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

        def choices(self, changelist):
            for choice, words in zip(super().choices(changelist), ("All", empty, filled), strict=True):
                yield {**choice, "display": words}

    return field, EmptyOrNot


def choice_filter(title, parameter, choices):
    """A filter of a list by one choice. `choices`: {value: (its words, a Q, or a function that returns one)}."""

    class ChoiceFilter(admin.SimpleListFilter):
        def lookups(self, request, model_admin):
            return [(value, words) for value, (words, _) in choices.items()]

        def queryset(self, request, queryset):
            _, condition = choices.get(self.value(), ("", Q()))
            return queryset.filter(condition() if callable(condition) else condition)

    ChoiceFilter.title, ChoiceFilter.parameter_name = title, parameter
    return ChoiceFilter


class DeskForm(forms.ModelForm):
    """A label is above its field, so it needs no colon."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "label_suffix": ""})


# Functions (user, record): whether the user may change or delete the record, beside what the user's role may do.
GUARDS = []
# Context managers (record, user) around a renaming; each yields a list for what comes of it, in sentences.
RENAMINGS = []


class Guarded:
    """For an admin of the desk and for a part of a form: one rule about a record holds wherever it is written."""

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_write(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and may_write(request.user, obj)


def may_write(user, record):
    return record is None or all(guard(user, record) for guard in GUARDS)


class DeskFields(Guarded):
    """Lists of words are written one per line, and a slug is called what it is to people. Beside its field a related
    record can be changed or added, never deleted."""

    form = DeskForm
    formfield_overrides = {
        JSONField: {"form_class": OnePerLine},
        TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 80})},
        URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
        if db_field.name == "slug":
            field.label = "Address of its page"
        return field


class DeskAdmin(MergedEdits, ProtectedWhileUsed, BulkActs, DeskFields, admin.ModelAdmin):
    purpose = ""  # what the desk's first page says about these records
    never = ()  # which of "add", "change" and "delete" nobody does here, whatever their rights
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # a count beside each choice costs the database as much as the list

    def has_add_permission(self, request):
        return "add" not in self.never and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return "change" not in self.never and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return "delete" not in self.never and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        said = []
        with ExitStack() as watched:
            if change and "name" in form.changed_data:
                said = [watched.enter_context(renaming(obj, request.user)) for renaming in RENAMINGS]
            super().save_model(request, obj, form, change)
        for sentence in (sentence for some in said for sentence in some):
            self.message_user(request, sentence, messages.WARNING)

    def desk_note(self):
        """(what the desk's first page says of these records now, whether it waits for somebody)"""
        return "", False

    def get_ordering(self, request):
        return self.ordering or self.opts.ordering  # said here, because a list that counts forgets its model's order

    def said_after(self, request, record):
        """What the pressed button did, and to whom, in a sentence; "" after a plain save."""
        return ""

    def response_change(self, request, obj):
        if said := self.said_after(request, obj):
            self.message_user(request, said, messages.SUCCESS)
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


class PartForm(DeskForm):
    def _post_clean(self):
        """A stored row that nobody touched is not checked again: each check would be a query."""
        if not self.instance.pk or self.has_changed():
            super()._post_clean()


class DeskInline(DeskFields, admin.StackedInline):
    """Parts of a record, inside its form. One that is used elsewhere is not deleted with its box either.

    Stacked, for a table of inputs has no labels that a screen reader could find.
    """

    extra = 0
    form = PartForm

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.hand_clean_DELETE = lambda form: None  # Django’s, which speaks of protected related objects
        return type(formset.__name__, (ProtectsUsedParts, formset), {"site": self.admin_site})


class Part(DeskInline):
    """Parts that readers meet in an order: folded away, with a place."""

    classes = ["collapse"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "position":
            field.label = "Place"
            field.help_text = "1 stands first."
        return field


class ProtectsUsedParts:
    """For a formset: a ticked box makes it invalid where the part is used. Its form is asked nothing by Django then.
    What is known of its rows is not read again for each of them."""

    def get_queryset(self):
        """The rows as they came with their record, if they did."""
        rows = getattr(self.instance, "_prefetched_objects_cache", {}).get(self.fk.remote_field.get_accessor_name())
        if rows is not None:
            self._queryset = rows
        return super().get_queryset()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk:  # the row was looked up among the record's by this very key
            form.fields[self._pk_field.name].to_python = lambda key: form.instance

    def clean(self):
        super().clean()
        ticked = [form.instance for form in self.initial_forms if self._should_delete_form(form)]
        used = [(part, uses) for part in ticked if part.pk and (uses := uses_of(part, self.site))]
        if used:
            raise ValidationError([_why_part_is_not_deleted(part, uses) for part, uses in used])


def _why_part_is_not_deleted(part, uses):
    used_by = " and ".join(map(str, uses))
    return f"“{part}” was not deleted: it is used by {used_by}. Take it off there first."
