"""The seed catalogue with its glossary and thesaurus, as readers search it."""

import pytest

from submissions.models import Submission
from tests.entries import entries_on, list_asked


@pytest.fixture
def catalogue(seeded):
    """Published entries of the seed catalogue."""
    return Submission.objects.published()


@pytest.fixture
def find(catalogue):
    """find(text) → titles of the entries found, best first."""

    def find(text, exact=False):
        return [entry.title for entry in entries_on(list_asked(q=text, exact="1" if exact else ""))]

    return find
