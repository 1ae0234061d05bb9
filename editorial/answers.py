"""What people of the authority answered, however the answer came; with the last approval the entry is signed off.

Also the sign-off that a published page states: recorded when a catalogue is loaded, with each entry's first version.
"""

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from editorial import asking
from editorial.claims import claims, fingerprint
from editorial.failures import Refused, apart
from editorial.models import LinkProblem, Signatory, SignOff
from editorial.models.sign_off import Role
from editorial.outbox import post
from editorial.versions import save_version
from editorial.workflow import record_event, sign_off_if_complete, transition
from submissions.models import Submission
from submissions.sharing.addresses import absolute


@transaction.atomic
def record_answer(sign_off, answer, *, note="", by=None):
    """Records an answer (a value of SignOff.Answer). `by`: who at LIIA recorded it, if the person did not.

    - The answer, its day and the note are saved, and the story of the entry has an event.
    - With the last approval the entry is signed off.
    - LIIA gets a mail when the last person of an authority has answered.

    A LinkProblem if the question is no longer open, or the text is not the one that was asked about.
    """
    entry = Submission.objects.select_for_update().get(pk=sign_off.submission_id)
    _check_open(sign_off, entry)
    sign_off.answer, sign_off.note, sign_off.answered_at, sign_off.recorded_by = answer, note, timezone.now(), by
    sign_off.save()
    said = f"{sign_off.get_answer_display()}: {sign_off.get_role_display()} of {sign_off.borough}"
    record_event(entry, said, by=by, note=note)
    with apart("to sign off", entry):  # the answer is theirs, whatever comes of it
        sign_off_if_complete(entry, by=by)
    if by is None:
        with apart("the mail to LIIA about an answer", entry):
            _write_to_liia(entry, sign_off.borough)


def _write_to_liia(entry, borough):
    """One mail to LIIA when the last person of an authority has answered, with what each of them said."""
    last = {sign_off.role: sign_off for sign_off in entry.sign_offs.filter(borough=borough).order_by("pk")}
    if settings.LIIA_EMAIL and all(sign_off.answer for sign_off in last.values()):
        context = {
            "entry": entry,
            "borough": borough,
            "answers": [last[role] for role in Role.values if role in last],
            "link": absolute(reverse("admin:entry_sign_off", args=[entry.pk])),
        }
        post(settings.LIIA_EMAIL, f"{borough} has answered: “{entry.title}”"[:200], "sign_off_answered", context)


def _check_open(sign_off, entry):
    """LinkProblem if the question was answered, taken back, or is about another text by now."""
    if sign_off.pk and (problem := SignOff.objects.select_for_update().get(pk=sign_off.pk).link_problem):
        raise LinkProblem(problem)
    if sign_off.fingerprint != fingerprint(claims(entry)):
        raise LinkProblem("revoked")


@transaction.atomic
def record_letter_approval(entry, borough, role, *, note, by):
    """Records an approval that came by letter or by a call, as `note` says. Returns the SignOff."""
    person = Signatory.objects.filter(borough=borough, role=role).first()
    text = claims(entry)
    asking.revoke_earlier(entry, borough, role)
    sign_off = SignOff(
        submission=entry,
        borough=borough,
        role=role,
        name=person.name if person else "",
        basis=SignOff.Basis.RECORDED,
        fingerprint=fingerprint(text),
        claims=text,
    )
    record_answer(sign_off, SignOff.Answer.APPROVED, note=note, by=by)
    return sign_off


@transaction.atomic
def ask_after_correction(sign_off, *, by, reason=""):
    """Asks again a person who approved with a correction, once LIIA has corrected or says in `reason` why not. Returns
    the question that goes out.

    - That the correction was made is saved, and the story of the entry has an event.
    - The person is shown what changed, by a mail with a link; only the answer to that counts.
    - An entry that the change made a draft again is sent to its authority: everybody else is shown the difference.

    Refused: while nothing changed and no reason is given, and where the entry cannot be sent.
    """
    entry = Submission.objects.select_for_update().get(pk=sign_off.submission_id)
    sign_off = _still_wanting(entry, sign_off)
    reason = reason.strip()
    if sign_off.fingerprint == fingerprint(claims(entry)) and not reason:
        who = f"{sign_off.who} of {sign_off.borough}"
        raise Refused(f"Nothing has changed in the text since {who} asked. Correct it, or say why not.")
    sign_off.correction_made_at, sign_off.correction_reason = timezone.now(), reason
    sign_off.save(update_fields=["correction_made_at", "correction_reason"])
    record_event(entry, f"Correction made, as asked by {sign_off.borough}"[:300], by=by, note=reason or sign_off.note)
    if entry.status == Submission.Status.DRAFT:
        entry = transition(entry, "send", by=by)
    elif entry.status == Submission.Status.WITH_AUTHORITY:
        asking.ask(entry, sign_off.borough, sign_off.role)
    else:
        raise Refused(f"“{entry.title}” is “{entry.get_status_display()}”: nobody can be asked about it.")
    return entry.sign_offs.standing().get(borough=sign_off.borough, role=sign_off.role)


def _still_wanting(entry, sign_off):
    found = SignOff.objects.filter(submission=entry).wanting_correction().filter(pk=sign_off.pk).first()
    if found is None:
        raise Refused("This correction has been dealt with already, or another answer came since.")
    return found


@transaction.atomic
def undo_correction(question, *, by):
    """Revokes the question that `ask_after_correction` asked, unless it is answered: the correction waits for LIIA."""
    entry = Submission.objects.select_for_update().get(pk=question.submission_id)
    question = entry.sign_offs.standing().filter(pk=question.pk, answer="").first()
    asked_for = question and question.asked_for
    if not asked_for or not asked_for.correction_made_at:
        raise Refused("There is nothing to undo: the question has been answered, or was taken back.")
    question.revoke()
    asked_for.correction_made_at, asked_for.correction_reason = None, ""
    if not asked_for.voided_at:
        asked_for.revoked_at = None  # its text is still the present one: the answer is this person's last word again
    asked_for.save(update_fields=["correction_made_at", "correction_reason", "revoked_at"])
    record_event(entry, f"Correction not made after all: {asked_for.borough} is not asked"[:300], by=by)


def record_page_sign_off(entry, statement):
    """Records that the authorities signed the entry off before publication, as LIIA's own page says in `statement`.

    The page names neither the people nor the day, so neither is stored.
    """
    text = claims(entry)
    stated = {"basis": SignOff.Basis.PAGE, "answer": SignOff.Answer.APPROVED, "note": statement}
    bound = {"fingerprint": fingerprint(text), "claims": text}
    SignOff.objects.bulk_create(
        SignOff(submission=entry, borough=borough, role=role, **stated, **bound)
        for borough, role in asking.wanted(entry)
    )


LOADED = "As loaded from the published page"


def begin_stories():
    """Saves a first version of each published entry of a loaded catalogue, and the sign-off that its page states.

    Whatever is changed later can be compared with what was loaded, and put back."""
    for entry in Submission.objects.published().prefetch_related("categories", "boroughs"):
        save_version(entry, why=LOADED)
        if statement := next((category.sign_off for category in entry.categories.all() if category.sign_off), ""):
            record_page_sign_off(entry, statement)
            record_event(entry, "Signed off before publication, as the published page states", note=statement)
    call_command("populate_history", auto=True, verbosity=0)
