"""The end of a correction: an answer by mail, or, where no address was left, a note of what was done."""

from django.db import transaction
from django.utils import timezone

from editorial.failures import apart
from editorial.models import Correction
from editorial.outbox import post
from editorial.refusal import Refused
from editorial.workflow import record
from submissions.sharing.addresses import absolute


def missing_before_closing(correction):
    """(the field that is wanted, why in a sentence), or None."""
    if correction.email and not correction.reply.strip():
        return "reply", "Write the answer first. Nobody’s correction is closed without a reply."
    if not correction.email and not correction.note.strip():
        return "note", "No address was left, so nobody can be answered. Write down what was done, then close."
    return None


@transaction.atomic
def close(correction, by):
    """Saves, closes and answers. Refused where the answer is missing, or somebody else has closed it meanwhile."""
    if wanted := missing_before_closing(correction):
        raise Refused(wanted[1])
    if Correction.objects.select_for_update().get(pk=correction.pk).closed_at:
        raise Refused(f"{correction.reference} has been closed already. Nothing was sent again.")
    correction.closed_at, correction.closed_by = timezone.now(), by
    correction.save()
    entry = correction.submission
    if entry:
        record(entry, f"Correction {correction.reference} answered", by, correction.note)
    if correction.email:
        context = {"correction": correction, "entry": absolute(entry.get_absolute_url()) if entry else ""}
        with apart("the answer to a correction", correction):
            post(correction.email, f"{correction.reference}: our answer", "correction_answered", context)
