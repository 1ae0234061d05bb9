"""What becomes of entries while the records that they name are moved into one another, or renamed."""

from contextlib import contextmanager

from django.utils import timezone

from editorial import asking
from editorial.claims import claims
from editorial.versions import save_version
from editorial.workflow import Status, cancel_plans, record_event, void_if_changed
from spotlight.desk.deleting import MoveRefused
from spotlight.desk.diff_and_merge import differing
from submissions.entry_fields import SIGNED, Kind
from submissions.models import Submission


@contextmanager
def watch_move(records, words, by):
    """For `spotlight.desk`: what records were grouped by is moved. Each entry keeps a version and an event of it.

    A claim that changes by it voids the sign-offs of an entry; MoveRefused if readers see or have seen that entry.
    """
    keys = [entry.pk for entry in records if isinstance(entry, Submission)]
    before = {entry.pk: claims(entry) for entry in Submission.objects.select_for_update().filter(pk__in=keys)}
    yield
    for entry in Submission.objects.filter(pk__in=keys):
        changed = differing(before[entry.pk], claims(entry))
        if changed and entry.status in (Status.PUBLISHED, Status.WITHDRAWN):
            label = ", ".join(changed).lower()
            raise MoveRefused(
                f"Nothing was moved: the authority of “{entry}” has signed off its {label}. "
                "Change it in the form of the entry, as a new version."
            )
        save_version(entry, by=by, why=words)
        record_event(entry, words[:300], by=by)
        void_if_changed(entry, before[entry.pk], by=by)


@contextmanager
def watch_rename(named, by):
    """For `spotlight.desk`: a record is about to get other words. Those that entries claim, such as a partner's name,
    void what was signed with the earlier ones. Yields a list that then holds what comes of it, in sentences."""
    claimed = [field.name for field in SIGNED if field.kind in (Kind.RECORD, Kind.RECORDS)]
    uses = [name for name in claimed if isinstance(named, Submission._meta.get_field(name).related_model)]
    keys = [pk for name in uses for pk in Submission.objects.filter(**{name: named.pk}).values_list("pk", flat=True)]
    sentences = []
    before = {entry.pk: claims(entry) for entry in Submission.objects.select_for_update().filter(pk__in=keys)}
    yield sentences
    for entry in Submission.objects.filter(pk__in=keys):
        again = asking.good(entry)
        if entry.is_published or entry.is_withdrawn:
            _void_of_readers(entry, before[entry.pk], by)
        else:
            void_if_changed(entry, before[entry.pk], by=by)
        if again and asking.missing(entry):
            sentences.append(f"The sign-off of “{entry}” is void by this: ask its authority again.")


def _void_of_readers(entry, before, by):
    """Readers go on seeing an entry of which a name has changed, but not that its authority signed it off."""
    if changed := differing(before, claims(entry)):
        why = f"{', '.join(changed)} renamed on {timezone.localdate():%-d %B %Y}"
        asking.void(entry, why)
        record_event(entry, "Sign-off void", by=by, note=f"{why}. {cancel_plans(entry, why)}".strip())
