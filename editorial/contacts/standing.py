"""Where a contact stands with us, in words; and whom LIIA should look at."""

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from boroughs.models import Contact
from editorial.models import ContactCheck, HandOver, NewAddress
from submissions.models import Submission


def to_look_at():
    """Contacts that readers see and that will not come right by themselves: nobody answers, or nobody is named."""
    seen = Submission.objects.published().values("contact_lines__contact")
    silent = ContactCheck.objects.silent().values("contact")
    unconfirmed = NewAddress.objects.overdue().values("contact")
    held = [Q(pk__in=model.objects.held().values("contact")) for model in (HandOver, NewAddress)]
    wanting = held[0] | held[1] | Q(silent_since__isnull=False) | Q(pk__in=silent) | Q(pk__in=unconfirmed)
    return Contact.objects.filter(wanting, pk__in=seen)


def standing(contact):
    """(words, whether LIIA should look). Reads the contact's checks, hand-overs and new addresses, newest first."""
    told = (_of_successor(contact), _of_new_address(contact), _of_check(contact))
    words, todo = next(filter(None, told), ("", False))
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
