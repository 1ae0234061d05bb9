"""Questions to contacts: whom LIIA asks and when, the mails, and what came of them; one person in another's place.

The regular check (`TASKS`, for cron once a day) asks, reminds, and in the end sends readers to LIIA.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from boroughs.models import Contact
from editorial.failures import apart
from editorial.models import ContactCheck, HandOver, NewAddress
from editorial.outbox import PLACEHOLDER, post
from editorial.versions import save_version
from editorial.workflow import record_event
from submissions.models import Doubt, Submission
from submissions.sharing.addresses import absolute

EVERY = timedelta(days=182)  # six months
DAYS_OPEN = 90  # longer than it takes until readers are sent to LIIA
DAYS_FOR_OTHERS = 30  # for a link to a new address, or to a successor


def shown_entries(contact):
    """The entries on which readers see this contact."""
    return Submission.objects.published().filter(contact_lines__contact=contact).prefetch_related("boroughs").by_title()


def contacts_to_ask():
    """Contacts whom readers see, and who for six months have neither been asked nor confirmed."""
    since = timezone.now() - EVERY
    asked = ContactCheck.objects.filter(asked_at__gt=since).values("contact")
    return _asked_regularly().filter(_unconfirmed(since)).exclude(pk__in=asked).order_by("confirmed_on", "pk")


def _asked_regularly():
    seen = Submission.objects.published().values("contact_lines__contact")
    return Contact.objects.filter(pk__in=seen, no_checks_since__isnull=True).exclude(email="")


def _unconfirmed(since):
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lte=timezone.localdate(since))


def why_not_asked(contact):
    """Why this contact cannot be asked, as a sentence; "" if it can."""
    if not contact.email:
        return f"{contact.name} has no e-mail address."
    if contact.no_checks_since:
        return f"{contact.name} has asked for no more of these mails."
    return "" if shown_entries(contact).exists() else f"{contact.name} is on no entry that readers see."


@transaction.atomic
def ask(contact, *, by=None):
    """Sends the mail with its link. Earlier links that nobody answered open nothing any more."""
    contact.checks.take_back()
    return _mail_check(ContactCheck(contact=contact, email=contact.email, asked_by=by))


@transaction.atomic
def remind(check):
    """A second mail. The link of the first still opens: answering either of them answers both."""
    return _mail_check(ContactCheck(contact=check.contact, email=check.email, reminds_of=check))


def _mail_check(check):
    entries = list(shown_entries(check.contact))
    check.open_link(DAYS_OPEN)
    check.save()
    stop = absolute(reverse("no_more_checks", args=[PLACEHOLDER]))
    context = {
        "check": check,
        "contact": check.contact,
        "entries": [(entry, absolute(entry.get_absolute_url())) for entry in entries],
        "link": absolute(reverse("contact_check", args=[PLACEHOLDER])),
        "stop": stop,
    }
    subject = "Are you still the person to call?"
    subject = f"Reminder: {subject[0].lower()}{subject[1:]}" if check.reminds_of else subject
    # RFC 2369 and 8058: the mail programme's own button, which sends one POST.
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    post(check.email, subject, "contact_check", context, headers, secret_of=check)
    return check


def ask_new_address(contact, email):
    """Asks at an address that the contact has written down as new. Until it is confirmed, the present one stands."""
    contact.new_addresses.take_back()
    asked = NewAddress(contact=contact, email=email, address_then=contact.email)
    asked.open_link(DAYS_FOR_OTHERS)
    asked.save()
    context = {"contact": contact, "asked": asked, "link": absolute(reverse("new_address", args=[PLACEHOLDER]))}
    with apart("the mail to a new address", asked):
        post(email, "Please confirm your new address", "contact_new_address", context, secret_of=asked)


def ask_successor(contact, name, role, email):
    """Asks somebody whom the contact has named. Nobody but LIIA sees that name until that person accepts."""
    contact.hand_overs.take_back()
    asked = HandOver(contact=contact, name=name, role=role, email=email, address_then=contact.email)
    asked.open_link(DAYS_FOR_OTHERS)
    asked.save()
    context = {
        "contact": contact,
        "asked": asked,
        "entries": [(entry, absolute(entry.get_absolute_url())) for entry in shown_entries(contact)],
        "link": absolute(reverse("hand_over", args=[PLACEHOLDER])),
    }
    subject = f"{contact.name} has named you as the person to call"
    with apart("the mail to a successor", asked):
        post(email, subject, "contact_hand_over", context, secret_of=asked)


@dataclass(frozen=True)
class Task:
    """`due`: a function that returns the QuerySet of what waits now, contacts or questions to them."""

    label: str
    due: Callable
    do: Callable

    def line(self, record):
        contact = record if isinstance(record, Contact) else record.contact
        return f"{self.label}: {contact.name} <{contact.email}>"


def checks_to_remind():
    return ContactCheck.objects.to_remind().select_related("contact").order_by("asked_at", "pk")


def contacts_without_answer():
    """Who answered nothing for so long. They are asked again in half a year: the address may work again by then."""
    checks, offers = ContactCheck.objects.silent_for_readers(), HandOver.objects.overdue()
    unanswered = Q(pk__in=checks.values("contact")) | Q(pk__in=offers.values("contact"))
    return Contact.objects.filter(unanswered, silent_since__isnull=True).order_by("pk")


@transaction.atomic
def send_readers_to_liia(contact):
    contact.silent_since = timezone.localdate()
    contact._change_reason = "No answer to two mails, or from a successor"
    contact.save()


TASKS = [
    Task("Ask", contacts_to_ask, ask),
    Task("Remind", checks_to_remind, remind),
    Task("Send readers to LIIA instead of", contacts_without_answer, send_readers_to_liia),
]


def to_look_at():
    """Contacts that readers see and that will not come right by themselves: nobody answers, or nobody is named."""
    seen = Submission.objects.published().values("contact_lines__contact")
    silent = ContactCheck.objects.silent().values("contact")
    unconfirmed = NewAddress.objects.overdue().values("contact")
    held = [Q(pk__in=model.objects.held().values("contact")) for model in (HandOver, NewAddress)]
    wanting = held[0] | held[1] | Q(silent_since__isnull=False) | Q(pk__in=silent) | Q(pk__in=unconfirmed)
    return Contact.objects.filter(wanting, pk__in=seen)


def state_of(contact):
    """(words, whether LIIA should look). Reads the contact's checks, hand-overs and new addresses, newest first."""
    answers = (_of_successor(contact), _of_new_address(contact), _of_check(contact))
    words, todo = next(filter(None, answers), ("", False))
    if contact.silent_since:
        words, todo = f"Readers are sent to LIIA since {_day(contact.silent_since)}. {words}".strip(), True
    if contact.no_checks_since:
        words = f"{words} Wants no mails, since {_day(contact.no_checks_since)}".strip()
    return words or "–", todo


