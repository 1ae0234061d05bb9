"""What readers say is wrong: what is about a person first, then the oldest; closed with an answer only."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from editorial.corrections.handling import close, missing_before_closing
from editorial.failures import Refused
from editorial.models import Correction
from editorial.models.corrections import QUEUE
from spotlight.desk.base import DeskAdmin, DeskForm, choice_filter, count_phrase, desk_link, state

OpenOrClosed = choice_filter(
    "state",
    "state",
    {"open": ("Waiting for an answer", Q(closed_at__isnull=True)), "closed": ("Closed", Q(closed_at__isnull=False))},
)


class ClosingForm(DeskForm):
    class Meta:
        model = Correction
        fields = ["reply", "note"]
        labels = {"reply": "Answer", "note": "What was done"}
        help_texts = {
            "reply": "Sent by mail when you close. Write whole sentences: only a first and a last line are added.",
            "note": "For LIIA. Needed where no address was left.",
        }
        widgets = {"reply": forms.Textarea(attrs={"rows": 8}), "note": forms.Textarea(attrs={"rows": 4})}

    def clean(self):
        cleaned = super().clean()
        if self.instance.closed_at:
            raise ValidationError(f"{self.instance.reference} has been closed already. Nothing was sent again.")
        self.instance.reply, self.instance.note = cleaned.get("reply", ""), cleaned.get("note", "")
        if "_close" in self.data and (wanted := missing_before_closing(self.instance)):
            self.add_error(*wanted)
        return cleaned


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    purpose = "What readers say is wrong with an entry. What is about a person comes first; everybody gets an answer."
    never = ("add", "delete")
    form = ClosingForm
    fieldsets = [
        (None, {"fields": [("number", "standing"), "kind", "entry", "section", "words", "sender_address"]}),
        ("Your answer", {"fields": ["reply", "note"]}),
    ]
    readonly_fields = ["number", "standing", "kind", "entry", "section", "words", "sender_address"]
    list_display = ["number", "kind", "entry", "section", "arrived", "standing"]
    list_filter = [OpenOrClosed, "kind"]
    list_select_related = ["submission", "closed_by"]
    search_fields = ["title", "message", "email"]
    search_help_text = "Search by number, entry, words or address."
    ordering = QUEUE

    def get_readonly_fields(self, request, obj=None):
        """What was answered stands as it was sent."""
        return [*self.readonly_fields, "reply", "note"] if obj and obj.closed_at else self.readonly_fields

    def get_search_results(self, request, queryset, search_term):
        found, repeats = super().get_search_results(request, queryset, search_term)
        number = search_term.strip().upper().rpartition("-")[2]
        if number.isascii() and number.isdigit() and len(number) < 10:
            found |= queryset.filter(pk=int(number))
        return found, repeats

    def desk_note(self):
        kinds = list(Correction.objects.open().values_list("kind", flat=True))
        of_person = kinds.count(Correction.Kind.PERSON)
        about = f", {of_person} about a person" if of_person else ""
        return f"{len(kinds)} waiting{about}" if kinds else "All answered", bool(kinds)

    def save_model(self, request, obj, form, change):
        if "_close" not in request.POST:
            return super().save_model(request, obj, form, change)
        try:
            close(obj, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    def said_after(self, request, correction):
        if "_close" not in request.POST or not correction.closed_at:
            return ""
        sent = (
            f"Your answer was sent to {correction.email}." if correction.email else "No address was left to answer to."
        )
        return f"{sent} {correction.reference} is closed."

    def construct_change_message(self, request, form, formsets, add=False):
        closed = "Answered and closed." if "_close" in request.POST else None
        return closed or super().construct_change_message(request, form, formsets, add)

    @admin.display(description="number", ordering="pk")
    def number(self, correction):
        return correction.reference

    @admin.display(description="entry", ordering="title")
    def entry(self, correction):
        return desk_link(correction.submission) if correction.submission else correction.title

    @admin.display(description="received", ordering="received_at")
    def arrived(self, correction):
        return date_format(timezone.localtime(correction.received_at), "j F Y")

    @admin.display(description="what they wrote")
    def words(self, correction):
        return correction.message or "Removed, a year after it was closed"

    @admin.display(description="address for the answer")
    def sender_address(self, correction):
        return correction.email or "None was left: write down what was done, then close."

    @admin.display(description="state")
    def standing(self, correction):
        if correction.closed_at:
            day = date_format(timezone.localtime(correction.closed_at), "j F Y")
            return f"Closed on {day} by {correction.closed_by or 'somebody who has left'}"
        if not correction.is_about_a_person:
            return f"Waiting {count_phrase(correction.days_waiting, 'day', 'days')}"
        return state(correction.time_by_law, "todo")
