"""What becomes of an edit at the desk: readers keep the text that was signed off, and nobody's words are lost."""

from dataclasses import dataclass, field

from django.db import transaction

from editorial.asking import carry_over
from editorial.claims import claims, fingerprint, only_hides
from editorial.models import Version
from editorial.readable import readable
from editorial.snapshots import taken, three_way, written
from editorial.versions import keep, new_version
from editorial.workflow import record, text_changed
from submissions.models import Submission

# What LIIA keeps true itself, also in an entry that readers see (see `editorial.claims`).
LIIAS_OWN = {"links": {"categories"}, "parts": {"contact_lines", "themed", "supporting_items"}, "fields": {"round_id"}}


class Meanwhile(Exception):
    """Somebody else changed the same thing since the form was opened. `labels`: what; `newest`: the version now."""

    def __init__(self, labels, newest):
        super().__init__(", ".join(labels))
        self.labels, self.newest = labels, newest


@dataclass
class Edit:
    """One edit of a stored entry: made before anything is written, settled after everything is, in one transaction."""

    entry: Submission
    by: object = None
    newest: Version = field(init=False)
    claims_now: dict = field(init=False)

    def __post_init__(self):
        stored = Submission.objects.select_for_update().get(pk=self.entry.pk)
        self.newest, self.claims_now = opened_version(stored), claims(stored)

    @property
    def now(self):
        """The stored content before this edit."""
        return self.newest.content

    def reconcile(self, opened, seen):
        """Keeps what others changed since the version `opened`, where this edit did not touch it.

        Meanwhile says what both have changed, unless the editor has been told of it: `seen` is the version told of.
        """
        mine = taken(self.entry)
        both = _changed_by_both(opened.content, mine, self.now)
        if both and seen != self.newest.pk:
            raise Meanwhile(both, self.newest)
        merged = row_by_row(opened.content, mine, self.now)
        if merged != mine:
            written(merged, self.entry)

    def settle(self):
        """The entry that was edited, or the new version into which a change of a published entry's claims was put."""
        entry = Submission.objects.get(pk=self.entry.pk)
        if not entry.is_published:
            text_changed(entry, self.claims_now, self.by)
            return entry
        if only_hides(entry, self.claims_now):
            carry_over(entry, fingerprint(self.claims_now))
            return entry
        return self._beside(entry) if claims(entry) != self.claims_now else entry

    def _beside(self, entry):
        after = taken(entry)
        written(_with_liias_own(self.now, after), entry)
        draft = getattr(entry, "next_version", None) or new_version(entry, self.by)
        before = claims(draft)
        written(three_way(self.now, after, taken(draft)), draft)
        text_changed(draft, before, self.by)
        keep(draft, self.by, "Changed in the form of the published entry")
        record(draft, "New version written", self.by)
        return draft


@transaction.atomic
def restored(version, by):
    """The entry as it was in that version: at once where readers do not see it, else as a new version."""
    entry = version.submission
    edit = Edit(entry, by)
    written(version.content, entry)
    result = edit.settle()
    keep(result, by, f"As it was on {version.at:%-d %B %Y}")
    record(result, f"Put back as it was on {version.at:%-d %B %Y}", by)
    return result


def row_by_row(opened, mine, theirs):
    """`three_way`, and within a part (figures, voices, contacts …) row by row."""
    merged = three_way(opened, mine, theirs)
    for name in mine["parts"]:
        merged["parts"][name] = _rows(opened["parts"][name], mine["parts"][name], theirs["parts"][name])
    return merged


def _rows(opened, mine, theirs):
    before, posted = ({row["id"]: row for row in rows} for rows in (opened, mine))
    kept = []
    for row in theirs:
        key = row["id"]
        if key not in before:
            kept.append(row)  # they added it
        elif key in posted:
            kept.append(posted[key] if posted[key] != before[key] else row)
        elif row != before[key]:
            kept.append(row)  # deleted here, changed there: the words win
    known = before.keys() | {row["id"] for row in theirs}
    return kept + [row for row in mine if row["id"] not in known]


def _changed_by_both(opened, mine, theirs):
    """Labels that this edit and another changed, and not to the same."""
    opened, mine, theirs = readable(opened), readable(mine), readable(theirs)
    labels = {**opened, **mine, **theirs}
    return [
        label
        for label in labels
        if mine.get(label) != theirs.get(label) and opened.get(label) not in (mine.get(label), theirs.get(label))
    ]


def _with_liias_own(content, after):
    """`content`, with what LIIA keeps true itself as it is `after` the edit."""
    return {
        kind: {name: after[kind][name] if name in LIIAS_OWN[kind] else piece for name, piece in pieces.items()}
        for kind, pieces in content.items()
    }


def opened_version(entry, by=None):
    """The version that a form shows: what has happened without the desk's knowledge is kept first."""
    return keep(entry, None, "As found at the desk")


def version_of(entry, number):
    """The version a form was opened with; the newest if the form does not say a true one."""
    return Version.objects.filter(submission=entry, pk=number if str(number).isdigit() else None).first()
