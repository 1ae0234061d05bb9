"""The one way in which an entry changes its state: `transition`. Each step saves its event in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from editorial import asking
from editorial.checklist import PUBLISH, SEND, stop_at_blocks
from editorial.claims import claims, fingerprint, only_hides
from editorial.failures import Refused
from editorial.models import Event, Plan
from editorial.snapshots import as_signed, merged, restore, snapshot_of
from editorial.versions import save_version
from spotlight.desk.diff_and_merge import differing
from spotlight.wording import in_a_sentence
from submissions.entry_fields import SIGNED
from submissions.models import Submission

Status = Submission.Status


@dataclass(frozen=True)
class Step:
    """One way from a state to another.

    `label`: what the button says; `said`: what the entry's story says afterwards. `check(entry)` raises Refused where
    the entry is not ready. `effect(entry, by)` comes before the new state and returns the entry that goes on; `then`
    comes after the event.
    """

    label: str
    said: str
    starts: tuple
    ends: str
    check: Callable = lambda entry: None
    effect: Callable = lambda entry, by: entry
    then: Callable = lambda entry, by: None


def _publish(entry, by):
    entry = _put_in_place(entry, by) if entry.replaces_id else entry
    entry.published_on = entry.published_on or timezone.localdate()
    entry.status = Status.PUBLISHED
    entry.save()
    return entry


def _put_in_place(draft, by):
    """Saves in the published entry what its new version changed, and deletes that; returns the published entry.

    What LIIA changed in the published one meanwhile stays.
    """
    live = Submission.objects.select_for_update().get(pk=draft.replaces_id)
    begun, signed, own = draft.versions.last().content, claims(draft), snapshot_of(draft)
    content, both = merged(begun, own, snapshot_of(live))
    save_version(live, by=by, why="As it was before the new version")
    asking.void(live, "A new version stands in its place")
    if cancelled := cancel_plans(live, "A new version was published", beside=False):
        record_event(live, "Plans cancelled", by=by, note=cancelled)
    for rows in (draft.sign_offs, draft.events, draft.versions, draft.plans):
        rows.update(submission=live)
    draft.doubts.update(submission=live)
    draft.delete()
    live = restore(content, live)
    if not only_hides(live, signed) and (others := differing(signed, claims(live))):
        live, both = restore(as_signed(own, content), live), list(dict.fromkeys([*both, *others]))
    asking.carry_over(live, fingerprint(signed))  # LIIA may have hidden a figure meanwhile
    if both:
        said = f"{', '.join(both)}: changed in both. The new version counts; the other is in the history."
        record_event(live, "The published text had changed too", by=by, note=said)
    return live


def _ask_authority(entry, by):
    asking.ask_everybody(entry)
    sign_off_if_complete(entry, by=by)


def _close_links(entry, by):
    asking.revoke_open(entry)


def _check_unseen(entry):
    if entry.published_on:
        raise Refused(f"Readers have seen “{entry.title}”. It can be withdrawn, and not discarded.")


STEPS = {
    "send": Step(
        "Send to the authority for sign-off",
        "Sent to the authority",
        (Status.DRAFT,),
        Status.WITH_AUTHORITY,
        check=partial(stop_at_blocks, action=SEND),
        then=_ask_authority,
    ),
    "sign-off": Step("", "Signed off by the authority", (Status.WITH_AUTHORITY,), Status.SIGNED_OFF),
    "take-back": Step(
        "Take back to draft",
        "Taken back to draft",
        (Status.WITH_AUTHORITY, Status.SIGNED_OFF),
        Status.DRAFT,
        then=_close_links,
    ),
    "void": Step("", "Sign-off void", (Status.WITH_AUTHORITY, Status.SIGNED_OFF), Status.DRAFT),
    "publish": Step(
        "Publish",
        "Published",
        (Status.SIGNED_OFF, Status.WITHDRAWN),
        Status.PUBLISHED,
        check=partial(stop_at_blocks, action=PUBLISH),
        effect=_publish,
    ),
    "withdraw": Step("Withdraw from readers", "Withdrawn", (Status.PUBLISHED,), Status.WITHDRAWN),
    "discard": Step("", "Discarded", (Status.DRAFT,), Status.DISCARDED, check=_check_unseen),
    "bring-back": Step("", "Brought back as a draft", (Status.DISCARDED,), Status.DRAFT),
    "reopen": Step("Back to draft", "Back to draft", (Status.WITHDRAWN,), Status.DRAFT),
}


@transaction.atomic
def transition(submission, action, *, by=None, note="", plan=None):
    """Takes one step (a key of STEPS) and returns the entry as it is then; Refused says in sentences why not.

    `by` is a user, or None when nobody at LIIA did it (an authority's answer, a plan). Publishing a new version gives
    back the entry it replaces. `plan`: the Plan that is carried out by this step. Effects, in one transaction:

    - the entry's status, a version and an event;
    - a step that no plan and no authority's answer took cancels every open plan of the entry; the event says so, and so
      does `cancelled` of the entry that is returned (a sentence, or "");
    - "send" asks each person whose approval is missing, by mail, and is followed by "sign-off" where none is missing;
    - "take-back" closes the links nobody has answered;
    - "publish" puts a new version in the place of the entry it replaces.
    """
    entry = Submission.objects.select_for_update().get(pk=submission.pk)
    step = STEPS[action]
    _check(entry, action)
    by_hand = plan is None and action != "sign-off"
    cancelled = cancel_plans(entry, f"{step.said} by hand") if by_hand else ""
    note = " ".join(filter(None, [note, cancelled]))
    entry = step.effect(entry, by)
    if entry.status != step.ends:
        entry.status = step.ends
        entry.save()
    save_version(entry, by=by, why=step.said)
    record_event(entry, step.said, by=by, note=note)
    step.then(entry, by)
    entry = Submission.objects.get(pk=entry.pk)
    entry.cancelled = cancelled
    return entry


def why_not(entry, action):
    """Why this step (a key of STEPS) would be refused now, in a sentence; "" if it would not."""
    try:
        _check(entry, action)
    except Refused as refusal:
        return str(refusal)
    return ""


def _check(entry, action):
    step = STEPS[action]
    if entry.status not in step.starts:
        raise Refused(_wrong_start(entry, step))
    step.check(entry)


def cancel_plans(entry, why, *, beside=True):
    """No open plan of this entry is carried out any more, nor, with `beside`, of the new version beside it. A sentence
    that names them; "" if there was none."""
    whose = Q(submission=entry) | Q(submission__replaces=entry) if beside else Q(submission=entry)
    plans = list(Plan.objects.open().filter(whose))
    Plan.objects.filter(pk__in=[plan.pk for plan in plans]).update(cancelled_at=timezone.now(), cancelled_because=why)
    return f"Cancelled, because nothing happens by itself after this: {'; '.join(map(str, plans))}." if plans else ""


def why_not_as_planned(plan):
    """A sentence that says why a plan must not be carried out: the entry is not what it was; "" if it still is."""
    entry = plan.submission
    if not plan.status_then:
        return f"“{entry.title}” was planned before plans noted what they were made for. Look at it and plan it again."
    then, now = plan.words_of_status_then, entry.get_status_display()
    if plan.status_then != entry.status:
        return f"“{entry.title}” was “{then}” when this was planned, and is “{now}” now. Nothing was done."
    if entry.replaces and not entry.replaces.is_published:
        return f"Readers do not see “{entry.replaces}” any more. It returns to them by hand alone. Nothing was done."
    if plan.fingerprint != fingerprint(claims(entry)):
        return f"The text of “{entry.title}” has changed since this was planned. Nothing was done; plan it again."
    return ""


def sign_off_if_complete(entry, *, by=None):
    """Takes the step "sign-off" of an entry that is with its authority, once no approval is missing."""
    entry = Submission.objects.get(pk=entry.pk)
    if entry.status == Status.WITH_AUTHORITY and not asking.missing(entry):
        transition(entry, "sign-off", by=by)


def record_event(entry, what, *, by=None, note=""):
    """Saves an event in the entry's story, such as an answer that came."""
    return Event.objects.create(submission=entry, title=entry.title, what=what, by=by, note=note, status=entry.status)


def steps_from(entry):
    """[(action, step)] that a person can take now; whether they succeed is said when they are tried."""
    return [(action, step) for action, step in STEPS.items() if step.label and entry.status in step.starts]


def void_if_changed(entry, before, *, by=None):
    """To be called after an edit of an entry that is not published, with the `claims` before it. If a claim changed:

    - every sign-off is void, and an entry that was sent is a draft again;
    - its plans are cancelled;
    - `entry.consequence` says in a sentence, for the person who edited, what was changed and who must be asked again.

    Hiding a figure asks nobody: readers learn less, and nothing that was not signed.
    """
    entry.consequence = ""
    changed = differing(before, claims(entry))
    if not changed:
        return
    if only_hides(entry, before):
        asking.carry_over(entry, fingerprint(before))
        return
    why = f"{', '.join(changed)} changed on {timezone.localdate():%-d %B %Y}"
    again, cancelled = asking.void(entry, why), cancel_plans(entry, why)
    if entry.status in STEPS["void"].starts:
        note = f"{why}. Whoever had signed off will be asked again. {cancelled}".strip()
        entry.status = transition(entry, "void", by=by, note=note).status
    elif cancelled:
        record_event(entry, "Plans cancelled", by=by, note=cancelled)
    entry.consequence = " ".join(filter(None, [_consequence(changed, again), cancelled]))


def why_no_new_figure(figure):
    """Why this figure cannot be confirmed where readers see its entry, in a sentence; "" if it can. What people have
    signed by name is shown to readers with the figures that these people were shown, and no more."""
    entry = figure.submission
    if figure.is_confirmed or not entry.is_published or not asking.signed_by_name(entry):
        return ""
    return (
        f"“{figure.figure}” was not confirmed: readers see “{entry.title}”, and nobody who signed it off was shown "
        "this figure. Begin a new version, confirm the figure there, and send it to the authority."
    )


def apply_decided_figures(entry, before, *, by=None):
    """To be called after figures were decided or reworded outside their entry's form, with the `claims` before it. Of
    a published entry that holds at once: the sentences of its figures are in the text that was signed off."""
    entry.consequence = ""
    if entry.is_published:
        asking.carry_over(entry, fingerprint(before))
    else:
        void_if_changed(entry, before, by=by)


def _consequence(changed, again):
    if not again:
        return ""
    what = in_a_sentence([field.in_words for field in SIGNED if field.label in changed])
    people = in_a_sentence(dict.fromkeys(sign_off.who_in_full for sign_off in again))
    return f"You changed {what}, so {people} must be asked again; it was saved, not published."


def _wrong_start(entry, step):
    starts = " or ".join(f"“{Status(start).label}”" for start in step.starts)
    return f"“{entry.title}” stands at “{entry.get_status_display()}”; only from {starts} can it be “{step.said}”."


@transaction.atomic
def discard(draft, *, by=None):
    """Puts a draft aside that nobody needs, and returns the entry to go on with.

    - A draft of its own leaves the lists and counts; the step "bring-back" makes it a draft again.
    - A new version is deleted. Its story, its texts and its doubts become the published entry's: from there any of the
      texts can be put back. Its sign-offs are void.
    """
    entry = Submission.objects.select_for_update().get(pk=draft.pk)
    _check(entry, "discard")
    if not entry.replaces_id:
        return transition(entry, "discard", by=by)
    live = Submission.objects.select_for_update().get(pk=entry.replaces_id)
    save_version(entry, by=by, why="The new version as it was discarded")
    asking.void(entry, "The new version was discarded")
    for rows in (entry.sign_offs, entry.events, entry.versions, entry.doubts):
        rows.update(submission=live)
    entry.delete()
    save_version(live, by=by, why="As readers see it; the new version was discarded")
    record_event(live, "New version discarded", by=by)
    return Submission.objects.get(pk=live.pk)
