"""Home and standing pages, headers, and what the site says when something is wrong."""

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db

PAGES = ["/", "/submissions/", "/boroughs/", "/themes/", "/categories/", "/about/", "/accessibility/", "/privacy/"]


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_with_strict_headers_and_no_cookie(client, make_entry, address):
    make_entry()
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert "style=" not in response.content.decode()
    assert "camera=()" in response["Permissions-Policy"]


def test_home_counts_entries_and_authorities_once(client, make_entry):
    make_entry(boroughs=["merton", "brent"])
    make_entry(boroughs=["merton"])
    make_entry(boroughs=["sutton"], status="draft")
    assert "2 examples of practice from 2 of London’s 33 local authorities" in client.get("/").content.decode()


def test_a_missing_page_offers_a_way_on(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_a_fault_is_told_without_the_database_and_without_detail():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE submissions_category RENAME TO lost_table")
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "lost" not in response.content.decode().replace("nothing was lost", "")


def test_healthz_says_whether_the_database_answers(client):
    assert client.get("/healthz").json() == {"status": "ok"}
