"""The small catalogue of `tests.every_write`, made once for a module and taken back after it."""

import pytest

from submissions.derived import renew
from tests.database import shared_in_module
from tests.entries import EntryMaker
from tests.every_write import desk_client, make_catalogue


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), shared_in_module():
        make_catalogue(EntryMaker())
        renew()
        yield desk_client()


@pytest.fixture
def desk(made_once, db):
    """Somebody who may do everything, signed in, and the small catalogue; each test's changes are rolled back."""
    return made_once
