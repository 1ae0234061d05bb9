"""The 2024 survey as it is published here, in the real database."""

import pytest
from django.core.management import call_command


@pytest.fixture
def survey(db):
    """The survey with the boroughs and themes it points to, and no entry."""
    from survey.models import Survey

    call_command("loaddata", *(f"fixtures/{name}.json" for name in ("boroughs", "themes", "survey-2024")), verbosity=0)
    return Survey.objects.get(year=2024)
