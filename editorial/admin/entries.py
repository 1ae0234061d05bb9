"""Entries at LIIA's desk: found, corrected, signed off, published, withdrawn. Never deleted."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from editorial import asking
from editorial.admin import entry_pages
from editorial.admin.asking_many import AskingMany
from editorial.admin.entry_filters import ByBorough, ByCategory, ByDoubt, ByPlan, ByTheme
from editorial.admin.entry_form import BACKGROUND, DOUBTS, FIELDSETS, SubmissionForm
from editorial.admin.entry_saving import SavedWithCare
from editorial.admin.entry_steps import STEP_BUTTON, needs_publisher, pressed, question_before, take_step
from editorial.checklist import checklist, next_step, warnings
from editorial.failures import Refused
from editorial.models import Plan
from editorial.people.rights import PublishedByFew, may_discard
from editorial.versions import new_version
from editorial.workflow import steps_from, why_not
from spotlight.desk.base import count_phrase, desk_link, listed, state
from spotlight.desk.bulk_acts import bulk_act
from submissions.admin.entry_parts import ContactInline, MetricInline, SupportingItemInline, VoiceInline
from submissions.admin.rich_text import RichTextAdmin
from submissions.entry_fields import SIGNED
from submissions.models import Doubt, Round, Submission


class EntryList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        entries = super().get_queryset(request, exclude_parameters)
        if request.GET.get("status__exact") != Submission.Status.DISCARDED:
            entries = entries.at_work()
        return entries.defer("summary", "body", "supporting").prefetch_related(
            "boroughs", "themes", Prefetch("plans", Plan.objects.open(), to_attr="open_plans")
        )


@admin.register(Submission)
class SubmissionAdmin(AskingMany, SavedWithCare, PublishedByFew, RichTextAdmin):
    purpose = "The examples of practice that readers come for. Correct them, have them signed off, publish them."
    form = SubmissionForm
    save_on_top = True  # the form is long
    inlines = [ContactInline, MetricInline, VoiceInline, SupportingItemInline]
    autocomplete_fields = ["partners"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["doubts_of", "evidence_of_themes", "earlier_addresses", "published_on", "changed_at"]
    list_display = ["title", "authorities", "standing", "theme_names", "published_on", "open_doubts"]
    list_filter = ["status", ByCategory, ByTheme, ByBorough, ByDoubt, ByPlan]
    search_fields = ["title", "team", "boroughs__name", "contacts__name", "partners__name"]
    search_help_text = "Search by title, team, authority, contact or partner."
    ordering = ["-changed_at", "-pk"]
    actions = ["send_selected", "remind_selected", "begin_new_versions", "publish_selected", "withdraw_selected"]

    def get_urls(self):
        own = [
            path(f"<int:pk>/{address}", self.admin_site.admin_view(view), {"desk": self}, name=name)
            for address, (name, view) in entry_pages.PAGES.items()
        ]
        return own + super().get_urls()

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

    def get_changeform_initial_data(self, request):
        """The newest round is the one that people write entries of."""
        return {"round": Round.objects.first(), **super().get_changeform_initial_data(request)}

    def view_on_site(self, entry):
        return entry.get_absolute_url() if entry.is_published else None

    def render_change_form(self, request, context, *args, **kwargs):
        entry = context.get("original")
        if entry and self.has_change_permission(request, entry):
            steps = [s for s in steps_from(entry) if not needs_publisher(s[0]) or self.has_publish_permission(request)]
            context |= {"steps": steps, "step_button": STEP_BUTTON, "next_step": next_step(entry)}
            context |= {"points": checklist(entry, next_step(entry)), "plans": entry.plans.open()}
            context |= {"signed_by": [one.who_in_full for one in asking.good(entry)]}
            context |= {"signed": [field.in_words for field in SIGNED]}
        if entry and self.has_change_permission(request):
            context["may_discard"] = may_discard(request.user, entry)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request, obj):
        """After saving: the step whose button was pressed, and the new version if there is one, are led to."""
        entry = self.settled(request, obj)
        if consequence := getattr(entry, "consequence", ""):
            self.message_user(request, consequence, messages.WARNING)
        elif question := question_before(request, entry):
            return HttpResponseRedirect(question)
        # What is withdrawn is what readers see, also where the edit became a new version beside it.
        entry = take_step(self, request, obj if pressed(request) == "withdraw" else entry)
        if STEP_BUTTON in request.POST or entry.pk != obj.pk:
            return HttpResponseRedirect(reverse("admin:submissions_submission_change", args=[entry.pk]))
        return super().response_change(request, obj)

    def desk_note(self):
        """(what the desk's first page says, whether it waits for somebody)"""
        numbers = Submission.objects.at_work().values_list("status").annotate(n=Count("pk")).order_by("-n")
        said = [f"{n} {Submission.Status(status).label.lower()}" for status, n in numbers]
        return ", ".join(said) or "None yet", False

    @bulk_act(
        "Begin a new version of the ticked entries",
        permissions=["change"],
        will="A draft is begun beside each. Readers see the present text until the new one is published.",
        left_out=lambda desk, request, entry: _no_new_version(entry),
    )
    def begin_new_versions(self, request, queryset):
        begun = [new_version(entry, request.user) for entry in queryset]
        said = format_html_join(", ", "“{}”", [[desk_link(entry)] for entry in begun])
        self.message_user(request, format_html("New versions begun: {}. Readers see the present ones meanwhile.", said))

    @bulk_act(
        "Publish the ticked entries",
        permissions=["publish"],
        will="Readers see them from now on.",
        left_out=lambda desk, request, entry: why_not(entry, "publish"),
        remarks=lambda desk, request, entry: [point.words for point in warnings(entry, "publish")],
    )
    def publish_selected(self, request, queryset):
        done = self._each(request, queryset, "publish")
        said = count_phrase(done, "entry is new to readers", "entries are new to readers")
        self.message_user(request, f"Published: {said}.", messages.SUCCESS)

    @bulk_act(
        "Withdraw the ticked entries",
        permissions=["publish"],
        will="Readers no longer see them: their pages say that they were withdrawn. You can publish them again.",
        left_out=lambda desk, request, entry: why_not(entry, "withdraw"),
    )
    def withdraw_selected(self, request, queryset):
        done = self._each(request, queryset, "withdraw")
        said = count_phrase(done, "entry is no longer shown", "entries are no longer shown")
        self.message_user(request, f"Withdrawn: {said}. You can publish them again at any time.", messages.SUCCESS)

    def _each(self, request, entries, action):
        """How many entries took the step; who could not is told why, with a link."""
        done = 0
        for entry in entries:
            try:
                if cancelled := self.step(request, entry, action).cancelled:
                    self.message_user(request, format_html("{} {}", desk_link(entry), cancelled), messages.WARNING)
                done += 1
            except Refused as refusal:
                self.message_user(request, format_html("{} {}", refusal, desk_link(entry)), messages.ERROR)
        return done

    @admin.display(description="authorities")
    def authorities(self, entry):
        return entry.borough_names or "–"

    @admin.display(description="status", ordering="status")
    def standing(self, entry):
        words = entry.get_status_display()
        shown = state(f"New version: {words.lower()}" if entry.replaces_id else words, entry.status)
        planned = format_html_join("", "<br>Plan: {}", [[plan] for plan in entry.open_plans])
        return format_html("{}{}", shown, planned)

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


def _no_new_version(entry):
    if hasattr(entry, "next_version"):
        return "A new version is being prepared already."
    return "" if entry.is_published else "Only what readers see has new versions; change this one in its form."
