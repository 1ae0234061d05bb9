"""Pages asked for again: 304 while nothing changed, never an old page after a change, never 304 for staff."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from boroughs.models import Borough, Contact
from spotlight.middleware import Unchanged
from submissions.models import Submission

pytestmark = pytest.mark.django_db


def again(client, address, first):
    return client.get(address, headers={"if-none-match": first["ETag"]})


@pytest.mark.parametrize("address", ["/", "/submissions/", "/submissions/entry-1/", "/boroughs/merton/", "/themes/"])
def test_an_unchanged_page_is_not_sent_again(client, make_entry, address):
    make_entry(slug="entry-1")
    first = client.get(address)
    unchanged = again(client, address, first)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for response in (first, unchanged):
        assert response["Cache-Control"] == "no-cache"
        assert {"Accept-Encoding", "Cookie"} <= set(response["Vary"].split(", "))
    compressed = client.get(address, headers={"accept-encoding": "gzip"})
    assert again(client, address, compressed).status_code == 304
    assert client.get(address).content == first.content


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Submission.objects.filter(pk=entry.pk).update(title="Changed in bulk"),
        lambda entry: Contact.objects.update(name="Changed Person"),
        lambda entry: Borough.objects.filter(slug="merton").update(name="Changed Borough"),
        lambda entry: entry.themes.clear(),
        lambda entry: entry.delete(),
        lambda entry: connection.cursor().execute("UPDATE submissions_submission SET title = 'By hand'"),
    ],
)
def test_any_change_by_any_door_is_seen_at_once(client, make_entry, change):
    entry = make_entry(slug="entry-1", themes=["housing"], contact="a.person@merton.gov.uk")
    first = client.get("/submissions/entry-1/")
    change(entry)
    second = again(client, "/submissions/entry-1/", first)
    assert second.status_code in (200, 404)
    assert second.content != first.content


def test_staff_always_get_a_page_of_their_own(client, make_entry):
    make_entry()
    first = client.get("/submissions/")
    client.force_login(get_user_model().objects.create_user("mei", is_staff=True))
    response = again(client, "/submissions/", first)
    assert response.status_code == 200
    assert not response.has_header("ETag")


def test_a_page_asked_for_plain_or_compressed_is_the_same_page(client, make_entry):
    make_entry()
    plain = client.get("/submissions/")
    compressed = client.get("/submissions/", headers={"accept-encoding": "gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    assert not plain.has_header("Content-Encoding")
    assert len(compressed.content) < len(plain.content) / 3


@pytest.mark.parametrize("address", ["/accounts/login/", "/admin/login/", "/admin/", "/healthz"])
def test_nothing_of_the_desk_is_kept(client, address):
    for _ in range(2):
        response = client.get(address)
        assert not response.has_header("ETag")
        assert again(client, address, {"ETag": '"x"'}).status_code != 304


@pytest.mark.parametrize("address", ["/admin/x/", "/accounts/x/"])
def test_no_page_of_the_desk_is_kept_whatever_its_headers_allow(address):
    site = Unchanged(lambda request: HttpResponse("For staff"))
    assert not site(RequestFactory().get(address)).has_header("ETag")


def test_a_page_that_sets_a_cookie_is_not_kept():
    def page(request):
        response = HttpResponse("For one reader")
        response.set_cookie("choice", "theirs")
        return response

    assert not Unchanged(page)(RequestFactory().get("/for-one-reader/")).has_header("ETag")


EDIT = """
import django; django.setup()
from submissions.models import Submission
Submission.objects.filter(slug="entry-1").update(title="Edited elsewhere")
"""


@pytest.mark.django_db(transaction=True)
def test_an_edit_in_another_process_is_seen_at_once(client, make_entry):
    make_entry(slug="entry-1")
    first = client.get("/submissions/entry-1/")
    environment = os.environ | {"DATABASE_URL": address_of(connection.settings_dict), "DEBUG": "on"}
    environment["DJANGO_SETTINGS_MODULE"] = "spotlight.settings"
    subprocess.run([sys.executable, "-c", EDIT], check=True, timeout=60, env=environment)
    assert "Edited elsewhere" in again(client, "/submissions/entry-1/", first).content.decode()


def address_of(database):
    """DATABASE_URL of the test database, for another process."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}"
