"""The two people of each authority whom LIIA asks to sign off."""

from django.contrib import admin

from boroughs.desk import DeskAdmin
from editorial.models import Signatory


@admin.register(Signatory)
class SignatoryAdmin(DeskAdmin):
    purpose = "The Director of Children’s Services and the Practice Leader of each authority, who sign entries off."
    list_display = ["borough", "role", "name", "email"]
    list_display_links = ["borough", "name"]
    list_select_related = ["borough"]
    list_filter = ["role"]
    search_fields = ["name", "email", "borough__name"]
    search_help_text = "Search by authority, name or address."
    fields = ["borough", "role", "name", "email"]
