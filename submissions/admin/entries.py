"""Entries at LIIA's desk: found, corrected, published and withdrawn. Never deleted: a withdrawn entry can come back."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html, format_html_join

from boroughs.desk import count_phrase, desk_link, listed, state
from submissions.admin.entry_filters import ByBorough, ByCategory, ByDoubt, ByTheme
from submissions.admin.entry_form import BACKGROUND, DOUBTS, FIELDSETS, SubmissionForm
from submissions.admin.entry_parts import ContactInline, MetricInline, SupportingItemInline, VoiceInline
from submissions.admin.rich_text import RichTextAdmin
from submissions.models import Doubt, Submission
from submissions.publishing import DraftsByMany


class EntryList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        entries = super().get_queryset(request, exclude_parameters)
        return entries.defer("summary", "body", "supporting").prefetch_related("boroughs", "themes")


@admin.register(Submission)
class SubmissionAdmin(DraftsByMany, RichTextAdmin):
    purpose = "The examples of practice that readers come for. Correct, publish or withdraw them."
    form = SubmissionForm
    save_on_top = True  # the form is long
    inlines = [ContactInline, MetricInline, VoiceInline, SupportingItemInline]
    autocomplete_fields = ["partners"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["doubts_of", "evidence_of_themes", "earlier_addresses", "changed_at"]
    list_display = ["title", "authorities", "standing", "theme_names", "published_on", "open_doubts"]
    list_filter = ["status", ByCategory, ByTheme, ByBorough, ByDoubt]
    search_fields = ["title", "team", "boroughs__name", "contacts__name", "partners__name"]
    search_help_text = "Search by title, team, authority, contact or partner."
    ordering = ["-changed_at", "-pk"]
    actions = ["publish_selected", "withdraw_selected"]

    def get_queryset(self, request):
        doubts = Doubt.objects.open().filter(submission=OuterRef("pk")).order_by()
        number = doubts.values("submission").annotate(n=Count("pk")).values("n")
        return super().get_queryset(request).annotate(n_doubts=Coalesce(Subquery(number), 0))

    def get_changelist(self, request, **kwargs):
        return EntryList

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return FIELDSETS
        return [*([DOUBTS] if obj.n_doubts else []), *FIELDSETS, BACKGROUND]

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, entry):
        return entry.get_absolute_url() if entry.is_published else None

    def desk_note(self):
        """(what the desk's first page says, whether it waits for somebody)"""
        numbers = dict(Submission.objects.values_list("status").annotate(n=Count("pk")).order_by("-n"))
        return ", ".join(f"{n} {status}" for status, n in numbers.items()) or "None yet", False

    @admin.action(description="Publish the ticked entries", permissions=["publish"])
    def publish_selected(self, request, queryset):
        waiting = [entry for entry in queryset if not entry.is_published]
        ready = [entry for entry in waiting if entry.boroughs.exists() and entry.categories.exists()]
        self._move(request, ready, Submission.publish, "Published from the list.")
        if ready or not waiting:
            said = count_phrase(len(ready), "entry is new to readers", "entries are new to readers")
            self.message_user(request, f"Published: {said}.", messages.SUCCESS)
        for entry in waiting:
            if entry not in ready:
                text = "“{}” was not published: it needs an authority and a category. Add them in its form first."
                self.message_user(request, format_html(text, desk_link(entry)), messages.ERROR)

    @admin.action(description="Withdraw the ticked entries", permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        entries = list(queryset.exclude(status=Submission.Status.WITHDRAWN))
        self._move(request, entries, Submission.withdraw, "Withdrawn from the list.")
        said = count_phrase(len(entries), "entry is no longer shown", "entries are no longer shown")
        self.message_user(request, f"Withdrawn: {said}. You can publish them again at any time.", messages.SUCCESS)

    @transaction.atomic
    def _move(self, request, entries, move, message):
        for entry in entries:
            move(entry)
            self.log_change(request, entry, message)

    @admin.display(description="authorities")
    def authorities(self, entry):
        return entry.borough_names or "–"

    @admin.display(description="status", ordering="status")
    def standing(self, entry):
        return state(entry.get_status_display(), entry.status)

    @admin.display(description="themes")
    def theme_names(self, entry):
        return format_html_join("", '<span class="theme">{}</span> ', [[theme] for theme in entry.themes.all()]) or "–"

    @admin.display(description="open doubts", ordering="n_doubts")
    def open_doubts(self, entry):
        return state(f"{entry.n_doubts} to settle", "todo") if entry.n_doubts else "–"

    @admin.display(description="on the published page")
    def doubts_of(self, entry):
        return listed([desk_link(doubt), f"(line {doubt.line} of the page)"] for doubt in entry.doubts.open())

    @admin.display(description="why these themes")
    def evidence_of_themes(self, entry):
        evidence = entry.themed.exclude(evidence="").select_related("tag").order_by("tag__order")
        return listed([f"{link.tag}:", f"“{link.evidence}”"] for link in evidence) or "No sentence is noted."

    @admin.display(description="earlier addresses")
    def earlier_addresses(self, entry):
        return listed([former.slug, ""] for former in entry.former_slugs.all()) or "It has had one address only."
