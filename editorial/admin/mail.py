"""The outbox at LIIA's desk: what was sent, and what could not be."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone

from editorial.models import Failure, Mail
from editorial.models.mail import MOST_TRIES
from editorial.outbox import PLACEHOLDER, wake_sender
from spotlight.desk.base import DeskAdmin, count_phrase, empty_or_not, state
from spotlight.desk.bulk_acts import bulk_act


@admin.register(Mail)
class MailAdmin(DeskAdmin):
    purpose = "Every mail the site has sent, and those that could not go yet."
    never = ("add", "change", "delete")
    list_display = ["subject", "to", "written_at", "standing"]
    list_filter = [empty_or_not("sent_at", "state", "Not sent yet", "Sent")]
    search_fields = ["to", "subject"]
    search_help_text = "Search by address or subject."
    fields = ["to", "subject", "written_at", "standing", "problem", "what_it_says"]
    actions = ["send_again"]

    def has_send_permission(self, request):
        return request.user.has_perm("editorial.change_mail")

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(to="")

    def desk_note(self):
        number = Mail.objects.unsent().count()
        return f"{number} not sent yet" if number else "All sent", number > 0

    @admin.display(description="text")
    def what_it_says(self, mail):
        """Nobody at the desk sees the secret of a link: it is not there to be seen."""
        return mail.text.replace(PLACEHOLDER, "…") or "Not written yet"

    @admin.display(description="state", ordering="sent_at")
    def standing(self, mail):
        if mail.sent_at:
            return state("Sent", "published")
        if mail.dropped_because:
            return state(f"Not sent. {mail.dropped_because}", "")
        if mail.may_have_been_sent:
            return state("May have been sent already", "todo")
        if mail.tries >= MOST_TRIES:
            return state("Given up. Tick it in the list to try again", "todo")
        return state("Could not be sent yet" if mail.tries else "Waiting", "todo")

    @bulk_act(
        "Try again to send what is ticked",
        permissions=["send"],
        will="Each mail is tried once more, within a minute.",
        left_out=lambda desk, request, mail: "It was sent already." if mail.sent_at else mail.dropped_because,
    )
    def send_again(self, request, queryset):
        number = queryset.unsent().update(tries=0, next_try_at=timezone.now())
        transaction.on_commit(wake_sender)
        self.message_user(request, f"Within a minute: {count_phrase(number, 'mail', 'mails')}.", messages.SUCCESS)


@admin.register(Failure)
class FailureAdmin(DeskAdmin):
    purpose = "What the site could not do by itself, and why. It tries again at the next run."
    never = ("add", "change", "delete")
    list_display = ["__str__", "problem", "since", "at"]
    fields = ["task", "words", "problem", "since", "at"]
    actions = ["settle"]

    def has_settle_permission(self, request):
        return request.user.has_perm("editorial.change_failure")

    @bulk_act(
        "Take off the list: somebody has seen to it",
        permissions=["settle"],
        will="The failure is forgotten here. If it comes again, it is on the list again.",
    )
    def settle(self, request, queryset):
        number = queryset.count()
        queryset.delete()
        self.message_user(request, f"{count_phrase(number, 'failure', 'failures')} taken off the list.")
