"""How it stays true: what happened to an entry, who signed it off, whom it names, and what was sent about it."""

from editorial.models.asked import AskedByMail, LinkProblem
from editorial.models.contact_checks import ContactCheck, HandOver, NewAddress, NoMoreLink
from editorial.models.corrections import Correction
from editorial.models.erasures import Erasure
from editorial.models.history import FOLLOWED
from editorial.models.links import CheckedLink
from editorial.models.mail import Failure, Mail
from editorial.models.sign_off import Signatory, SignOff
from editorial.models.story import Event, Plan, Version

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
