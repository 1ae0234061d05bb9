"""LIIA's desk: who the authorities are."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets

from boroughs.models import Borough, DeliveryBody
from spotlight.desk.base import DeskAdmin


@admin.register(DeliveryBody)
class DeliveryBodyAdmin(DeskAdmin):
    purpose = "Organisations that run children's services for councils, such as Achieving for Children."
    list_display = ["name", "served"]
    moves_to = "another delivery body"
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
    """Names, codes and places are fact, from the sources on the About page; only the other names grow with use.

    Its address on this site may be renamed."""

    purpose = "London's 33 local authorities, and the short forms by which search knows them."
    never = ("add", "delete")
    list_display = ["name", "other_names", "sub_region", "delivery_body", "number_of_entries"]
    list_select_related = ["delivery_body"]
    list_filter = ["ring", "sub_region"]
    search_fields = ["name", "official_name"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "aliases"]}),
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
        return [name for name in flatten_fieldsets(self.fieldsets) if name not in ("slug", "aliases")]

    def get_form(self, request, obj=None, **kwargs):
        kwargs["help_texts"] = {"slug": "The last part of the borough's address. Every earlier address keeps working."}
        return super().get_form(request, obj, **kwargs)

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
