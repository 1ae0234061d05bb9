"""The one door through which an entry changes its state. Each step writes its event in the same transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from editorial import asking
from editorial.claims import claims, differing
from editorial.models import Event
from editorial.refusal import Refused
from editorial.snapshots import taken, three_way, written
from editorial.versions import keep
from submissions.models import Submission
from submissions.search import gathered

Status = Submission.Status


@dataclass(frozen=True)
class Step:
    """`label`: what the button says. `said`: what the entry's story says afterwards."""

    label: str
    said: str
    starts: tuple
    ends: str


STEPS = {
    "send": Step("Send to the authority for sign-off", "Sent to the authority", (Status.DRAFT,), Status.WITH_AUTHORITY),
    "sign-off": Step("", "Signed off by the authority", (Status.WITH_AUTHORITY,), Status.SIGNED_OFF),
    "take-back": Step(
        "Take back to draft", "Taken back to draft", (Status.WITH_AUTHORITY, Status.SIGNED_OFF), Status.DRAFT
    ),
    "void": Step("", "Sign-off void", (Status.WITH_AUTHORITY, Status.SIGNED_OFF), Status.DRAFT),
    "publish": Step("Publish", "Published", (Status.SIGNED_OFF, Status.WITHDRAWN), Status.PUBLISHED),
    "withdraw": Step("Withdraw from readers", "Withdrawn", (Status.PUBLISHED,), Status.WITHDRAWN),
    "reopen": Step("Back to draft", "Back to draft", (Status.WITHDRAWN,), Status.DRAFT),
}


@transaction.atomic
def transition(submission, action, by=None, note=""):
    """Takes one step (a key of STEPS) and returns the entry as it is then; Refused says in a sentence why not.

    `by` is a user, or None when nobody at LIIA did it (an authority's answer, a plan). Publishing a new version gives
    back the entry it stood in for.
    """
    entry = Submission.objects.select_for_update().get(pk=submission.pk)
    step = STEPS[action]
    if entry.status not in step.starts:
        raise Refused(_wrong_start(entry, step))
    if check := CHECKS.get(action):
        check(entry)
    entry = EFFECTS[action](entry, by) if action in EFFECTS else entry
    if entry.status != step.ends:
        entry.status = step.ends
        entry.save()
    keep(entry, by, step.said)
    record(entry, step.said, by, note)
    if followed := FOLLOWED_BY.get(action):
        followed(entry)
        sign_off_if_complete(entry, by)
    return Submission.objects.get(pk=entry.pk)


def sign_off_if_complete(entry, by=None):
    """With the last approval an entry that is with its authority becomes signed off."""
    entry = Submission.objects.get(pk=entry.pk)
    if entry.status == Status.WITH_AUTHORITY and not asking.missing(entry):
        transition(entry, "sign-off", by)


def record(entry, what, by=None, note=""):
    """An event of the entry's story that is no step, such as an answer that came."""
    return Event.objects.create(submission=entry, title=entry.title, what=what, by=by, note=note, status=entry.status)


def steps_from(entry):
    """[(action, step)] that a person can take now; whether they succeed is said when they are tried."""
    return [(action, step) for action, step in STEPS.items() if step.label and entry.status in step.starts]


def text_changed(entry, before, by=None):
    """To be called after an edit, with the `claims` before it: a changed claim makes every sign-off of an entry that
    is not published void, and says why."""
    changed = differing(before, claims(entry))
    if not changed:
        return
    why = f"{', '.join(changed)} changed on {timezone.localdate():%-d %B %Y}"
    asking.void(entry, why)
    if entry.status in STEPS["void"].starts:
        transition(entry, "void", by, f"{why}. Whoever had signed off will be asked again.")


def _wrong_start(entry, step):
    starts = " or ".join(f"“{Status(start).label}”" for start in step.starts)
    return f"“{entry.title}” stands at “{entry.get_status_display()}”; only from {starts} can it be “{step.said}”."


def _is_complete(entry):
    if not (entry.boroughs.exists() and entry.categories.exists()):
        raise Refused(f"“{entry.title}” needs an authority and a category. Add them in its form first.")


def _is_signed_off(entry):
    _is_complete(entry)
    if missing := asking.missing(entry):
        raise Refused(f"“{entry.title}” was not published, because it is not signed off: {'; '.join(missing)}.")


def _to_readers(entry, by):
    entry = _stand_in(entry, by) if entry.replaces_id else entry
    entry.published_on = entry.published_on or timezone.localdate()
    entry.status = Status.PUBLISHED
    entry.save()
    return entry


def _stand_in(draft, by):
    """The published entry with what its new version changed; what LIIA changed in the published one meanwhile stays."""
    live = Submission.objects.select_for_update().get(pk=draft.replaces_id)
    begun = draft.versions.last().content
    content = three_way(begun, taken(draft), taken(live))
    keep(live, by, "As it was before the new version")
    asking.void(live, "A new version stands in its place")
    for told in (draft.sign_offs, draft.events, draft.versions, draft.plans):
        told.update(submission=live)
    draft.doubts.update(submission=live)
    with gathered():
        draft.delete()
        return written(content, live)


CHECKS = {"send": _is_complete, "publish": _is_signed_off}
EFFECTS = {"publish": _to_readers}
FOLLOWED_BY = {"send": asking.ask_everybody, "take-back": asking.revoke_open}
