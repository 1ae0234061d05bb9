"""Erasing withdrawn words for good, at the desk: one administrator asks, another sees what will go, and consents."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

from editorial.erasing import ERASED, SHORTEST, Words, ask_to_erase, cells_with, counted, divided, erase, take_back
from editorial.failures import Refused
from editorial.models import Erasure
from editorial.people.rights import may_publish
from spotlight.desk.base import DeskAdmin, DeskForm, count_phrase, state
from submissions.models import Voice
from submissions.paging import whole_number


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
