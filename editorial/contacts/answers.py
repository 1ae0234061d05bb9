"""What people answer through the links in our mails. Each answer is one transaction; a link answers once."""

from django.db import transaction
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.asking import ask_new_address, ask_successor
from editorial.contacts.replacing import merge, replace
from editorial.models import ContactCheck, HandOver, LinkProblem

Answer = ContactCheck.Answer
BY_MAIL = "Through the link in a mail"


@transaction.atomic
def still_me(check):
    contact = _answered(check, Answer.STILL_ME)
    contact.confirm(timezone.localdate())


@transaction.atomic
def changed(check, name, role, email):
    """Name and role count at once, a new address when it is confirmed from there. True if one has been asked."""
    contact = _answered(check, Answer.CHANGED)
    contact.name, contact.role, contact.silent_since = name, role, None
    if email.casefold() == contact.email.casefold():
        contact.confirm(timezone.localdate())
        return False
    contact.save()
    ask_new_address(contact, email)
    return True


@transaction.atomic
def handed_over(check, name, role, email):
    """The present contact stands until the successor accepts, but is confirmed no longer."""
    contact = _answered(check, Answer.HANDED_OVER)
    contact.confirmed_on = None
    contact.save()
    ask_successor(contact, name, role, email)


@transaction.atomic
def gone(check):
    """No longer the contact, and nobody is named: readers are sent to LIIA from now on."""
    _no_longer_here(_answered(check, Answer.GONE))


@transaction.atomic
def no_more(link):
    """No more mails of this kind to this contact. Asked twice, the first day stands."""
    contact = Contact.objects.select_for_update().get(pk=link.contact_id)
    if not contact.no_checks_since:
        contact.no_checks_since = timezone.localdate()
        _say(contact).save()


@transaction.atomic
def address_confirmed(asked):
    """The new address stands on every entry. If it is another contact's already, both are the same person."""
    contact = _opened_once(asked)
    other = Contact.objects.filter(email__iexact=asked.email).exclude(pk=contact.pk).first()
    if other:
        other.name, other.role = contact.name, contact.role
        merge(other, [contact])
    else:
        contact.email = asked.email
        contact.address_changed()
    _say(other or contact).confirm(timezone.localdate())


@transaction.atomic
def accepted(hand_over, name, role):
    """The successor stands on every entry of the predecessor, who stands on none."""
    predecessor = _opened_once(hand_over, HandOver.Answer.ACCEPTED)
    successor = known_at(hand_over.email) or Contact(email=hand_over.email)
    successor.name, successor.role = name, role
    _say(successor).confirm(timezone.localdate())
    replace(predecessor, successor, f"Handed over by {predecessor.name}, accepted by {successor.name}")
    return successor


def known_at(email):
    """The contact with this address, in capitals or not; None if there is none yet."""
    return Contact.objects.filter(email__iexact=email).first()


@transaction.atomic
def declined(hand_over):
    """Nobody is left to call: readers are sent to LIIA, who looks for somebody."""
    _no_longer_here(_opened_once(hand_over, HandOver.Answer.DECLINED))


def _no_longer_here(contact):
    contact.confirmed_on, contact.silent_since = None, timezone.localdate()
    contact.save()


def _answered(check, answer):
    """Writes the answer down, for the reminder and its first mail alike; the contact, to be changed and saved.

    A successor named in an earlier answer is asked no more.
    """
    contact = _opened_once(check, answer)
    contact.checks.unanswered().update(answered_at=timezone.now(), answer=answer)
    contact.hand_overs.take_back()
    return contact


def _opened_once(question, answer=None):
    """Marks the question as answered, unless it was while its page stood open (then a LinkProblem)."""
    question = type(question).objects.select_for_update().get(pk=question.pk)
    if question.link_problem:
        raise LinkProblem(question.link_problem)
    question.answered_at = timezone.now()
    if answer:
        question.answer = answer
    question.save()
    return _say(Contact.objects.select_for_update().get(pk=question.contact_id))


def _say(contact):
    """The history of the next save says how it came, since nobody has signed in."""
    contact._change_reason = BY_MAIL
    return contact
