"""What: entries, how they are grouped, the evidence in them, and what is doubtful about them."""

from submissions.models.evidence import OutcomeMetric, SupportingItem, Voice
from submissions.models.groups import (
    Administrator,
    BoroughMention,
    Category,
    FormerCategorySlug,
    FormerPartnerSlug,
    FormerThemeSlug,
    GlossaryTerm,
    Partner,
    Round,
    Theme,
)
from submissions.models.old_addresses import OldAddress
from submissions.models.search import (
    CatalogueVersion,
    DerivedEntry,
    EntryToRenew,
    FailedSearch,
    FailedSearchCount,
    SearchRow,
    SearchStem,
    SearchWord,
)
from submissions.models.submission import Doubt, FormerSlug, Submission, SubmissionContact, ThemedSubmission

__all__ = [
    "Administrator",
    "BoroughMention",
    "CatalogueVersion",
    "Category",
    "DerivedEntry",
    "Doubt",
    "EntryToRenew",
    "FailedSearch",
    "FailedSearchCount",
    "FormerCategorySlug",
    "FormerPartnerSlug",
    "FormerSlug",
    "FormerThemeSlug",
    "GlossaryTerm",
    "OldAddress",
    "OutcomeMetric",
    "Partner",
    "Round",
    "SearchRow",
    "SearchStem",
    "SearchWord",
    "Submission",
    "SubmissionContact",
    "SupportingItem",
    "Theme",
    "ThemedSubmission",
    "Voice",
]
