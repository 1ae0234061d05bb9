"""LIIA's desk: who the authorities are, and whom to call."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef
from django.utils.html import format_html

from boroughs.desk import DeskAdmin, DeskForm, KeptWhileUsed, count_phrase, desk_link, listed, state
from boroughs.models import Borough, Contact, DeliveryBody


class OpenDoubt(admin.SimpleListFilter):
    title = "open doubt"
    parameter_name = "doubt"

    def lookups(self, request, model_admin):
        return [("open", "With an open doubt"), ("none", "Without")]

    def queryset(self, request, queryset):
        return queryset.filter(has_doubt=self.value() == "open") if self.value() in ("open", "none") else queryset


class ContactForm(DeskForm):
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
        return state("To settle", "todo") if contact.has_doubt else "–"

    @admin.display(description="entries")
    def entries_of(self, contact):
        entries = [(desk_link(entry), self._as_readers_see(entry)) for entry in self.entries_naming(contact)]
        return listed(entries) or "No entry names this person. The contact can be deleted."

    def _as_readers_see(self, entry):
        if not entry.is_published:
            return f"({entry.get_status_display()}, not shown to readers)"
        link = '(<a href="{}">as readers see it<span class="visually-hidden">: {}</span></a>)'
        return format_html(link, entry.get_absolute_url(), entry)

    @admin.display(description="doubts to settle")
    def doubts_of(self, contact):
        return listed([desk_link(doubt), ""] for doubt in contact.doubts.open()) or "None is open."


@admin.register(DeliveryBody)
class DeliveryBodyAdmin(DeskAdmin):
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
class BoroughAdmin(DeskAdmin):
    """Names, codes and places are fact, from the sources on the About page; only the other names grow with use."""

    purpose = "London's 33 local authorities, and the short forms by which search knows them."
    list_display = ["name", "other_names", "sub_region", "delivery_body", "number_of_entries"]
    list_select_related = ["delivery_body"]
    list_filter = ["ring", "sub_region"]
    search_fields = ["name", "official_name"]
    fieldsets = [
        (None, {"fields": ["name", "aliases"]}),
        (
            "Facts",
            {
                "description": "These come from public registers, named on the About page. Nobody changes them here.",
                "fields": [
                    "official_name",
                    ("ons_code", "dfe_code"),
                    ("ring", "sub_region"),
                    ("website", "domains"),
                    "delivery_body",
                    "neighbours_of",
                ],
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_entry_counts()

    def get_readonly_fields(self, request, obj=None):
        return [name for name in flatten_fieldsets(self.fieldsets) if name != "aliases"]

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
