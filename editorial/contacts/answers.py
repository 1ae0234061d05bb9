"""What people answer through the links in our mails. Each answer is one transaction; a link answers once.

What an answer can change by itself, and where somebody at LIIA has to look first, is decided here too.
"""

import re
from difflib import SequenceMatcher

from django.db import transaction
from django.utils import timezone

from boroughs.models import Borough, Contact
from editorial.contacts.questions import ask_new_address, ask_successor, merge, replace
from editorial.failures import Refused
from editorial.models import ContactCheck, HandOver, LinkProblem

Answer = ContactCheck.Answer
BY_MAIL = "Through the link in a mail"


@transaction.atomic
def confirm_contact(check):
    """Saves that name, role and address are right, today."""
    contact = _record_answer(check, Answer.STILL_ME)
    contact.confirm(timezone.localdate())


@transaction.atomic
def change_details(check, name, role, email):
    """Changes the contact as the form says, and returns what was done.

    - "changed": name and role are saved and confirmed.
    - "new-address": they are saved, and a mail asks at the new address, which counts once it is confirmed from there.
    - "hand-over": the name is another person's, so a mail asks that person; nobody is confirmed until then.
    - "held": the same at the present address, which waits for LIIA.
    """
    contact = _record_answer(check, Answer.CHANGED)
    same_address = email.casefold() == contact.email.casefold()
    if not is_one_person(contact.name, name):
        return _ask_successor_by_name(contact, name, role, "" if same_address else email)
    contact.name, contact.role, contact.silent_since = name, role, None
    if same_address:
        contact.confirm(timezone.localdate())
        return "changed"
    contact.save()
    ask_new_address(contact, email)
    return "new-address"


def _ask_successor_by_name(contact, name, role, email):
    """A name that is not the contact's own is a hand-over, whatever the form was called. Returns what was done."""
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
def hand_over(check, name, role, email):
    """Hands over to somebody else, once that person accepts.

    - The present contact stays on every entry until then, and is confirmed no longer.
    - The successor is asked by mail; anybody named earlier is asked no more.
    """
    contact = _record_answer(check, Answer.HANDED_OVER)
    contact.confirmed_on = None
    contact.save()
    ask_successor(contact, name, role, email)


@transaction.atomic
def report_gone(check):
    """Saves that this is no longer the contact, and nobody is named: readers are sent to LIIA from now on."""
    _send_readers_away(_record_answer(check, Answer.GONE))


@transaction.atomic
def stop_mails(link):
    """Saves that the contact wants no more mails of this kind. Asked twice, the first day counts."""
    contact = Contact.objects.select_for_update().get(pk=link.contact_id)
    if not contact.no_checks_since:
        contact.no_checks_since = timezone.localdate()
        _with_change_reason(contact).save()


@transaction.atomic
def confirm_new_address(asked):
    """Puts the new address on every entry, or holds it for LIIA where it is none of the authority's own. True if
    readers see it now."""
    contact = _close_question(asked)
    return _apply_or_hold(contact, type(asked).objects.get(pk=asked.pk), use_new_address)


@transaction.atomic
def accept_hand_over(hand_over, name, role):
    """Puts the successor on every entry of the predecessor, or holds the answer for LIIA where the address is none of
    the authority's own. True if readers see the successor now."""
    predecessor = _close_question(hand_over, HandOver.Answer.ACCEPTED)
    offer = HandOver.objects.get(pk=hand_over.pk)
    offer.name, offer.role = name, role
    offer.save(update_fields=["name", "role"])
    return _apply_or_hold(predecessor, offer, put_successor)


def _apply_or_hold(contact, question, do):
    if is_own_address(contact, question.email):
        do(question)
        return True
    domains = ", ".join(own_domains(contact)) or "none is known"
    _hold(question, f"{question.email} is no address of the authority’s own ({domains}).")
    return False


def _hold(question, because):
    """Saves that the answer waits: readers see nothing of it until somebody at LIIA has looked."""
    question.held_since, question.held_because = timezone.now(), because[:300]
    question.save()


@transaction.atomic
def let_through(question, *, by):
    """Puts an answer that was held for LIIA before readers."""
    question = _claim_decision(question, by)
    (put_successor if isinstance(question, HandOver) else use_new_address)(question)


