"""What: entries, how they are grouped, the evidence in them, and what is doubtful about them."""

from submissions.models.doubts import Doubt
from submissions.models.evidence import OutcomeMetric, SupportingItem, Voice
from submissions.models.groups import Administrator, BoroughMention, Category, Partner, Round, Theme
from submissions.models.submission import FormerSlug, Submission, SubmissionContact, ThemedSubmission

__all__ = [
    "Administrator",
    "BoroughMention",
    "Category",
    "Doubt",
    "FormerSlug",
    "OutcomeMetric",
    "Partner",
    "Round",
    "Submission",
    "SubmissionContact",
    "SupportingItem",
    "Theme",
    "ThemedSubmission",
    "Voice",
]
