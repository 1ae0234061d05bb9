"""The tests' own database: every test begins with what migrating gives, and the catalogue put in is the one loaded."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from submissions.models import Submission, Theme
from tests import database
from tests.entries import list_asked


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_journey_deletes_is_there_again(time):
    assert Group.objects.filter(permissions__codename="view_submission").count() == 3
    Group.objects.all().delete()


def test_the_catalogue_put_in_is_the_one_that_was_loaded(db, monkeypatch):
    monkeypatch.setattr(database, "known_rows", {})
    with transaction.atomic():
        database.load_catalogue()
        loaded = {table: database.rows_of(table) for table in database.tables()}
        transaction.set_rollback(True)
    assert not Submission.objects.exists()
    database.load_catalogue()
    for table, rows in loaded.items():
        assert sorted(map(str, database.rows_of(table))) == sorted(map(str, rows)), table
    assert list_asked(q="care leavers housing").total
    Theme.objects.create(name="One more", slug="one-more")  # with a key that is free
