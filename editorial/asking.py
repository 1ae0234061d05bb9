"""Asking the two people of each authority to sign off one exact text, and what their answers add up to."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from editorial.claims import claims, fingerprint
from editorial.differences import compared
from editorial.models import Signatory, SignOff
from editorial.models.sign_off import Role
from editorial.outbox import post
from editorial.refusal import Refused
from submissions.sharing.addresses import absolute

DAYS_OPEN = 30


def ask_everybody(entry):
    """A mail with a link to each person whose approval is still missing; whoever approved this very text is not asked.

    Refused names whom LIIA must write down first.
    """
    text = claims(entry)
    for person in [_signatory(*pair) for pair in lacking(entry, text)]:  # all are known before the first is asked
        make_room(entry, person.borough, person.role)
        _ask(entry, person, text)


def _signatory(borough, role):
    person = Signatory.objects.filter(borough=borough, role=role).first()
    if person is None:
        raise Refused(
            f"Nobody is written down as {Role(role).label} of {borough}. Add that person under “Signatories”, "
            "then send the entry again."
        )
    return person


def _ask(entry, person, text):
    sign_off = SignOff(
        submission=entry,
        borough=person.borough,
        role=person.role,
        name=person.name,
        email=person.email,
        fingerprint=fingerprint(text),
        claims=text,
    )
    mail_link(sign_off, "sign_off")


def make_room(entry, borough, role):
    """Whatever stood for this person's answer until now is put aside."""
    entry.sign_offs.standing().filter(borough=borough, role=role).update(revoked_at=timezone.now())


def mail_link(sign_off, template):
    """A new link for this question, by mail. The link sent before opens nothing any more."""
    secret = sign_off.new_secret(DAYS_OPEN)
    sign_off.save()
    context = {
        "sign_off": sign_off,
        "entry": sign_off.submission,
        "link": absolute(reverse("sign_off", args=[secret])),
    }
    subject = f"Please sign off “{sign_off.submission.title}” for Practice Spotlight"[:200]
    post(sign_off.email, subject, template, context)


def text_in_question(entry):
    """What a person is asked to sign: the claims, and how they differ from what readers see now, if they see any."""
    text, live = claims(entry), entry.replaces
    return {"claims": text, "live": live, "differences": compared(claims(live), text) if live else []}


@transaction.atomic
def remind(sign_off):
    """The same question again, with a new link."""
    sign_off.reminded_at = timezone.now()
    mail_link(sign_off, "sign_off")


def missing(entry):
    """A sentence part for each approval that this very text still lacks; [] means signed off."""
    return [_how_it_lacks(entry, *pair) for pair in lacking(entry)]


def signed_off_on(entry):
    """(whether every authority has signed off this very text, the day of the last answer or None).

    The day is None where the published page states the sign-off without a date.
    """
    standing = list(entry.sign_offs.standing())
    if not standing or lacking(entry, standing=standing):
        return False, None
    return True, max((sign_off.answered_at for sign_off in standing if sign_off.answered_at), default=None)


def revoke_open(entry):
    """Links that nobody has answered open nothing from now on."""
    entry.sign_offs.standing().filter(answer="").update(revoked_at=timezone.now())


def void(entry, why):
    """No answer to an earlier text counts any more, and no link to it opens."""
    entry.sign_offs.standing().update(voided_at=timezone.now(), revoked_at=timezone.now(), void_because=why[:500])


def carry_over(entry, before):
    """Sign-offs of the text with the fingerprint `before` hold for the present one: somebody's words were taken down
    at that person's wish, or put back, and nothing else changed."""
    text = claims(entry)
    entry.sign_offs.standing().filter(fingerprint=before).update(fingerprint=fingerprint(text), claims=text)


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
