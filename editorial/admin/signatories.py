"""The two people of each authority whom LIIA asks to sign off."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from editorial.models import Signatory, SignOff
from editorial.people.rights import may_publish
from spotlight.desk.base import DeskAdmin


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

    def save_model(self, request, obj, form, change):
        """Links that went to another address open nothing from now on; who is still to be asked is said."""
        super().save_model(request, obj, form, change)
        asked = SignOff.objects.standing().filter(answer="", borough=obj.borough, role=obj.role)
        if elsewhere := list(asked.exclude(email__iexact=obj.email).select_related("submission")):
            entries = format_html_join(
                ", ", '<a href="{}">{}</a>', [[_sign_off_page(one), one.submission] for one in elsewhere]
            )
            said = "The links that went to {} open nothing any more. Send {} a new one from the page of each entry: {}."
            earlier = ", ".join(sorted({one.email for one in elsewhere}))
            self.message_user(request, format_html(said, earlier, obj.name, entries), messages.WARNING)

    def other_users(self, signatory):
        """A question that is with this person: its link would have nobody behind it."""
        asked = SignOff.objects.standing().filter(answer="", borough=signatory.borough, role=signatory.role)
        return [sign_off.submission for sign_off in asked.select_related("submission")]


def _sign_off_page(sign_off):
    return reverse("admin:entry_sign_off", args=[sign_off.submission_id])
