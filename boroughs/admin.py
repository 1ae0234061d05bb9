"""LIIA's desk: who the authorities are, and whom to call."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, JSONField, OuterRef
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from boroughs.lines import OnePerLine
from boroughs.models import Borough, Contact, DeliveryBody


def desk_link(record, label=None):
    """A link to a record's own form, which says the record's name."""
    address = reverse(admin_urlname(record._meta, "change"), args=[record.pk])
    return format_html('<a href="{}">{}</a>', address, label or record)


def count_phrase(number, one, many):
    return f"{number} {one if number == 1 else many}"


class LinesAdmin(admin.ModelAdmin):
    """A record whose lists (other names, addresses) are written one per line."""

    formfield_overrides = {JSONField: {"form_class": OnePerLine}}


class KeptWhileUsed(admin.ModelAdmin):
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
        return format_html("{} was not deleted, because it is named by {}. Take it out there first.", record, named)


class OpenDoubt(admin.SimpleListFilter):
    title = "open doubt"
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [("open", "With an open doubt"), ("none", "Without")]

    def queryset(self, request, queryset):
        return queryset.filter(has_doubt=self.value() == "open") if self.value() in ("open", "none") else queryset


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ["name", "role", "email"]
        help_texts = {"name": "The person's name as it should stand on every entry."}

    def clean_email(self):
        email = self.cleaned_data["email"]
        taken = Contact.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first() if email else None
        if taken:
            message = "{} already has this e-mail address. Use that contact on the entry instead of a second one."
            raise ValidationError(format_html(message, desk_link(taken)))
        return email


@admin.register(Contact)
class ContactAdmin(KeptWhileUsed):
    purpose = "The people to call. Change a person once, and every entry that names them shows it."
    form = ContactForm
    fieldsets = [
        (None, {"fields": ["name", "role", "email"]}),
        ("Where readers see this contact", {"fields": ["entries_of", "doubts_of"]}),
    ]
    readonly_fields = ["entries_of", "doubts_of"]
    list_display = ["name", "role", "email", "number_of_entries", "doubt"]
    list_filter = [OpenDoubt]
    list_per_page = 50
    search_fields = ["name", "role", "email"]
    search_help_text = "Search by name, role or e-mail address."

    def get_queryset(self, request):
        doubts = Contact.doubts.rel.related_model.objects.open().filter(contact=OuterRef("pk"))
        contacts = super().get_queryset(request)
        return contacts.annotate(n_entries=Count("entry_lines"), has_doubt=Exists(doubts))

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:1]

    def entries_naming(self, contact):
        return [line.submission for line in contact.entry_lines.select_related("submission")]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.has_changed() and (number := obj.entry_lines.count()):
            shows = count_phrase(number, "entry shows", "entries show")
            self.message_user(request, f"{shows} this contact as you have just written it.")

    @admin.display(description="entries", ordering="n_entries")
    def number_of_entries(self, contact):
        return contact.n_entries

    @admin.display(description="open doubt", ordering="has_doubt")
    def doubt(self, contact):
        return "To settle" if contact.has_doubt else "–"

    @admin.display(description="entries")
    def entries_of(self, contact):
        entries = [(desk_link(entry), self._readers_view(entry)) for entry in self.entries_naming(contact)]
        if not entries:
            return "No entry names this person. The contact can be deleted."
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{} {}</li>", entries))

    def _readers_view(self, entry):
        if not entry.is_published:
            return format_html('<span class="quiet">({}, not shown to readers)</span>', entry.get_status_display())
        link = '(<a href="{}">as readers see it<span class="visually-hidden">: {}</span></a>)'
        return format_html(link, entry.get_absolute_url(), entry)

    @admin.display(description="doubts to settle")
    def doubts_of(self, contact):
        doubts = [[desk_link(doubt)] for doubt in contact.doubts.open()]
        if not doubts:
            return "None is open."
        return format_html('<ul class="plain">{}</ul>', format_html_join("", "<li>{}</li>", doubts))


@admin.register(DeliveryBody)
class DeliveryBodyAdmin(LinesAdmin):
    purpose = "Organisations that run children's services for councils, such as Achieving for Children."
    list_display = ["name", "served"]
    search_fields = ["name"]
    fields = ["name", "slug", "aliases", "served"]
    readonly_fields = ["served"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("boroughs")

    @admin.display(description="boroughs")
    def served(self, body):
        return ", ".join(borough.name for borough in body.boroughs.all()) or "None of London's"


@admin.register(Borough)
class BoroughAdmin(LinesAdmin):
    """Names, codes and places are fact, from the sources on the About page; only the other names grow with use."""

    purpose = "London's 33 local authorities, and the short forms by which search knows them."
    list_display = ["name", "other_names", "sub_region", "delivery_body", "number_of_entries"]
    list_select_related = ["delivery_body"]
    list_filter = ["ring", "sub_region"]
    list_per_page = 50
    search_fields = ["name", "official_name"]
    fieldsets = [
        (None, {"fields": ["name", "aliases"]}),
        (
            "Facts",
            {
                "description": "These come from public registers, which the About page names. They cannot be changed here.",
                "fields": ["official_name", "ons_code", "dfe_code", "ring", "sub_region", "website", "domains"]
                + ["delivery_body", "neighbours_of"],
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_entry_counts()

    def get_readonly_fields(self, request, obj=None):
        return [name for _, group in self.fieldsets for name in group["fields"] if name != "aliases"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, borough):
        return borough.get_absolute_url()

    @admin.display(description="short forms")
    def other_names(self, borough):
        return ", ".join(borough.aliases) or "–"

    @admin.display(description="published entries", ordering="entries")
    def number_of_entries(self, borough):
        return borough.entries

    @admin.display(description="e-mail domains")
    def domains(self, borough):
        return ", ".join(borough.email_domains) or "–"

    @admin.display(description="neighbours")
    def neighbours_of(self, borough):
        return ", ".join(neighbour.name for neighbour in borough.neighbours.all()) or "–"
