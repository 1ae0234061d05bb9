"""The regular check: whom to ask, whom to remind, and for whom readers are sent to LIIA. For cron, once a day."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.asking import ask, due, remind
from editorial.models import ContactCheck, HandOver


@dataclass(frozen=True)
class Task:
    said: str
    contact: Contact
    do: Any  # a function without arguments


def tasks():
    """All that is due today, as a list of Task; nothing is done yet.

    Who answered nothing for so long is asked again in half a year: the address may work again by then.
    """
    found = [Task("Ask", contact, lambda contact=contact: ask(contact)) for contact in due()]
    waiting = _of(ContactCheck.objects.to_remind())
    found += [Task("Remind", check.contact, lambda check=check: remind(check)) for check in waiting]
    silent = {check.contact for check in _of(ContactCheck.objects.silent_for_readers())}
    silent |= {offer.contact for offer in _of(HandOver.objects.overdue())}
    found += [
        Task("Send readers to LIIA instead of", contact, lambda contact=contact: send_readers_to_liia(contact))
        for contact in sorted(silent, key=lambda contact: contact.pk)
        if not contact.silent_since
    ]
    return found


def _of(questions):
    return questions.select_related("contact").order_by("asked_at", "pk")


@transaction.atomic
def send_readers_to_liia(contact):
    contact.silent_since = timezone.localdate()
    contact._change_reason = "No answer to two mails, or from a successor"
    contact.save()
