"""How LIIA's desk behaves everywhere: its lists, its forms, and the small wordings that its pages share."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import JSONField, TextField, URLField
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from boroughs.lines import OnePerLine


def desk_link(record):
    """A link to a record's own form, which says the record's name."""
    return format_html('<a href="{}">{}</a>', reverse(admin_urlname(record._meta, "change"), args=[record.pk]), record)


def listed(pairs):
    """A list of (what, remark); "" when there are none."""
    items = format_html_join("", "<li>{} {}</li>", pairs)
    return items and format_html('<ul class="plain">{}</ul>', items)


def state(words, kind):
    """Where a record stands, to be seen at a glance. The colour only repeats the words."""
    return format_html('<span class="state {}">{}</span>', kind, words)


def count_phrase(number, one, many):
    return f"{number} {one if number == 1 else many}"


class DeskForm(forms.ModelForm):
    """A label stands above its field, so it needs no colon."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "label_suffix": ""})


class DeskFields:
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
            field.label = "Address"
        return field


class DeskAdmin(DeskFields, admin.ModelAdmin):
    purpose = ""  # what the desk's first page says about these records
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # a count beside each choice costs the database as much as the list

    def get_ordering(self, request):
        return self.ordering or self.opts.ordering  # said here, because a list that counts forgets its model's order

    def changelist_view(self, request, extra_context=None):
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


class KeptWhileUsed(DeskAdmin):
    """A record that may be deleted only when no entry names it. Who tries hears why, in a sentence."""

    def entries_naming(self, record):
        raise NotImplementedError

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        entries = self.entries_naming(record) if record and self.has_delete_permission(request, record) else []
        if not entries:
            return super().delete_view(request, object_id, extra_context)
        self.message_user(request, self._why_not(record, entries), messages.ERROR)
        return HttpResponseRedirect(reverse(admin_urlname(self.opts, "change"), args=[record.pk]))

    def _why_not(self, record, entries):
        named = format_html_join(", ", "“{}”", [[desk_link(entry)] for entry in entries])
        return format_html("“{}” was not deleted, because it stands on {}. Take it off there first.", record, named)
