"""The outbox at LIIA's desk: what was sent, and what could not be."""

from django.contrib import admin, messages

from boroughs.desk import DeskAdmin, count_phrase, state
from editorial.models import Mail
from editorial.outbox import send


@admin.register(Mail)
class MailAdmin(DeskAdmin):
    purpose = "Every mail the site has sent, and those that could not go yet."
    list_display = ["subject", "to", "written_at", "standing"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["to", "subject"]
    search_help_text = "Search by address or subject."
    fields = ["to", "subject", "written_at", "standing", "problem", "text"]
    actions = ["send_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return request.user.has_perm("editorial.change_mail")

    def desk_note(self):
        """(what the desk's first page says, whether it waits for somebody)"""
        number = Mail.objects.unsent().count()
        return f"{number} not sent yet" if number else "All sent", number > 0

    @admin.display(description="state", ordering="sent_at")
    def standing(self, mail):
        if mail.sent_at:
            return state("Sent", "published")
        return state("Could not be sent yet" if mail.tries else "Waiting", "todo")

    @admin.action(description="Try now to send what is ticked", permissions=["send"])
    def send_again(self, request, queryset):
        went = sum(send(mail) for mail in queryset.unsent())
        self.message_user(request, f"Sent: {count_phrase(went, 'mail', 'mails')}.", messages.SUCCESS)
