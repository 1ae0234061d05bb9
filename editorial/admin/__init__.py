"""LIIA's desk: entries with their states, sign-off and story; people to call; corrections; people's words; mail."""

from editorial.admin.contacts import ContactAdmin
from editorial.admin.corrections import CorrectionAdmin, ErasureAdmin
from editorial.admin.entries import SubmissionAdmin
from editorial.admin.evidence import OutcomeMetricAdmin, VoiceAdmin
from editorial.admin.mail import FailureAdmin, MailAdmin
from editorial.admin.sign_off import SignatoryAdmin
from editorial.people.desk import PersonAdmin

__all__ = [
    "ContactAdmin",
    "CorrectionAdmin",
    "ErasureAdmin",
    "FailureAdmin",
    "MailAdmin",
    "OutcomeMetricAdmin",
    "PersonAdmin",
    "SignatoryAdmin",
    "SubmissionAdmin",
    "VoiceAdmin",
]
