"""An entry and the people who sign it off, and what they find in their mail."""

import pytest

from boroughs.models import Borough
from editorial.models import Signatory
from editorial.models.sign_off import Role
from tests.admin.conftest import administrator, catalogue, desk, group, send_form

__all__ = ["administrator", "catalogue", "desk", "group", "send_form"]


@pytest.fixture
def signatories(db):
    """signatories("merton", …): both people of each of these boroughs."""

    def written_down(*slugs):
        for borough in Borough.objects.filter(slug__in=slugs):
            for role in Role.values:
                email = f"{role}@{borough.slug}.example"
                Signatory.objects.create(borough=borough, role=role, name=f"{role} {borough}", email=email)

    return written_down


@pytest.fixture
def draft(make_entry, signatories):
    entry = make_entry(status="draft", published_on=None, title="Open door", figures=["confirmed"])
    signatories("merton")
    return entry
