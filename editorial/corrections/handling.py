"""A reader's correction: received and acknowledged, closed with an answer, and forgotten a year later.

An answer goes by mail or, where no address was left, LIIA notes what was done.
"""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from editorial.failures import Refused, apart
from editorial.models import Correction, Mail
from editorial.outbox import post
from editorial.workflow import record_event
from submissions.models import Submission
from submissions.sharing.addresses import absolute

PER_HOUR = 10  # from one address; a council's whole building may have one


def sender_of(request):
    """The sender's network address, hashed with a salt that changes every day; the address itself is kept nowhere."""
    salt = f"correction {timezone.localdate()}"
    return salted_hmac(salt, BaseThrottle().get_ident(request), algorithm="sha256").hexdigest()


def receive(entry, sender, *, stamp, **said):
    """Saves the correction, and then writes the mails about it, whose faults cost nobody a word. Refused if there were
    too many from this sender within the hour.

    One form (`stamp`) with the same words is one correction, however often it is sent, also twice at once: a later call
    returns the first one and mails nothing. So are the same words within a day, from the same address or none: a
    browser that goes back may open the form with another stamp. Other words are a correction of their own."""
    correction, is_new = _save(entry, sender, _digest(entry, stamp, said), said)
    if is_new:
        with apart("mails about a correction", correction):
            _acknowledge(correction)
    return correction


@transaction.atomic
def _save(entry, sender, sending, said):
    """(the correction, whether it is new)"""
    now = timezone.now()
    Submission.objects.select_for_update().get(pk=entry.pk)  # two forms at once: the second finds the first
    same = Q(submission=entry, received_at__gt=now - timedelta(days=1), **said)
    if first := Correction.objects.filter(Q(sending=sending) | same).first():
        return first, False
    Correction.objects.filter(received_at__lt=now - timedelta(days=1)).exclude(sender="").update(sender="")
    if Correction.objects.filter(sender=sender, received_at__gt=now - timedelta(hours=1)).count() >= PER_HOUR:
        raise Refused(
            f"{PER_HOUR} messages have come from your connection within an hour. Keep your text and send it later, "
            "or write to LIIA."
        )
    fields = {"submission": entry, "title": entry.title, "sender": sender, **said}
    return Correction.objects.create(sending=sending, **fields), True


def _digest(entry, stamp, said):
    """The stamp is long, random to others and stored nowhere, so nobody can guess the words from this."""
    return hashlib.sha256(repr((entry.pk, stamp, sorted(said.items()))).encode()).hexdigest()


def _acknowledge(correction):
    """The mails repeat nothing that was typed: else anybody could send any words to any address through this site."""
    context = {"correction": correction, "entry": absolute(correction.submission.get_absolute_url())}
    if correction.email:
        subject = f"{correction.reference}: we have your message"
        post(correction.email, subject, "correction_received", context)
    if settings.LIIA_EMAIL:
        desk = absolute(reverse("admin:editorial_correction_change", args=[correction.pk]))
        post(
            settings.LIIA_EMAIL,
            f"{correction.reference}: a correction",
            "correction_for_liia",
            {**context, "desk": desk},
        )


@transaction.atomic
def forget(correction):
    """Takes the address out of what was closed a year ago, with the mails that went there; for what was about a person
    the words too."""
    Mail.objects.filter(to=correction.email, subject__startswith=correction.reference).delete()
    correction.email, correction.forgotten_at = "", timezone.now()
    if correction.is_about_a_person:
        correction.message = ""
        correction.reply = correction.note = "Removed a year after closing"
    correction.save()


def missing_before_closing(correction):
    """(the field that is wanted, why in a sentence), or None."""
    if correction.email and not correction.reply.strip():
        return "reply", "Write the answer first. Nobody’s correction is closed without a reply."
    if not correction.email and not correction.note.strip():
        return "note", "No address was left, so nobody can be answered. Write down what was done, then close."
    return None


@transaction.atomic
def close(correction, *, by):
    """Closes a correction. Refused where the answer is missing, or somebody else has closed it meanwhile.

    - The correction is saved as closed, and the story of its entry has an event.
    - The answer goes by mail, where an address was left.
    """
    if wanted := missing_before_closing(correction):
        raise Refused(wanted[1])
    if Correction.objects.select_for_update().get(pk=correction.pk).closed_at:
        raise Refused(f"{correction.reference} has been closed already. Nothing was sent again.")
    correction.closed_at, correction.closed_by = timezone.now(), by
    correction.save()
    entry = correction.submission
    if entry:
        record_event(entry, f"Correction {correction.reference} answered", by=by, note=correction.note)
    if correction.email:
        context = {"correction": correction, "entry": absolute(entry.get_absolute_url()) if entry else ""}
        with apart("the answer to a correction", correction):
            post(correction.email, f"{correction.reference}: our answer", "correction_answered", context)
