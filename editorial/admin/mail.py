"""The outbox at LIIA's desk: what was sent, and what could not be."""

from django.contrib import admin, messages

from boroughs.bulk import bulk_act
from boroughs.desk import DeskAdmin, count_phrase, empty_or_not, state
from editorial.models import Mail
from editorial.outbox import send


@admin.register(Mail)
class MailAdmin(DeskAdmin):
    purpose = "Every mail the site has sent, and those that could not go yet."
    list_display = ["subject", "to", "written_at", "standing"]
    list_filter = [empty_or_not("sent_at", "state", "Not sent yet", "Sent")]
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

    @bulk_act(
        "Try now to send what is ticked",
        permissions=["send"],
        will="Each mail is tried once more, now.",
        left_out=lambda desk, request, mail: "It was sent already." if mail.sent_at else "",
    )
    def send_again(self, request, queryset):
        went = sum(send(mail) for mail in queryset.unsent())
        self.message_user(request, f"Sent: {count_phrase(went, 'mail', 'mails')}.", messages.SUCCESS)
