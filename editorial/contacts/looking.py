"""What an answer that came by mail can change by itself, and where somebody at LIIA has to look first."""

import re
from difflib import SequenceMatcher

from boroughs.models import Borough

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
