"""LIIA's desk: what is doubtful about entries, how they are grouped, and words. Entries themselves: editorial.admin."""

from submissions.admin.doubts import DoubtAdmin
from submissions.admin.groups import (
    CategoryAdmin,
    FailedSearchAdmin,
    GlossaryTermAdmin,
    OldAddressAdmin,
    PartnerAdmin,
    RoundAdmin,
    ThemeAdmin,
)

__all__ = [
    "CategoryAdmin",
    "DoubtAdmin",
    "FailedSearchAdmin",
    "GlossaryTermAdmin",
    "OldAddressAdmin",
    "PartnerAdmin",
    "RoundAdmin",
    "ThemeAdmin",
]
