"""Second factors at the desk, for whoever helps somebody who has lost a telephone. What is secret in them stays so."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

from boroughs.desk import DeskAdmin

admin.site.unregister(EmailAddress)  # allauth's copy of an account's own e-mail address
admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(DeskAdmin):
    purpose = "Somebody has lost a telephone or a key? Delete theirs here: at the next sign-in they set up a new one."
    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["type"]
    search_fields = ["user__username", "user__email"]
    search_help_text = "Search by user name or e-mail address."
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
