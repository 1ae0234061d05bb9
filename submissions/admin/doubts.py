"""Doubts at LIIA's desk: a list of what to look at. The page reader writes them; a person settles them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format

from spotlight.desk.base import DeskAdmin, choice_filter, count_phrase, desk_link, state
from spotlight.desk.bulk_acts import bulk_act
from submissions.models import Doubt

ByState = choice_filter(
    "state",
    "state",
    {"open": ("To settle", Q(settled_at__isnull=True)), "settled": ("Settled", Q(settled_at__isnull=False))},
)


class SettlingForm(ActionForm):
    note = forms.CharField(
        required=False,
        label="Note:",
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": "What was found and done"}),
    )


@admin.register(Doubt)
class DoubtAdmin(DeskAdmin):
    purpose = "What a careful reader of the published pages would question. Look at each once, and settle it."
    never = ("add",)  # the page reader writes them
    decided_by = {"settled_at": ["_settle", "_reopen"]}
    action_form = SettlingForm
    actions = ["settle_selected", "reopen_selected"]
    fieldsets = [
        (None, {"fields": ["message", ("kind", "where"), ("entry", "person")]}),
        ("What was done", {"fields": ["note", "settled_when"]}),
    ]
    readonly_fields = ["message", "kind", "where", "entry", "person", "settled_when"]
    list_display = ["message", "kind", "entry", "place", "standing"]
    list_filter = [ByState, "kind"]
    list_select_related = ["category", "submission", "settled_by"]
    search_fields = ["message", "note", "submission__title"]
    search_help_text = "Search by the doubt, the note or the entry's title."
    # Databases disagree where an empty day stands.
    ordering = [F("settled_at").asc(nulls_first=True), "category__number", "line", "pk"]

    def desk_note(self):
        number = Doubt.objects.open().count()
        return f"{number} to settle" if number else "Nothing to settle", number > 0

    def save_model(self, request, obj, form, change):
        """Which button was pressed says what becomes of the doubt; the note is kept with each of them."""
        if "_settle" in request.POST:
            obj.settle(by=request.user)
        elif "_reopen" in request.POST:
            obj.reopen()
        else:
            obj.save()

    def said_after(self, request, doubt):
        said = {
            "_settle": "The doubt is settled. Your name and today’s date are kept.",
            "_reopen": "The doubt is open again.",
        }
        return next((words for button, words in said.items() if button in request.POST), "")

    def construct_change_message(self, request, form, formsets, add=False):
        said = {"_settle": "Settled.", "_reopen": "Opened again."}
        pressed = next((words for button, words in said.items() if button in request.POST), None)
        return pressed or super().construct_change_message(request, form, formsets, add)

    @bulk_act(
        "Settle the ticked doubts",
        permissions=["change"],
        will="They leave the list of what waits. Your name and today’s date are kept with each.",
        left_out=lambda desk, request, doubt: "It is settled already." if doubt.settled_at else "",
    )
    def settle_selected(self, request, queryset):
        doubts, note = queryset.open(), request.POST.get("note", "").strip()
        settled = self._move(
            request, doubts, lambda doubt: doubt.settle(by=request.user, note=note), "Settled from the list."
        )
        phrase = count_phrase(settled, "doubt is settled", "doubts are settled")
        self.message_user(request, f"{phrase}. Your name and today's date are kept.", messages.SUCCESS)

    @bulk_act(
        "Open the ticked doubts again",
        permissions=["change"],
        will="They wait to be settled again. Their notes stay.",
        left_out=lambda desk, request, doubt: "" if doubt.settled_at else "It is open.",
    )
    def reopen_selected(self, request, queryset):
        doubts = queryset.filter(settled_at__isnull=False)
        opened = self._move(request, doubts, Doubt.reopen, "Opened again from the list.")
        self.message_user(request, f"{count_phrase(opened, 'doubt is', 'doubts are')} open again.", messages.SUCCESS)

    @transaction.atomic
    def _move(self, request, doubts, move, message):
        doubts = list(doubts)
        for doubt in doubts:
            move(doubt)
            self.log_change(request, doubt, message)
        return len(doubts)

    @admin.display(description="entry", ordering="submission__title")
    def entry(self, doubt):
        return desk_link(doubt.submission) if doubt.submission else "None: it is about the introduction"

    @admin.display(description="line")
    def place(self, doubt):
        return f"Line {doubt.line}"

    @admin.display(description="where")
    def where(self, doubt):
        return f"Line {doubt.line} of the published page “{doubt.category}”"

    @admin.display(description="contact")
    def person(self, doubt):
        return desk_link(doubt.contact) if doubt.contact else "–"

    @admin.display(description="state", ordering="settled_at")
    def standing(self, doubt):
        return self.settled_when(doubt) if doubt.settled_at else state("To settle", "todo")

    @admin.display(description="settled")
    def settled_when(self, doubt):
        if not doubt.settled_at:
            return "Not yet"
        return f"{date_format(timezone.localtime(doubt.settled_at), 'j F Y')} by {doubt.settled_by}"
