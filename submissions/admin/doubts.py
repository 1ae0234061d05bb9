"""Doubts at LIIA's desk: a list of what to look at. The page reader writes them; a person settles them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.db.models import F

from boroughs.admin import count_phrase, desk_link
from submissions.models import Doubt


class ByState(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", "To settle"), ("settled", "Settled")]

    def queryset(self, request, queryset):
        if self.value() in ("open", "settled"):
            return queryset.filter(settled_at__isnull=self.value() == "open")
        return queryset


class DoubtForm(forms.ModelForm):
    settled = forms.BooleanField(
        required=False,
        label="This is settled",
        help_text="Tick it when nothing is left to do. The day and your name are kept. Untick it to open the doubt again.",
    )

    class Meta:
        model = Doubt
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["settled"] = self.instance.settled_at is not None


class SettlingForm(ActionForm):
    note = forms.CharField(
        required=False,
        label="Note:",
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": "What was found and done"}),
    )


@admin.register(Doubt)
class DoubtAdmin(admin.ModelAdmin):
    purpose = "What a careful reader of the published pages would question. Look at each once, and settle it."
    form = DoubtForm
    action_form = SettlingForm
    actions = ["settle_selected", "reopen_selected"]
    fieldsets = [
        (None, {"fields": ["message", "kind", "where", "entry", "person"]}),
        ("What was done", {"fields": ["note", "settled", "settled_when"]}),
    ]
    readonly_fields = ["message", "kind", "where", "entry", "person", "settled_when"]
    list_display = ["message", "kind", "entry", "place", "state"]
    list_filter = [ByState, "kind"]
    list_per_page = 50
    list_select_related = ["category", "submission", "settled_by"]
    search_fields = ["message", "note", "submission__title"]
    search_help_text = "Search by the doubt, the note or the entry's title."
    # Databases disagree where an empty day stands.
    ordering = [F("settled_at").asc(nulls_first=True), "category__number", "line", "pk"]

    def has_add_permission(self, request):
        return False

    def desk_note(self):
        number = Doubt.objects.open().count()
        return f"{number} to settle" if number else "Nothing to settle"

    def save_model(self, request, obj, form, change):
        if form.cleaned_data["settled"] == (obj.settled_at is not None):
            obj.save()
        elif obj.settled_at:
            obj.reopen()
        else:
            obj.settle(request.user)

    @admin.action(description="Settle the ticked doubts", permissions=["change"])
    def settle_selected(self, request, queryset):
        doubts, note = queryset.open(), request.POST.get("note", "").strip()
        settled = self._move(request, doubts, lambda doubt: doubt.settle(request.user, note), "Settled from the list.")
        phrase = count_phrase(settled, "doubt is settled", "doubts are settled")
        self.message_user(request, f"{phrase}. Your name and today's date are kept.", messages.SUCCESS)

    @admin.action(description="Open the ticked doubts again", permissions=["change"])
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

    @admin.display(description="line", ordering="line")
    def place(self, doubt):
        return f"Line {doubt.line}"

    @admin.display(description="where")
    def where(self, doubt):
        return f"Line {doubt.line} of the published page “{doubt.category}”"

    @admin.display(description="contact")
    def person(self, doubt):
        return desk_link(doubt.contact) if doubt.contact else "–"

    @admin.display(description="state", ordering="settled_at")
    def state(self, doubt):
        return self.settled_when(doubt) if doubt.settled_at else "To settle"

    @admin.display(description="settled")
    def settled_when(self, doubt):
        return f"{doubt.settled_at:%-d %B %Y} by {doubt.settled_by}" if doubt.settled_at else "Not yet"
