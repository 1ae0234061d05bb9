"""One person in another's place: on chosen entries, or two records of one person made one."""

from django.db import transaction
from django.utils import timezone

from editorial.models import ContactCheck
from editorial.versions import save_version
from editorial.workflow import record
from submissions.models import Doubt, Submission


@transaction.atomic
def replace(old, new, why, by=None, entries=None):
    """`new` stands where `old` stood on these entries (None: on all). Where both stood, one line goes.

    Each entry keeps a version and an event with the sentence `why`. Links sent to somebody who stands on no entry any
    more open nothing.
    """
    lines = old.entry_lines.all() if entries is None else old.entry_lines.filter(submission__in=entries)
    for line in lines.select_related("submission"):
        _put(line, new)
        save_version(line.submission, by=by, why=why)
        record(line.submission, f"Contact: {new.name} in place of {old.name}"[:300], by, why)
    if not old.entry_lines.exists():
        close_questions(old)


def _put(line, new):
    if new.entry_lines.filter(submission=line.submission).exists():
        line.delete()
    else:
        line.contact = new
        line.save()


def close_questions(contact):
    """No link about this contact opens anything from now on."""
    contact.checks.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())
    contact.new_addresses.take_back()
    contact.hand_overs.take_back()


@transaction.atomic
def merge(kept, others, by=None):
    """Records of one person become the one that is kept. What was asked and doubted of the others goes with it."""
    for other in others:
        replace(other, kept, f"Two records of {kept.name} made one", by)
        close_questions(other)
        for question in (ContactCheck.objects, other.new_addresses, other.hand_overs):
            question.filter(contact=other).update(contact=kept)
        Doubt.objects.filter(contact=other).update(contact=kept)
        other.delete()


def entries_naming(contacts):
    """Every entry that names one of these, whatever its state, by title."""
    return Submission.objects.filter(contact_lines__contact__in=contacts).distinct().by_title()


def previewed(entries, leaving, coming):
    """[(entry, its contacts now, its contacts then)] if `coming` stood in the place of all of `leaving`."""
    rows = []
    for entry in entries.prefetch_related("contact_lines__contact"):
        now = [line.contact for line in entry.contact_lines.all()]
        kept = [contact for contact in now if contact not in leaving]
        placed = dict.fromkeys(coming if contact in leaving else contact for contact in now)
        rows.append((entry, now, kept if coming in kept else list(placed)))
    return rows
