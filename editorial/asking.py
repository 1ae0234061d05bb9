"""Asking the two people of each authority to sign off one exact text, and what their answers add up to."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from editorial.claims import claims, fingerprint
from editorial.failures import Refused
from editorial.models import Signatory, SignOff
from editorial.models.sign_off import Role
from editorial.outbox import PLACEHOLDER, post
from spotlight.desk.diff_and_merge import compared, differing
from submissions.models import Submission
from submissions.sharing.addresses import absolute

DAYS_OPEN = 30
REMIND_AFTER = (10, 20)  # days since the question was asked
PAUSE = timedelta(days=5)  # after any reminder, before the next goes out by itself


def ask_everybody(entry):
    """Mails a link to each person whose approval is still missing; who approved this very text is not asked.

    All of them are known: `editorial.checklist` has seen to that.
    """
    text = claims(entry)
    for borough, role in lacking(entry, text):
        ask(entry, borough, role, text)


def ask(entry, borough, role, text=None):
    """Asks one person about the present text, and returns the question. Refused where nobody can be asked.

    - What counted as that person's answer until now is revoked.
    - The question is saved, and mailed with its link; who was asked before is shown what changed.
    """
    person = Signatory.objects.filter(borough=borough, role=role).first()
    if person is None:
        raise Refused(
            f"Nobody is written down as {Role(role).label} of {borough}. Add that person under “Signatories”."
        )
    if person.at_desk:
        raise Refused(person.at_desk)
    text = claims(entry) if text is None else text
    follows = _last_seen_by(person, entry)
    revoke_earlier(entry, borough, role)
    sign_off = SignOff(
        submission=entry,
        borough=borough,
        role=role,
        name=person.name,
        email=person.email,
        fingerprint=fingerprint(text),
        claims=text,
        follows=follows,
    )
    mail_link(sign_off, "sign_off")
    return sign_off


def _last_seen_by(person, entry):
    """What this person last answered about the entry, or about the one that readers see; else what it was last asked.

    An answer of somebody who held the role before is none of this person's.
    """
    hers = Q(email__iexact=person.email) | Q(basis=SignOff.Basis.RECORDED, name=person.name)
    asked = SignOff.objects.filter(hers, borough=person.borough, role=person.role)
    about = asked.filter(submission__in=[pk for pk in (entry.pk, entry.replaces_id) if pk])
    return about.exclude(answer="").order_by("-answered_at", "-pk").first() or about.order_by("-pk").first()


def revoke_earlier(entry, borough, role):
    """Revokes what counted as this person's question or answer until now."""
    entry.sign_offs.standing().filter(borough=borough, role=role).update(revoked_at=timezone.now())


def mail_link(sign_off, template):
    """Saves a new link for this question, and mails it. The link sent before opens nothing any more."""
    sign_off.open_link(DAYS_OPEN)
    sign_off.save()
    entry = sign_off.submission
    context = {
        "sign_off": sign_off,
        "entry": entry,
        "link": absolute(reverse("sign_off", args=[PLACEHOLDER])),
        "changed": differing(sign_off.follows.claims, sign_off.claims) if sign_off.follows else [],
    }
    subject = f"Please sign off “{entry.title}” for Practice Spotlight"
    if sign_off.asked_for:
        subject = f"You asked for a correction in “{entry.title}”. Is it right?"
    elif sign_off.follows:
        subject = f"“{entry.title}” has changed: please sign it off again"
    if sign_off.reminded_at:
        subject = f"Reminder: {subject[0].lower()}{subject[1:]}"
    post(sign_off.email, subject, template, context, secret_of=sign_off)


def text_in_question(sign_off):
    """What a person is asked to sign: the claims, and how they differ from what that person saw before; for somebody
    who has seen none of it, from what readers see now, if they see any."""
    text, follows, live = sign_off.claims, sign_off.follows, sign_off.submission.replaces
    before = follows.claims if follows else claims(live) if live else None
    return {
        "claims": text,
        "live": live,
        "follows": follows,
        "asked_for": sign_off.asked_for,
        "differences": compared(before, text) if before is not None else [],
    }


@transaction.atomic
def remind(sign_off):
    """Mails the same question with a new link. Where somebody else holds the role by now, that person is asked."""
    if not sign_off.is_with_signatory:
        ask(sign_off.submission, sign_off.borough, sign_off.role)
        return
    sign_off.reminded_at = timezone.now()
    mail_link(sign_off, "sign_off")


