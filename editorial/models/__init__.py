"""How it stays true: what happened to an entry, who signed it off, whom it names, and what was sent about it."""

from editorial.models.corrections import Correction, Erasure
from editorial.models.mail import CheckedLink, Failure, Mail
from editorial.models.questions import AskedByMail, ContactCheck, HandOver, LinkProblem, NewAddress, NoMoreLink
from editorial.models.sign_off import Signatory, SignOff
from editorial.models.story import FOLLOWED, Event, Plan, Version

__all__ = [
    "FOLLOWED",
    "AskedByMail",
    "CheckedLink",
    "ContactCheck",
    "Correction",
    "Erasure",
    "Event",
    "Failure",
    "HandOver",
    "LinkProblem",
    "Mail",
    "NewAddress",
    "NoMoreLink",
    "Plan",
    "SignOff",
    "Signatory",
    "Version",
]
