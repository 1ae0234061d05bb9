"""Old addresses at LIIA's desk: where the former pages stood, and where readers who still go there are led."""

from django.contrib import admin

from spotlight.desk.base import DeskAdmin
from submissions.models import OldAddress


@admin.register(OldAddress)
class OldAddressAdmin(DeskAdmin):
    purpose = "Addresses of LIIA's former pages that people still have, and where they lead on this site."
    list_display = ["path", "target"]
    search_fields = ["path", "target"]
    search_help_text = "Search by a part of either address."
