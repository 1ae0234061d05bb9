"""LIIA's desk: entries, what is doubtful about them, and how they are grouped."""

from submissions.admin.doubts import DoubtAdmin
from submissions.admin.entries import SubmissionAdmin
from submissions.admin.figures import OutcomeMetricAdmin
from submissions.admin.groups import CategoryAdmin, PartnerAdmin, RoundAdmin, ThemeAdmin
from submissions.admin.old_addresses import OldAddressAdmin
from submissions.admin.voices import VoiceAdmin
from submissions.admin.words import FailedSearchAdmin, GlossaryTermAdmin

__all__ = [
    "CategoryAdmin",
    "DoubtAdmin",
    "FailedSearchAdmin",
    "GlossaryTermAdmin",
    "OldAddressAdmin",
    "OutcomeMetricAdmin",
    "PartnerAdmin",
    "RoundAdmin",
    "SubmissionAdmin",
    "ThemeAdmin",
    "VoiceAdmin",
]