def to_remind():
    """The questions for which a reminder is due today, those asked first first."""
    now = timezone.now()
    due = Q(pk__in=[])
    for number, days in enumerate(REMIND_AFTER):
        due |= Q(reminders=number, asked_at__lte=now - timedelta(days=days))
    rested = Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - PAUSE)
    waiting = SignOff.objects.standing().filter(answer="", submission__status=Submission.Status.WITH_AUTHORITY)
    return waiting.filter(due, rested).select_related("submission", "borough").order_by("asked_at", "pk")


def remind_as_due(sign_off):
    """Sends the reminder that is due, and returns a sentence. Who missed one in time is sent one mail, not two."""
    age = timezone.now() - sign_off.asked_at
    sign_off.reminders = sum(age >= timedelta(days=days) for days in REMIND_AFTER)
    remind(sign_off)
    return f"Reminded: {sign_off.who} of {sign_off.borough}, “{sign_off.submission}”"


def missing(entry):
    """A sentence part for each approval that this very text still lacks; [] means signed off."""
    return [_how_it_lacks(entry, *pair) for pair in lacking(entry)]


def standing_of(pks):
    """{pk: the standing sign-offs of the entry}. One query."""
    found = {pk: [] for pk in pks}
    for sign_off in SignOff.objects.standing().filter(submission__in=pks):
        found[sign_off.submission_id].append(sign_off)
    return found


def signed_off_on(entry, standing=None):
    """(whether every authority has signed off this very text, the day of the last answer or None). `standing`: its
    standing sign-offs, where they were read already.

    The day is None where the published page states the sign-off without a date.
    """
    standing = standing_of([entry.pk])[entry.pk] if standing is None else standing
    if not standing or lacking(entry, standing=standing):
        return False, None
    return True, max((sign_off.answered_at for sign_off in standing if sign_off.answered_at), default=None)


def revoke_open(entry):
    """Revokes the links that nobody has answered."""
    entry.sign_offs.standing().filter(answer="").update(revoked_at=timezone.now())


def void(entry, why):
    """Makes every answer and open link of the entry void. Returns the sign-offs that were good until now, or waited for
    their answer: those people are to be asked again."""
    before = good(entry)
    entry.sign_offs.standing().update(voided_at=timezone.now(), revoked_at=timezone.now(), void_because=why[:500])
    return before


def signed_by_name(entry):
    """Whether a person has approved this entry, and not only LIIA's own page says that the authority did."""
    standing = entry.sign_offs.standing().exclude(basis=SignOff.Basis.PAGE)
    return standing.filter(answer=SignOff.Answer.APPROVED).exists()


def good(entry):
    """The sign-offs that a change of the text would make void, but for refusals: approvals, and open questions."""
    standing = entry.sign_offs.standing().select_related("borough")
    return [sign_off for sign_off in standing if sign_off.is_approval or not sign_off.answer]


def carry_over(entry, before):
    """Binds sign-offs and plans of the text with the fingerprint `before` to the present one: somebody's words were
    withdrawn at that person's wish, or put back, or a figure hidden, and nothing else changed."""
    text = claims(entry)
    entry.sign_offs.standing().filter(fingerprint=before).update(fingerprint=fingerprint(text), claims=text)
    entry.plans.open().filter(fingerprint=before).update(fingerprint=fingerprint(text))


def wanted(entry):
    """[(borough, role)] whose approval an entry needs: two people of each of its authorities."""
    return [(borough, role) for borough in entry.boroughs.all() for role in Role.values]


def lacking(entry, text=None, standing=None):
    """The (borough, role) whose approval of this very text is wanted and not there."""
    text = claims(entry) if text is None else text
    standing = entry.sign_offs.standing() if standing is None else standing
    bound = fingerprint(text)
    approved = {(s.borough_id, s.role) for s in standing if s.fingerprint == bound and s.is_approval}
    return [(borough, role) for borough, role in wanted(entry) if (borough.pk, role) not in approved]


def _how_it_lacks(entry, borough, role):
    last = entry.sign_offs.filter(borough=borough, role=role).order_by("-asked_at").first()
    standing = last.where_it_stands if last else "not asked yet"
    return f"{Role(role).label} of {borough} ({standing[0].lower()}{standing[1:]})"
