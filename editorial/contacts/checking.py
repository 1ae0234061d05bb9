"""The regular check: whom to ask, whom to remind, and for whom readers are sent to LIIA. For cron, once a day."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.asking import ask, due, remind
from editorial.models import ContactCheck, HandOver


@dataclass(frozen=True)
class Task:
    """`due`: a function that returns the QuerySet of what waits now, contacts or questions to them."""

    said: str
    due: Callable
    do: Callable

    def line(self, record):
        contact = record if isinstance(record, Contact) else record.contact
        return f"{self.said}: {contact.name} <{contact.email}>"


def to_remind():
    return ContactCheck.objects.to_remind().select_related("contact").order_by("asked_at", "pk")


def silent():
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
    Task("Ask", due, ask),
    Task("Remind", to_remind, remind),
    Task("Send readers to LIIA instead of", silent, send_readers_to_liia),
]
