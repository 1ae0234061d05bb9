"""What people ask of LIIA, at the desk: to put right what is wrong, and to erase withdrawn words for good.

Corrections: what is about a person first, then the oldest; closed with an answer only. Erasing: one administrator asks,
another sees what will go, and consents.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from editorial.corrections import close, missing_before_closing
from editorial.erasing import ERASED, SHORTEST, Words, ask_to_erase, cells_with, counted, divided, erase, take_back
from editorial.failures import Refused
from editorial.models import Correction, Erasure
from editorial.models.corrections import QUEUE
from editorial.people.rights import may_publish
from spotlight.desk.base import DeskAdmin, DeskForm, choice_filter, count_phrase, desk_link, state
from submissions.models import Voice
from submissions.paging import whole_number

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


class ErasureForm(DeskForm):
    class Meta:
        model = Erasure
        fields = ["words", "reason"]
        labels = {"words": "The words to erase", "reason": "Why"}
        help_texts = {
            "words": "Exactly as they were written, from the first word to the last. Nothing else is erased.",
            "reason": "Stays for good, as the record that it happened. Do not repeat the words, and name nobody.",
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def clean_words(self):
        words = self.cleaned_data["words"].strip()
        if len(words) < SHORTEST or not any(letter.isalnum() for letter in words):
            raise ValidationError(f"Write at least {SHORTEST} characters: fewer would also be found in others’ words.")
        if ERASED in words:
            raise ValidationError("These words have been erased already.")
        return words

    def clean(self):
        cleaned = super().clean()
        words, reason = cleaned.get("words"), cleaned.get("reason", "")
        if words and Words(words).without(reason) != reason:
            self.add_error("reason", "The reason repeats the words. It stays for good, so say it without them.")
        return cleaned


@admin.register(Erasure)
class ErasureAdmin(DeskAdmin):
    purpose = "Withdrawn words can be erased for good, from every version and log. Two administrators decide."
    never = ("change", "delete")
    form = ErasureForm
    list_display = ["__str__", "standing", "places"]

    def get_fields(self, request, obj=None):
        """Whoever may not erase sees that it happens, not the words."""
        if not obj:
            return ["words", "reason"]
        record = ["reason", "asked_by_name", "asked_at", "standing"]
        return [*record, "words", "next_step"] if may_publish(request.user) else record

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    def get_urls(self):
        consent = self.admin_site.admin_view(self.consent_view)
        return [path("<int:pk>/consent/", consent, name="editorial_erasure_consent"), *super().get_urls()]

    def get_changeform_initial_data(self, request):
        voice = Voice.objects.filter(pk=whole_number(request.GET.get("voice", "")), withdrawn_at__isnull=False).first()
        return {"words": voice.quote} if voice else {}

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may_publish(request.user)

    def save_model(self, request, obj, form, change):
        asked = ask_to_erase(obj.words, obj.reason, by=request.user)
        obj.pk, obj.asked_by_name, obj.asked_at = asked.pk, asked.asked_by_name, asked.asked_at

    def response_add(self, request, obj, post_url_continue=None):
        said = "Nothing is erased yet: another administrator has to look at this page and consent."
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:editorial_erasure_consent", args=[obj.pk]))

    def consent_view(self, request, pk):
        """A GET shows what would go; a POST erases it for good, or takes the wish back."""
        if not may_publish(request.user):
            raise PermissionDenied
        wish = get_object_or_404(Erasure, pk=pk)
        if request.method == "POST":
            self._settle(request, wish)
            return HttpResponseRedirect(request.path)
        going, seen = divided(cells_with(wish.words)) if wish.is_waiting else ([], [])
        context = {
            **self.admin_site.each_context(request),
            "title": "Erase words for good",
            "opts": self.opts,
            "wish": wish,
            "going": counted(going),
            "number": len(going),
            "seen": counted(seen),
            "own": wish.asked_by_id == request.user.pk,
        }
        return render(request, "admin/editorial/erasure.html", context)

    def _settle(self, request, wish):
        try:
            if "_take_back" in request.POST:
                take_back(wish)
                said = "Taken back. Nothing was erased."
            elif "_erase" in request.POST:
                number = count_phrase(erase(wish, by=request.user).places, "place", "places")
                said = f"Erased for good, in {number}."
            else:
                return
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        self.log_change(request, wish, said)
        self.message_user(request, said, messages.SUCCESS)

    @admin.display(description="state", ordering="done_at")
    def standing(self, wish):
        if wish.done_at:
            day = date_format(localtime(wish.done_at), "j F Y")
            return f"Erased on {day}; {wish.consented_by_name} consented"
        return "Taken back" if wish.taken_back_at else state("Waits for another administrator", "todo")

    @admin.display(description="next")
    def next_step(self, wish):
        if not wish.is_waiting:
            return "–"
        address = reverse("admin:editorial_erasure_consent", args=[wish.pk])
        return format_html('<a href="{}">See what would go, then consent or take it back</a>', address)
