"""One person in another's place: on chosen entries, or two records of one person made one."""

from django.db import transaction

from editorial.models import ContactCheck
from editorial.versions import save_version
from editorial.workflow import record_event
from submissions.models import Doubt, Submission


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
