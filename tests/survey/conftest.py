"""The 2024 survey as it is published here, in the real database."""

import pytest

from tests.database import load_survey


@pytest.fixture
def survey(db):
    """The survey with the boroughs and themes it points to, and no entry."""
    from survey.models import Survey

    load_survey()
    return Survey.objects.get(year=2024)