@transaction.atomic
def turn_down(question, *, by):
    """Drops an answer that was held for LIIA. The contact has handed over, so readers are sent to LIIA."""
    question = _claim_decision(question, by)
    question.revoke()
    _send_readers_away(Contact.objects.select_for_update().get(pk=question.contact_id))


def _claim_decision(question, by):
    """Claims the question for this decision; Refused if it was decided, dropped or overtaken before."""
    rows = type(question).objects.filter(pk=question.pk)
    undecided = rows.filter(decided_at__isnull=True, revoked_at__isnull=True)
    if not rows.held().exists() or not undecided.update(decided_at=timezone.now(), decided_by=by):
        raise Refused("This has been decided already, or something else was answered since.")
    return type(question).objects.select_related("contact").get(pk=question.pk)


def use_new_address(asked):
    """Saves the new address. If it is another contact's already, both are the same person: the records are merged."""
    contact = _with_change_reason(Contact.objects.select_for_update().get(pk=asked.contact_id))
    other = Contact.objects.filter(email__iexact=asked.email).exclude(pk=contact.pk).first()
    if other:
        other.name, other.role = contact.name, contact.role
        merge(other, [contact])
    else:
        contact.email = asked.email
        contact.address_changed()
    _with_change_reason(other or contact).confirm(timezone.localdate())


def put_successor(offer):
    """Puts the successor on every entry of the predecessor. At the predecessor's own address the record is renamed."""
    predecessor = _with_change_reason(Contact.objects.select_for_update().get(pk=offer.contact_id))
    before = predecessor.name
    successor = known_at(offer.email) or Contact(email=offer.email)
    successor.name, successor.role = offer.name, offer.role
    _with_change_reason(successor).confirm(timezone.localdate())
    if successor.pk != predecessor.pk:
        replace(predecessor, successor, why=f"Handed over by {before}, accepted by {successor.name}")


def known_at(email):
    """The contact with this address, in capitals or not; None if there is none yet."""
    return Contact.objects.filter(email__iexact=email).first()


@transaction.atomic
def decline_hand_over(hand_over):
    """Saves that nobody is left to call: readers are sent to LIIA, who looks for somebody."""
    _send_readers_away(_close_question(hand_over, HandOver.Answer.DECLINED))


def _send_readers_away(contact):
    contact.confirmed_on, contact.silent_since = None, timezone.localdate()
    contact.save()


def _record_answer(check, answer):
    """Saves the answer, for the reminder and its first mail alike, and returns the contact, to be changed and saved.

    A successor named in an earlier answer is asked no more.
    """
    contact = _close_question(check, answer)
    contact.checks.unanswered().update(answered_at=timezone.now(), answer=answer)
    contact.hand_overs.take_back()
    return contact


def _close_question(question, answer=None):
    """Saves that the question is answered, and returns its contact. LinkProblem if it no longer opens."""
    question = type(question).objects.select_for_update().get(pk=question.pk)
    if question.link_problem:
        raise LinkProblem(question.link_problem)
    question.answered_at = timezone.now()
    if answer:
        question.answer = answer
    question.save()
    return _with_change_reason(Contact.objects.select_for_update().get(pk=question.contact_id))


def _with_change_reason(contact):
    """The history of the next save says how it came, since nobody has signed in."""
    contact._change_reason = BY_MAIL
    return contact


ALIKE = 0.75  # of two spellings of one name: Jon and John, Smyth and Smith


def own_domains(contact):
    """The e-mail domains of the authorities whose entries name this contact, in lower case, sorted."""
    return sorted({domain.casefold() for borough in _authorities(contact) for domain in borough.email_domains})


def is_own_address(contact, email):
    """Whether the address belongs to an authority of the contact's, or to a part of its domain."""
    return any(borough.is_own_address(email) for borough in _authorities(contact))


def _authorities(contact):
    return Borough.objects.filter(submissions__contact_lines__contact=contact).distinct()


def is_one_person(name, other):
    """Whether two names can be one person's: a word of one is in the other, or is nearly so. Initials prove nothing."""
    words, others = ([w for w in re.findall(r"[^\W\d_]+", one.casefold()) if len(w) > 1] for one in (name, other))
    if not words or not others:
        return name.casefold().split() == other.casefold().split()
    return any(SequenceMatcher(None, one, another).ratio() >= ALIKE for one in words for another in others)