def _of_successor(contact):
    offer = next(iter(contact.hand_overs.all()), None)
    if offer is None or offer.revoked_at or (offer.answer == offer.Answer.ACCEPTED and not offer.is_held):
        return None
    if offer.is_held:
        return f"Handed over to {offer.name} ({offer.email}), who has accepted and waits for LIIA", True
    if offer.answer == offer.Answer.DECLINED:
        return f"{offer.name} was named as successor and declined on {_day(offer.answered_at)}", True
    return f"Handed over to {offer.name} ({offer.email}), who was asked on {_day(offer.asked_at)}", not offer.is_waiting


def _of_new_address(contact):
    asked = next(iter(contact.new_addresses.all()), None)
    if asked and asked.is_held:
        return f"Has confirmed {asked.email}, which waits for LIIA", True
    if asked is None or asked.link_problem in ("answered", "revoked"):
        return None
    return f"Wrote down {asked.email} on {_day(asked.asked_at)}, not confirmed yet", not asked.is_waiting


def _of_check(contact):
    check = next(iter(contact.checks.all()), None)
    if check is None or check.contact_has_moved:
        return None
    if check.answered_at:
        return f"{check.get_answer_display()}, on {_day(check.answered_at)}", False
    if check.is_silent:
        return f"No answer to two mails, the last on {_day(check.asked_at)}", True
    return f"{'Reminded' if check.reminds_of_id else 'Asked'} on {_day(check.asked_at)}", False


def _day(day):
    return date_format(timezone.localtime(day) if hasattr(day, "hour") else day, "j F Y")


@transaction.atomic
def replace(old, new, *, why, by=None, entries=None):
    """Puts `new` in the place of `old` on these entries (None: on all). Where both are named, one line goes.

    - Each entry gets a version and an event with the sentence `why`.
    - Links sent to somebody whom no entry names any more open nothing.
    """
    lines = old.entry_lines.all() if entries is None else old.entry_lines.filter(submission__in=entries)
    for line in lines.select_related("submission"):
        _replace_on(line, new)
        save_version(line.submission, by=by, why=why)
        record_event(line.submission, f"Contact: {new.name} in place of {old.name}"[:300], by=by, note=why)
    if not old.entry_lines.exists():
        close_questions(old)


def _replace_on(line, new):
    if new.entry_lines.filter(submission=line.submission).exists():
        line.delete()
    else:
        line.contact = new
        line.save()


def close_questions(contact):
    """Revokes every open link about this contact."""
    contact.checks.take_back()
    contact.new_addresses.take_back()
    contact.hand_overs.take_back()


@transaction.atomic
def merge(left, others, *, by=None):
    """Merges records of one person into one, `left`, and deletes the others.

    - Entries name the one that is left, each with a version and an event.
    - Open questions about the others are closed; what was asked and doubted of them becomes its own.
    """
    for other in others:
        replace(other, left, why=f"Two records of {left.name} made one", by=by)
        close_questions(other)
        for question in (ContactCheck.objects, other.new_addresses, other.hand_overs):
            question.filter(contact=other).update(contact=left)
        Doubt.objects.filter(contact=other).update(contact=left)
        other.delete()


def entries_naming(contacts):
    """Every entry that names one of these, whatever its state, by title."""
    return Submission.objects.filter(contact_lines__contact__in=contacts).distinct().by_title()


def preview_of(entries, leaving, coming):
    """[(entry, its contacts now, its contacts then)] if `coming` stood in the place of all of `leaving`."""
    rows = []
    for entry in entries.prefetch_related("contact_lines__contact"):
        now = [line.contact for line in entry.contact_lines.all()]
        left = [contact for contact in now if contact not in leaving]
        placed = dict.fromkeys(coming if contact in leaving else contact for contact in now)
        rows.append((entry, now, left if coming in left else list(placed)))
    return rows
