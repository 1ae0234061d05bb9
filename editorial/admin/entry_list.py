"""The list of entries at LIIA's desk: its filters, and what is done with several entries at once.

A filter offers only what some entry has.
"""

from datetime import timedelta

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, Q
from django.db.transaction import atomic
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from boroughs.models import Borough
from editorial import asking
from editorial.checklist import warnings
from editorial.failures import Refused
from editorial.models import Plan, Signatory
from editorial.versions import begin_new_version
from editorial.workflow import Status, transition, why_not
from spotlight.desk.base import choice_filter, count_phrase, desk_link
from spotlight.desk.bulk_acts import bulk_act
from submissions.entry_fields import RICH_TEXTS
from submissions.models import Category, Doubt, Submission, Theme

JUST_NOW = timedelta(hours=1)  # who was reminded by then is left alone


class EntryList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        entries = super().get_queryset(request, exclude_parameters)
        if request.GET.get("status__exact") != Submission.Status.DISCARDED:
            entries = entries.at_work()
        return entries.defer(*RICH_TEXTS).prefetch_related(
            "boroughs", "themes", Prefetch("plans", Plan.objects.open(), to_attr="open_plans")
        )


class ByRecord(admin.SimpleListFilter):
    """Entries linked to one record, named by its slug. `entries`: the way from the record to its entries."""

    model = None
    entries = "submissions"

    def lookups(self, request, model_admin):
        used = self.model.objects.filter(**{f"{self.entries}__isnull": False})
        return used.values_list("slug", "name").distinct()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(pk__in=self.model.objects.filter(slug=self.value()).values(self.entries))


class ByTheme(ByRecord):
    title = parameter_name = "theme"
    model = Theme
    entries = "themed__content_object"


class ByBorough(ByRecord):
    title = parameter_name = "borough"
    model = Borough


class ByCategory(ByRecord):
    title = parameter_name = "category"
    model = Category


ByPlan = choice_filter(
    "plans", "plan", {"open": ("Something is planned", lambda: Q(pk__in=Plan.objects.open().values("submission")))}
)


def _is_doubtful():
    return Q(pk__in=Doubt.objects.open().filter(submission__isnull=False).values("submission"))


ByDoubt = choice_filter(
    "open doubts",
    "doubts",
    {"open": ("With open doubts", _is_doubtful), "none": ("Without", lambda: ~_is_doubtful())},
)


class EntryActs:
    """For the admin of entries: the actions of its list."""

    @bulk_act(
        "Send the ticked entries for sign-off",
        permissions=["change"],
        will="Each person whose approval is missing gets a mail with a link for each entry. Nothing is published by "
        "this.",
        left_out=lambda desk, request, entry: why_not(entry, "send"),
        remarks=lambda desk, request, entry: _remarks_on_sending(entry),
        mails_to=lambda desk, request, entry: [str(person) for person in _people_to_ask(entry)],
    )
    def send_selected(self, request, queryset):
        words = "{}: sent to their authorities. The mails are on their way."
        self._step_with_each(request, queryset, "send", words)

    @bulk_act(
        "Remind those who have not answered about the ticked entries",
        permissions=["publish"],
        will="Each of them gets a mail with a new link. The earlier link opens nothing any more.",
        left_out=lambda desk, request, entry: _why_not_reminded(entry),
        mails_to=lambda desk, request, entry: [f"{one.who} of {one.borough}" for one in _to_remind(entry)],
    )
    def remind_selected(self, request, queryset):
        words = "{}: reminded of. The mails are on their way."
        self._act_on_each(request, queryset, _remind_all, words)

    @bulk_act(
        "Begin a new version of the ticked entries",
        permissions=["change"],
        will="A draft is begun beside each. Readers see the present text until the new one is published.",
        left_out=lambda desk, request, entry: _why_no_new_version(entry),
    )
    def begin_new_versions(self, request, queryset):
        begun = [begin_new_version(entry, by=request.user) for entry in queryset]
        links = format_html_join(", ", "“{}”", [[desk_link(entry)] for entry in begun])
        self.message_user(
            request, format_html("New versions begun: {}. Readers see the present ones meanwhile.", links)
        )

    @bulk_act(
        "Publish the ticked entries",
        permissions=["publish"],
        will="Readers see them from now on.",
        left_out=lambda desk, request, entry: why_not(entry, "publish"),
        remarks=lambda desk, request, entry: [point.words for point in warnings(entry, "publish")],
    )
    def publish_selected(self, request, queryset):
        nouns = "entry is new to readers", "entries are new to readers"
        self._step_with_each(request, queryset, "publish", "Published: {}.", *nouns)

    @bulk_act(
        "Withdraw the ticked entries",
        permissions=["publish"],
        will="Readers no longer see them: their pages say that they were withdrawn. You can publish them again.",
        left_out=lambda desk, request, entry: why_not(entry, "withdraw"),
    )
    def withdraw_selected(self, request, queryset):
        words = "Withdrawn: {}. You can publish them again at any time."
        nouns = "entry is no longer shown", "entries are no longer shown"
        self._step_with_each(request, queryset, "withdraw", words, *nouns)

    def _step_with_each(self, request, entries, action, words, *nouns):
        self._act_on_each(request, entries, lambda e: transition(e, action, by=request.user).cancelled, words, *nouns)

    def _act_on_each(self, request, entries, act, words, one="entry", many="entries"):
        """Does `act` with each entry and says with how many, in `words`; of the others, why not. `act` may return a
        warning."""
        done = 0
        for entry in entries:
            try:
                if warning := act(entry):
                    self.message_user(request, format_html("{} {}", desk_link(entry), warning), messages.WARNING)
                done += 1
            except Refused as refusal:
                self.message_user(request, format_html("{} {}", refusal, desk_link(entry)), messages.ERROR)
        if done:
            self.message_user(request, words.format(count_phrase(done, one, many)), messages.SUCCESS)


def _people_to_ask(entry):
    return [Signatory.objects.get(borough=borough, role=role) for borough, role in asking.lacking(entry)]


def _remarks_on_sending(entry):
    points = [point.words for point in warnings(entry, "send")]
    return points if asking.lacking(entry) else ["Everybody has approved this text: it is signed off at once.", *points]


def _open_questions(entry):
    return entry.sign_offs.standing().filter(answer="").select_related("borough")


def _to_remind(entry):
    return [one for one in _open_questions(entry) if not one.reminded_at or one.reminded_at < timezone.now() - JUST_NOW]


@atomic
def _remind_all(entry):
    for sign_off in _to_remind(entry):
        asking.remind(sign_off)


def _why_not_reminded(entry):
    if entry.status != Status.WITH_AUTHORITY or not _open_questions(entry):
        return f"“{entry.title}”: nobody has a question open."
    return "" if _to_remind(entry) else f"“{entry.title}”: everybody was reminded within the last hour."


def _why_no_new_version(entry):
    if hasattr(entry, "next_version"):
        return "A new version is being prepared already."
    return "" if entry.is_published else "Only what readers see has new versions; change this one in its form."
