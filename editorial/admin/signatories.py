"""The two people of each authority whom LIIA asks to sign off."""

from django.contrib import admin

from boroughs.desk import DeskAdmin
from editorial.models import Signatory, SignOff
from editorial.people.rights import may_publish


@admin.register(Signatory)
class SignatoryAdmin(DeskAdmin):
    """Who names the people who sign, decides whom a link reaches: that is for those who may publish."""

    purpose = "The Director of Children’s Services and the Practice Leader of each authority, who sign entries off."
    list_display = ["borough", "role", "name", "email"]
    list_display_links = ["borough", "name"]
    list_select_related = ["borough"]
    list_filter = ["role"]
    search_fields = ["name", "email", "borough__name"]
    search_help_text = "Search by authority, name or address."
    fields = ["borough", "role", "name", "email"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may_publish(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_publish(request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and may_publish(request.user)

    def other_users(self, signatory):
        """A question that is with this person: its link would have nobody behind it."""
        asked = SignOff.objects.standing().filter(answer="", borough=signatory.borough, role=signatory.role)
        return [sign_off.submission for sign_off in asked.select_related("submission")]
