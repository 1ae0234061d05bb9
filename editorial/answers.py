"""What a person of the authority answered, however the answer came; with the last approval the entry is signed off."""

from django.db import transaction
from django.utils import timezone

from editorial import asking
from editorial.claims import claims, fingerprint
from editorial.models import LinkProblem, Signatory, SignOff
from editorial.workflow import record, sign_off_if_complete
from submissions.models import Submission


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
    sign_off_if_complete(entry, by)


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
def correction_made(sign_off, by):
    """LIIA has made the correction that an approval asked for, and no claim changed by it: now the approval counts."""
    sign_off.correction_made_at = timezone.now()
    sign_off.save()
    record(sign_off.submission, f"Correction made, as asked by {sign_off.borough}", by, sign_off.note)
    sign_off_if_complete(sign_off.submission, by)


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
