"""Entries at LIIA's desk: found, corrected, signed off, published, withdrawn. Never deleted.

Saving the form leaves readers the text that was signed off.
"""

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html

from editorial import asking
from editorial.admin import entry_form, sign_off
from editorial.admin.entry_form import (
    BACKGROUND,
    DOUBTS,
    FIELDSETS,
    STEP_BUTTON,
    SubmissionForm,
    needs_publisher,
    pressed,
    question_before,
    take_step,
)
from editorial.admin.entry_list import ByBorough, ByCategory, ByDoubt, ByPlan, ByTheme, EntryActs, EntryList
from editorial.admin.evidence import warn_of_unsettled
from editorial.checklist import checklist, next_step
from editorial.edits import Edit, opened_version, waiting_version
from editorial.people.rights import PublishedByFew, may_discard
from editorial.snapshots import COLUMNS, LIIAS_OWN, LINKS, read_whole
from editorial.versions import as_read
from editorial.workflow import steps_from
from spotlight.desk.base import Part, desk_link, listed, state
from submissions.admin.rich_text import RichTextAdmin
from submissions.entry_fields import SIGNED
from submissions.models import Doubt, OutcomeMetric, Round, Submission, SubmissionContact, SupportingItem, Voice


class ContactInline(Part):
    model = SubmissionContact
    verbose_name_plural = "contacts"
    autocomplete_fields = ["contact"]
    fields = [("contact", "position")]
    classes = []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "contact":
            field.help_text = (
                "Type a few letters of the name. The pencil opens the person's own record, "
                "and what you change there changes on every entry that names them."
            )
        return field


class MetricInline(Part):
    model = OutcomeMetric
    fields = [
        ("figure", "label"),
        "quote",
        ("kind", "status", "position"),
        ("value", "unit", "comparator", "period"),
    ]


class VoiceInline(Part):
    model = Voice
    fields = ["quote", ("speaker", "position")]


class SupportingItemInline(Part):
    model = SupportingItem
    verbose_name = "document or link"
    verbose_name_plural = "documents and links"
    fields = ["title", ("url", "position")]


class SavedWithCare:
    """For the admin of entries. While a new version waits beside a published entry, the entry's form shows that
    version's text, figures and voices; what LIIA keeps true itself is shown as readers see it."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        waiting = obj and _waiting(request, obj)
        return _showing(form, waiting) if waiting else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk and inline.model in (OutcomeMetric, Voice):
            kwargs["instance"] = _waiting(request, obj) or obj
        return kwargs

    def render_change_form(self, request, context, *args, **kwargs):
        entry = context.get("original")
        if entry and self.has_change_permission(request, entry):
            opened_version(entry)
            context["shown_version"] = waiting_version(entry)
            context["unsettled"] = (context["shown_version"] or entry).unsettled
        return super().render_change_form(request, context, *args, **kwargs)

    def last_change(self, entry):
        newest = opened_version(waiting_version(entry) or entry)
        return newest.by_name, newest.at

    def read_more(self, request, entry):
        request.edit = Edit(read_whole(entry), request.user)
        prefetch_related_objects([entry], "contact_lines__contact")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for formset in formsets if change else ():
            if formset.has_changed():  # these rows are to be read again
                formset.instance._prefetched_objects_cache.pop(formset.fk.remote_field.get_accessor_name(), None)
        if change:
            self._settle(request, form.instance)
        else:
            form.instance.settle_evidence()
        warn_of_unsettled(self, request, self.settled(request, form.instance))

    def log_change(self, request, entry, message):
        with as_read(request.edit.entry):
            return super().log_change(request, entry, message)

    def _settle(self, request, entry):
        request.settled = request.edit.settle()
        if request.settled.pk != entry.pk:
            self.message_user(request, _beside(request.settled), messages.WARNING)

    def settled(self, request, entry):
        """The record that holds what was saved: the entry, or the new version beside it."""
        return getattr(request, "settled", entry)


def _waiting(request, entry):
    edit = getattr(request, "edit", None)
    return edit.draft if edit else waiting_version(entry)


def _showing(form, waiting):
    """The form of a published entry, with the text of its new version in it."""

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        for name in COLUMNS:
            if name not in LIIAS_OWN:
                setattr(instance, name, getattr(waiting, name))
        links = {name: list(getattr(waiting, name).all()) for name in LINKS if name not in LIIAS_OWN}
        super(showing, self).__init__(*args, instance=instance, initial={**links, **(initial or {})}, **kwargs)

    showing = type(form.__name__, (form,), {"__init__": __init__})
    return showing


def _beside(draft):
    said = (
        "Readers still see the text that the authority signed off. What you changed is kept as a new version: {}. "
        "Send that to the authority; once signed off, publish it, and it takes the place of this one."
    )
    return format_html(said, desk_link(draft))


# {the last part of the address: (name of the address, view)} of the pages beside an entry's form
PAGES = {
    "sign_off/": ("entry_sign_off", sign_off.sign_off),
    "preview/": ("entry_preview", entry_form.preview),
    "publish/": ("entry_publish", entry_form.publish),
    "correction/<int:asked>/": ("entry_correction", sign_off.correction),
    "discard/": ("entry_discard", entry_form.discard),
}


@admin.register(Submission)
class SubmissionAdmin(EntryActs, SavedWithCare, PublishedByFew, RichTextAdmin):
    purpose = "The examples of practice that readers come for. Correct them, have them signed off, publish them."
    never = ("delete",)
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
            for address, (name, view) in PAGES.items()
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

    def get_changeform_initial_data(self, request):
        """The newest round is the one that people write entries of."""
        return {"round": Round.objects.first(), **super().get_changeform_initial_data(request)}

    def view_on_site(self, entry):
        return entry.get_absolute_url() if entry.is_published else None

    def render_change_form(self, request, context, *args, **kwargs):
        entry = context.get("original")
        if entry and self.has_change_permission(request, entry):
            entry._prefetched_objects_cache = {}  # a form that comes back has changed its rows, and stored none
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
        numbers = Submission.objects.at_work().values_list("status").annotate(n=Count("pk")).order_by("-n")
        said = [f"{n} {Submission.Status(status).label.lower()}" for status, n in numbers]
        return ", ".join(said) or "None yet", False

    @admin.display(description="authorities")
    def authorities(self, entry):
        return entry.borough_names or "–"

    @admin.display(description="status", ordering="status")
    def standing(self, entry):
        return render_to_string("admin/submissions/submission/standing.html", {"entry": entry})

    @admin.display(description="themes")
    def theme_names(self, entry):
        return render_to_string("admin/submissions/submission/themes.html", {"themes": entry.themes.all()})

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
