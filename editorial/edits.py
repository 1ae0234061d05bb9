"""What becomes of entries that are edited at the desk, or whose records are moved or renamed.

Readers keep the text that was signed off, and nobody's words are lost.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from editorial import asking
from editorial.asking import carry_over
from editorial.claims import claims, fingerprint, only_hides
from editorial.snapshots import LIIAS_OWN, merged, read_whole, restore, snapshot_of, with_liias_own
from editorial.versions import begin_new_version, save_version
from editorial.workflow import Status, cancel_plans, record_event, void_if_changed
from spotlight.desk.deleting import MoveRefused
from spotlight.desk.diff_and_merge import differing
from submissions.entry_fields import SIGNED, Kind
from submissions.models import Submission


def waiting_version(entry):
    """The new version that waits beside an entry that readers see; None if there is none."""
    return Submission.objects.filter(replaces=entry).first() if entry.is_published else None


@dataclass
class Edit:
    """One edit of a whole entry, read under a lock: begun before anything is written, settled after everything is, in
    one transaction.

    In between the form writes into the entry what it shows, but for the figures and voices of a new version, which it
    writes into that version.
    """

    entry: Submission
    by: object = None
    draft: Submission | None = field(init=False)  # the new version that waits beside a published entry
    stored: dict = field(init=False)  # what each says, and what the form shows of both
    drafted: dict | None = field(init=False)
    shown: dict = field(init=False)
    claims_before: dict = field(init=False)

    def __post_init__(self):
        entry = self.entry
        before = claims(entry)
        entry.settle_evidence()  # what was to settle already is no change of this edit
        if only_hides(entry, before):
            carry_over(entry, fingerprint(before))
        waiting = waiting_version(entry)
        self.draft = read_whole(waiting) if waiting else None
        self.stored = opened_version(entry).content
        self.drafted = opened_version(self.draft).content if self.draft else None
        # The form shows the new version's text, and what LIIA keeps true itself as readers see it.
        self.shown = with_liias_own(self.drafted, self.stored) if self.draft else self.stored
        self.claims_before = claims(self.draft or entry)
        for one in filter(None, (entry, self.draft)):
            one.is_whole = False  # the form writes into both

    def settle(self):
        """The entry that was edited, or the new version into which a change of a published entry's claims was put."""
        self.entry = entry = read_whole(Submission.objects.get(pk=self.entry.pk), before=self.entry)
        entry.settle_evidence()
        if not entry.is_published:
            void_if_changed(entry, self.claims_before, by=self.by)
            return entry
        if not self.draft and only_hides(entry, self.claims_before):
            carry_over(entry, fingerprint(self.claims_before))
            return entry
        after = snapshot_of(entry)
        if self.draft:
            self.draft = read_whole(Submission.objects.get(pk=self.draft.pk), before=self.draft)
            drafted = snapshot_of(self.draft)["parts"]
            after["parts"] |= {name: drafted[name] for name in drafted if name not in LIIAS_OWN}
            return self.put(entry, after, self.shown)
        return self.put(entry, after, self.stored) if claims(entry) != self.claims_before else entry

    def put(self, entry, after, before):
        """What changed from `before` to `after`: LIIA's own in the published entry, all of it in its new version."""
        restore(with_liias_own(self.stored, after), entry)
        draft = self.draft or begin_new_version(entry, by=self.by)
        theirs = self.drafted or snapshot_of(draft)
        restore(merged(before, after, theirs)[0], draft)
        save_version(draft, by=self.by, why="Changed in the form of the published entry")
        if with_liias_own(before, after) == after:
            return entry
        void_if_changed(draft, self.claims_before, by=self.by)
        record_event(draft, "New version written", by=self.by)
        return draft


@transaction.atomic
def restore_version(version, *, by):
    """Puts the entry back as it was in that version: at once where readers do not see it, else as a new version."""
    entry = read_whole(Submission.objects.select_for_update().get(pk=version.submission_id))
    edit = Edit(entry, by)
    restore(version.content, entry)
    result = edit.put(entry, version.content, edit.stored) if entry.is_published and edit.draft else edit.settle()
    save_version(result, by=by, why=f"As it was on {version.at:%-d %B %Y}")
    record_event(result, f"Put back as it was on {version.at:%-d %B %Y}", by=by)
    return result


def opened_version(entry):
    """The newest version of an entry: what has happened without the desk's knowledge is kept first."""
    return save_version(entry, why="As found at the desk")


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
