"""Sending and reminding for several ticked entries at once: a page says what would be done and to whom, and asks."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from editorial import asking
from editorial.checklist import warnings
from editorial.failures import Refused
from editorial.models import Signatory
from editorial.workflow import transition, why_not
from spotlight.desk.base import count_phrase, desk_link
from spotlight.desk.bulk_acts import bulk_act
from submissions.models import Submission

JUST_NOW = timedelta(hours=1)  # whoever was reminded by then is left alone


@dataclass
class Row:
    """`why_not`: a sentence, or "" where the act would be done; `people`: who would get a mail."""

    entry: Submission
    why_not: str
    people: list = field(default_factory=list)
    points: list = field(default_factory=list)


def _to_send(entry):
    if reason := why_not(entry, "send"):
        return Row(entry, reason)
    people = [Signatory.objects.get(borough=borough, role=role) for borough, role in asking.lacking(entry)]
    return Row(entry, "", people, warnings(entry, "send"))


def _to_remind(entry):
    waiting = entry.sign_offs.standing().filter(answer="").select_related("borough")
    if not waiting or entry.status != Submission.Status.WITH_AUTHORITY:
        return Row(entry, f"“{entry.title}”: nobody has a question open.")
    people = [one for one in waiting if not one.reminded_at or one.reminded_at < timezone.now() - JUST_NOW]
    return Row(entry, "" if people else f"“{entry.title}”: everybody was reminded within the last hour.", people)


def _send(row, by):
    transition(row.entry, "send", by=by)


def _remind(row, by):
    for sign_off in row.people:
        asking.remind(sign_off)


@dataclass(frozen=True)
class Act:
    title: str
    will: str
    row: object
    do: object
    done: str


ACTS = {
    "send": Act(
        "Send these entries to their authorities for sign-off?",
        "Each person whose approval is missing gets a mail with a link for each entry. Nothing is published by this.",
        _to_send,
        _send,
        "sent to their authorities",
    ),
    "remind": Act(
        "Remind the people who have not answered?",
        "Each of them gets a mail with a new link. The earlier link opens nothing any more.",
        _to_remind,
        _remind,
        "reminded of",
    ),
}


class AskingMany:
    """For the admin of entries: two actions of its list, and the page that they lead to."""

    def get_urls(self):
        page = path("ask/<str:act>/", self.admin_site.admin_view(self.ask_many), name="entries_ask")
        return [page, *super().get_urls()]

    @bulk_act("Send the ticked entries for sign-off …", permissions=["change"], has_own_page=True)
    def send_selected(self, request, queryset):
        return self._to_page("send", queryset)

    @bulk_act("Remind those who have not answered about the ticked …", permissions=["publish"], has_own_page=True)
    def remind_selected(self, request, queryset):
        return self._to_page("remind", queryset)

    def _to_page(self, act, queryset):
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        return redirect(f"{reverse('admin:entries_ask', args=[act])}?ids={keys}")

    def ask_many(self, request, act):
        """A GET says what would be done; a POST does it for each entry, and says of the others why not."""
        if act not in ACTS:
            raise Http404
        if act == "remind" and not self.has_publish_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        keys = [key for key in sent.get("ids", "").split(",") if key.isascii() and key.isdigit() and len(key) < 18]
        entries = Submission.objects.filter(pk__in=keys).prefetch_related("boroughs").by_title()
        rows = [ACTS[act].row(entry) for entry in entries if self.has_change_permission(request, entry)]
        if request.method == "POST":
            return self._do(request, ACTS[act], rows)
        todo = [row for row in rows if not row.why_not]
        context = {
            **self.admin_site.each_context(request),
            "title": ACTS[act].title,
            "will": ACTS[act].will,
            "opts": self.opts,
            "todo": todo,
            "left_out": [row for row in rows if row.why_not],
            "mails": sum(len(row.people) for row in todo),
            "ids": ",".join(str(row.entry.pk) for row in todo),
        }
        return render(request, "admin/editorial/ask_many.html", context)

    def _do(self, request, act, rows):
        done = 0
        for row in rows:
            try:
                if row.why_not:
                    raise Refused(row.why_not)
                act.do(row, request.user)
                done += 1
            except Refused as refusal:  # said with the entry; the others go on
                self.message_user(request, format_html("{} {}", refusal, desk_link(row.entry)), messages.ERROR)
        if done:
            said = f"{count_phrase(done, 'entry', 'entries')}: {act.done}. The mails are on their way."
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:submissions_submission_changelist"))
