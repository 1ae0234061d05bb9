"""Asking contacts whether they are still right: whom, when, and the mails themselves."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from boroughs.models import Contact
from editorial.failures import apart
from editorial.models import ContactCheck, HandOver, NewAddress
from editorial.outbox import PLACEHOLDER, post
from submissions.models import Submission
from submissions.sharing.addresses import absolute

EVERY = timedelta(days=182)  # six months
DAYS_OPEN = 90  # longer than it takes until readers are sent to LIIA
DAYS_FOR_OTHERS = 30  # for a link to a new address, or to a successor


def shown_entries(contact):
    """The entries on which readers see this contact."""
    return Submission.objects.published().filter(contact_lines__contact=contact).prefetch_related("boroughs").by_title()


def due():
    """Contacts whom readers see, and who for six months have neither been asked nor confirmed."""
    since = timezone.now() - EVERY
    asked = ContactCheck.objects.filter(asked_at__gt=since).values("contact")
    return _asked_regularly().filter(_unconfirmed(since)).exclude(pk__in=asked).order_by("confirmed_on", "pk")


def _asked_regularly():
    seen = Submission.objects.published().values("contact_lines__contact")
    return Contact.objects.filter(pk__in=seen, no_checks_since__isnull=True).exclude(email="")


def _unconfirmed(since):
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lte=timezone.localdate(since))


def why_not(contact):
    """Why this contact cannot be asked, as a sentence; "" if it can."""
    if not contact.email:
        return f"{contact.name} has no e-mail address."
    if contact.no_checks_since:
        return f"{contact.name} has asked for no more of these mails."
    return "" if shown_entries(contact).exists() else f"{contact.name} stands on no entry that readers see."


@transaction.atomic
def ask(contact, by=None):
    """Sends the mail with its link. Earlier links that nobody answered open nothing any more."""
    contact.checks.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())
    return _mail(ContactCheck(contact=contact, email=contact.email, asked_by=by))


@transaction.atomic
def remind(check):
    """A second mail. The link of the first still opens: answering either of them answers both."""
    return _mail(ContactCheck(contact=check.contact, email=check.email, reminds_of=check))


def _mail(check):
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
