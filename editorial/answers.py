"""What a person of the authority answered, however the answer came; with the last approval the entry is signed off."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from editorial import asking
from editorial.claims import claims, fingerprint
from editorial.failures import apart
from editorial.models import LinkProblem, Signatory, SignOff
from editorial.models.sign_off import Role
from editorial.outbox import post
from editorial.refusal import Refused
from editorial.workflow import record, sign_off_if_complete, transition
from submissions.models import Submission
from submissions.sharing.addresses import absolute


@transaction.atomic
def answered(sign_off, answer, note="", by=None):
    """Keeps the answer (a value of SignOff.Answer), the day and the note. `by`: who at LIIA wrote it down.

    A LinkProblem if the question is no longer open, or the text is not the one that was asked about.
    """
    entry = Submission.objects.select_for_update().get(pk=sign_off.submission_id)
    _check(sign_off, entry)
    sign_off.answer, sign_off.note, sign_off.answered_at, sign_off.recorded_by = answer, note, timezone.now(), by
    sign_off.save()
    said = f"{sign_off.get_answer_display()}: {sign_off.get_role_display()} of {sign_off.borough}"
    record(entry, said, by, note)
    with apart("to sign off", entry):  # the answer is theirs, whatever comes of it
        sign_off_if_complete(entry, by)
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


def _check(sign_off, entry):
    """LinkProblem if the question was answered, taken back, or is about another text by now."""
    if sign_off.pk and (problem := SignOff.objects.select_for_update().get(pk=sign_off.pk).link_problem):
        raise LinkProblem(problem)
    if sign_off.fingerprint != fingerprint(claims(entry)):
        raise LinkProblem("revoked")


@transaction.atomic
def recorded(entry, borough, role, note, by):
    """An approval that reached LIIA in another way, a letter or a call, as `by` writes it down; `note` says how."""
    person = Signatory.objects.filter(borough=borough, role=role).first()
    text = claims(entry)
    asking.make_room(entry, borough, role)
    sign_off = SignOff(
        submission=entry,
        borough=borough,
        role=role,
        name=person.name if person else "",
        basis=SignOff.Basis.RECORDED,
        fingerprint=fingerprint(text),
        claims=text,
    )
    answered(sign_off, SignOff.Answer.APPROVED, note, by)
    return sign_off


@transaction.atomic
def correction_made(sign_off, by, *, reason=""):
    """LIIA has done what an approval with a correction asked for, or says in `reason` why not. Returns the question
    that goes out.

    That settles nothing: the person who asked is shown what changed and asked again, and only that answer counts. An
    entry that the change made a draft again goes back to its authority, and everybody else is shown the difference.
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
    record(entry, f"Correction made, as asked by {sign_off.borough}"[:300], by, reason or sign_off.note)
    if entry.status == Submission.Status.DRAFT:
        entry = transition(entry, "send", by)
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
def undo_correction(question, by):
    """Takes the question back that `correction_made` asked, unless it is answered: the correction waits for LIIA."""
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
    record(entry, f"Correction not made after all: {asked_for.borough} is not asked"[:300], by)


def as_the_page_states(entry, statement):
    """Records that the authorities signed the entry off before publication, as LIIA's own page says in `statement`.

    The page names neither the people nor the day, so neither is kept.
    """
    text = claims(entry)
    stated = {"basis": SignOff.Basis.PAGE, "answer": SignOff.Answer.APPROVED, "note": statement}
    bound = {"fingerprint": fingerprint(text), "claims": text}
    SignOff.objects.bulk_create(
        SignOff(submission=entry, borough=borough, role=role, **stated, **bound)
        for borough, role in asking.wanted(entry)
    )
