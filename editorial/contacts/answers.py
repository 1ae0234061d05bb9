"""What people answer through the links in our mails. Each answer is one transaction; a link answers once."""

from django.db import transaction
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.asking import ask_new_address, ask_successor
from editorial.contacts.looking import is_one_person, is_own_address, own_domains
from editorial.contacts.replacing import merge, replace
from editorial.models import ContactCheck, HandOver, LinkProblem
from editorial.refusal import Refused

Answer = ContactCheck.Answer
BY_MAIL = "Through the link in a mail"


@transaction.atomic
def still_me(check):
    contact = _answered(check, Answer.STILL_ME)
    contact.confirm(timezone.localdate())


@transaction.atomic
def changed(check, name, role, email):
    """Name and role count at once, a new address when it is confirmed from there. Returns what was done: "changed",
    "new-address", or, for a name that is another person's, "hand-over" (that address is asked) or "held" (for LIIA)."""
    contact = _answered(check, Answer.CHANGED)
    same_address = email.casefold() == contact.email.casefold()
    if not is_one_person(contact.name, name):
        return _to_somebody_else(contact, name, role, "" if same_address else email)
    contact.name, contact.role, contact.silent_since = name, role, None
    if same_address:
        contact.confirm(timezone.localdate())
        return "changed"
    contact.save()
    ask_new_address(contact, email)
    return "new-address"


def _to_somebody_else(contact, name, role, email):
    """A changed name that is nobody's known so far is a hand-over, whatever the form was called."""
    contact.confirmed_on = None
    contact.save()
    if email:
        ask_successor(contact, name, role, email)
        return "hand-over"
    offer = HandOver(contact=contact, name=name, role=role, email=contact.email, address_then=contact.email)
    offer.answer, offer.answered_at = HandOver.Answer.ACCEPTED, timezone.now()
    _hold(offer, f"{name} is another name than {contact.name}, at the same address.")
    return "held"


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
    """The new address stands on every entry, once LIIA has looked where it is none of the authority's own. True if it
    does now."""
    contact = _opened_once(asked)
    return _unless_outside(contact, type(asked).objects.get(pk=asked.pk), use_new_address)


@transaction.atomic
def accepted(hand_over, name, role):
    """The successor stands on every entry of the predecessor, who stands on none, once LIIA has looked where the
    address is none of the authority's own. True if that is so now."""
    predecessor = _opened_once(hand_over, HandOver.Answer.ACCEPTED)
    offer = HandOver.objects.get(pk=hand_over.pk)
    offer.name, offer.role = name, role
    offer.save(update_fields=["name", "role"])
    return _unless_outside(predecessor, offer, put_successor)


def _unless_outside(contact, question, do):
    if is_own_address(contact, question.email):
        do(question)
        return True
    domains = ", ".join(own_domains(contact)) or "none is known"
    _hold(question, f"{question.email} is no address of the authority’s own ({domains}).")
    return False


def _hold(question, because):
    """Readers see nothing of it until somebody at LIIA has looked."""
    question.held_since, question.held_because = timezone.now(), because[:300]
    question.save()


@transaction.atomic
def let_through(question, by):
    """LIIA has looked at an answer that was held: it counts now."""
    question = _decided(question, by)
    (put_successor if isinstance(question, HandOver) else use_new_address)(question)


@transaction.atomic
def turn_down(question, by):
    """LIIA does not take the answer over. The contact has said that she is no longer there: readers go to LIIA."""
    question = _decided(question, by)
    question.revoke()
    _no_longer_here(Contact.objects.select_for_update().get(pk=question.contact_id))


def _decided(question, by):
    """Claims the question for this decision; Refused if it was decided, dropped or overtaken before."""
    rows = type(question).objects.filter(pk=question.pk)
    undecided = rows.filter(decided_at__isnull=True, revoked_at__isnull=True)
    if not rows.held().exists() or not undecided.update(decided_at=timezone.now(), decided_by=by):
        raise Refused("This has been decided already, or something else was answered since.")
    return type(question).objects.select_related("contact").get(pk=question.pk)


def use_new_address(asked):
    """The new address on every entry. If it is another contact's already, both are the same person."""
    contact = _say(Contact.objects.select_for_update().get(pk=asked.contact_id))
    other = Contact.objects.filter(email__iexact=asked.email).exclude(pk=contact.pk).first()
    if other:
        other.name, other.role = contact.name, contact.role
        merge(other, [contact])
    else:
        contact.email = asked.email
        contact.address_changed()
    _say(other or contact).confirm(timezone.localdate())


def put_successor(offer):
    """The successor on every entry of the predecessor. At that person's own address the record gets the new name."""
    predecessor = _say(Contact.objects.select_for_update().get(pk=offer.contact_id))
    before = predecessor.name
    successor = known_at(offer.email) or Contact(email=offer.email)
    successor.name, successor.role = offer.name, offer.role
    _say(successor).confirm(timezone.localdate())
    if successor.pk != predecessor.pk:
        replace(predecessor, successor, f"Handed over by {before}, accepted by {successor.name}")


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
