"""LIIA's desk: entries, what is doubtful about them, and how they are grouped."""

from submissions.admin.doubts import DoubtAdmin
from submissions.admin.entries import SubmissionAdmin
from submissions.admin.groups import CategoryAdmin, PartnerAdmin, RoundAdmin, ThemeAdmin
from submissions.admin.old_addresses import OldAddressAdmin

__all__ = [
    "CategoryAdmin",
    "DoubtAdmin",
    "OldAddressAdmin",
    "PartnerAdmin",
    "RoundAdmin",
    "SubmissionAdmin",
    "ThemeAdmin",
]
