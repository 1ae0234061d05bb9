"""What waits at LIIA's desk, oldest first: the one page with which an hour a week begins."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.timesince import timesince

from boroughs.models import Borough, Contact
from editorial.contacts.questions import state_of, to_look_at
from editorial.models import CheckedLink, Correction, Erasure, Failure, HandOver, Mail, NewAddress, Plan, SignOff
from submissions.models import Doubt, FailedSearch, OutcomeMetric, Submission, Voice

SHOWN = 5  # of each kind; the link leads to all
UNTOUCHED = timedelta(days=2 * 365)


@dataclass
class Item:
    """`since`: when it began to wait, or None; `note`: what else helps to choose."""

    words: str
    url: str
    since: object = None
    note: str = ""
    held: object = None  # what can be decided here and now, by two buttons

    @property
    def age(self):
        """“3 weeks”, “today”, or "" if it has no beginning."""
        if self.since is None:
            return ""
        return timesince(self.since, depth=1) if timezone.now() - self.since > timedelta(days=1) else "today"


@dataclass
class Waiting:
    """One kind of thing that waits: `what` with its `count`, the oldest of them, and where all of them are."""

    what: str
    count: int
    url: str
    items: list = field(default_factory=list)


def waiting():
    """Every kind of which something waits, those that wait longest first; then what has no age."""
    found = [kind() for kind in KINDS]
    return sorted((one for one in found if one.count), key=_longest)


def _longest(one):
    begun = [item.since for item in one.items if item.since]
    return min(begun, default=timezone.now())


def _to(record, name="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}", args=[record.pk])


def _all(model, query=""):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + query


def doubts():
    found = Doubt.objects.open().order_by("category__number", "line")
    items = [Item(doubt.message, _to(doubt)) for doubt in found[:SHOWN]]
    return Waiting("Doubts to settle", found.count(), _all(Doubt, "?state=open"), items)


def proposed_figures():
    found = OutcomeMetric.objects.to_decide().select_related("submission")
    items = [Item(str(figure), _to(figure), note=figure.submission.title) for figure in found.order_by("pk")[:SHOWN]]
    return Waiting("Figures the reader proposes", found.count(), _all(OutcomeMetric, "?status__exact=proposed"), items)


def figures_to_settle():
    return _to_settle(OutcomeMetric, "Figures whose sentence is no longer in the text")


def voices_to_settle():
    return _to_settle(Voice, "Quotations that are no longer in the text")


def _to_settle(model, what):
    found = model.objects.filter(to_settle=True).select_related("submission").order_by("pk")
    items = [Item(str(row), _to(row.submission), note=row.submission.title) for row in found[:SHOWN]]
    return Waiting(what, found.count(), _all(model, "?words=missing"), items)


def failed_searches():
    found = FailedSearch.objects.order_by("-count", "day")
    add = reverse("admin:submissions_glossaryterm_add")
    items = [
        Item(
            f"“{one.text}”",
            f"{add}?{urlencode({'term': one.text, 'shown': ''})}",
            note=f"{one.count} times, add the word",
        )
        for one in found[:SHOWN]
    ]
    return Waiting("Searches that found nothing", found.count(), _all(FailedSearch), items)


def sign_offs():
    found = SignOff.objects.standing().filter(answer="").select_related("submission", "borough").order_by("asked_at")
    items = [_asked(sign_off) for sign_off in found[:SHOWN]]
    return Waiting("Sign-offs not answered yet", found.count(), _all(Submission, "?status__exact=authority"), items)


def answers_to_act_on():
    refused = SignOff.objects.standing().filter(answer="not-yet", submission__status=Submission.Status.WITH_AUTHORITY)
    wanting = SignOff.objects.wanting_correction().filter(submission__status__in=["draft", "authority"])
    answered = SignOff.objects.filter(Q(pk__in=refused.values("pk")) | Q(pk__in=wanting.values("pk")))
    found = answered.select_related("submission", "borough").order_by("answered_at")
    items = [_asked(sign_off, sign_off.answered_at) for sign_off in found[:SHOWN]]
    return Waiting(
        "Answers from authorities to act on", found.count(), _all(Submission, "?status__exact=authority"), items
    )


def _asked(sign_off, since=None):
    words = f"{sign_off.submission}: {sign_off.get_role_display()} of {sign_off.borough}"
    url = reverse("admin:entry_sign_off", args=[sign_off.submission_id])
    return Item(words, url, since or sign_off.asked_at, sign_off.where_it_stands)


def signed_off():
    found = Submission.objects.filter(status=Submission.Status.SIGNED_OFF).order_by("changed_at")
    items = [Item(entry.title, _to(entry), entry.changed_at) for entry in found[:SHOWN]]
    return Waiting("Signed off, to be published", found.count(), _all(Submission, "?status__exact=signed-off"), items)


def corrections():
    found = Correction.objects.open().as_queue()
    items = [Item(str(one), _to(one), one.received_at, one.time_by_law) for one in found[:SHOWN]]
    return Waiting("Corrections to answer", found.count(), _all(Correction, "?state=open"), items)


def held_answers():
    questions = [one for model in (HandOver, NewAddress) for one in model.objects.held().select_related("contact")]
    found = sorted(questions, key=lambda one: one.held_since)
    items = [
        Item(one.words_for_desk, _to(one.contact), one.held_since, one.held_because, held=one) for one in found[:SHOWN]
    ]
    return Waiting("Contacts from outside their authority", len(found), _all(Contact, "?mails=look"), items)


def contacts():
    found = to_look_at().prefetch_related("checks", "hand_overs", "new_addresses").order_by("silent_since", "pk")
    items = [Item(one.name, _to(one), note=state_of(one)[0]) for one in found[:SHOWN]]
    return Waiting("Contacts who do not answer", found.count(), _all(Contact, "?mails=look"), items)


def dead_links():
    found = CheckedLink.objects.filter(failing_since__isnull=False).select_related("submission")
    items = [Item(one.url, _to(one.submission), one.failing_since, one.problem) for one in found[:SHOWN]]
    return Waiting("Links that lead nowhere", found.count(), _all(Submission), items)


def unsent_mail():
    found = Mail.objects.unsent().unclaimed().filter(Q(tries__gt=0) | ~Q(problem="")).order_by("written_at")
    items = [
        Item(
            mail.subject,
            _to(mail),
            mail.written_at,
            "may have been sent already" if mail.may_have_been_sent else mail.to,
        )
        for mail in found[:SHOWN]
    ]
    return Waiting("Mails that could not go", found.count(), _all(Mail, "?sent_at__isempty=1"), items)


def failures():
    found = Failure.objects.all()
    items = [Item(str(one), _to_record(one.record), one.since, one.problem) for one in found[:SHOWN]]
    return Waiting("What the site could not do by itself", found.count(), _all(Failure), items)


def _to_record(key):
    """The form of "app.model pk", or the desk's first page where the desk has none."""
    label, _, pk = key.partition(" ")
    try:
        return reverse(f"admin:{label.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return reverse("admin:index")


def erasures():
    wishes = Erasure.objects.waiting().order_by("asked_at")
    items = [Item(str(one), _to(one, "consent"), one.asked_at, one.reason) for one in wishes[:SHOWN]]
    return Waiting("Erasures that want a second administrator", wishes.count(), _all(Erasure), items)


def failed_plans():
    found = Plan.objects.open().exclude(problem="").select_related("submission")
    items = [_planned(plan, plan.due, plan.problem) for plan in found[:SHOWN]]
    return Waiting("Plans that could not be carried out", found.count(), _all(Submission, "?plan=open"), items)


def plans():
    found = Plan.objects.open().filter(problem="").select_related("submission", "by")
    items = [_planned(plan, None, f"by {plan.by}" if plan.by else "") for plan in found[:SHOWN]]
    return Waiting("Plans that will be carried out by themselves", found.count(), _all(Submission, "?plan=open"), items)


def _planned(plan, since, note):
    return Item(f"{plan}: {plan.submission}", reverse("admin:entry_sign_off", args=[plan.submission_id]), since, note)


def untouched():
    found = Submission.objects.published().filter(changed_at__lt=timezone.now() - UNTOUCHED).order_by("changed_at")
    items = [Item(entry.title, _to(entry), entry.changed_at) for entry in found[:SHOWN]]
    return Waiting("Entries untouched for two years", found.count(), _all(Submission), items)


def boroughs_without_entry():
    found = Borough.objects.with_entry_counts().filter(entries=0)
    mentioned = found.annotate(mentioned=Count("mentions")).order_by(F("mentioned").desc(), "name")
    items = [
        Item(borough.name, _to(borough), note="named in an introduction" if borough.mentioned else "")
        for borough in mentioned[:SHOWN]
    ]
    return Waiting("Boroughs without an entry", found.count(), reverse("coverage"), items)


KINDS = [
    corrections,
    held_answers,
    contacts,
    answers_to_act_on,
    signed_off,
    sign_offs,
    doubts,
    proposed_figures,
    figures_to_settle,
    voices_to_settle,
    failed_searches,
    dead_links,
    unsent_mail,
    erasures,
    failed_plans,
    plans,
    failures,
    untouched,
    boroughs_without_entry,
]
