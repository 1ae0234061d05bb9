"""The seed catalogue with its glossary and thesaurus, as readers search it."""

import pytest
from django.db import transaction

from submissions.models import Submission
from tests.database import load_catalogue
from tests.entries import entries_on, list_asked


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The seed catalogue, loaded once for a module and taken back after it; each test's changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def catalogue(seeded, db):
    """Published entries of the seed catalogue."""
    return Submission.objects.published()


@pytest.fixture
def find(catalogue):
    """find(text) → titles of the entries found, best first."""

    def find(text, exact=False):
        return [entry.title for entry in entries_on(list_asked(q=text, exact="1" if exact else ""))]

    return find
