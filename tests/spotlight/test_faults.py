"""Storage that fails: another process that will not let go, data that can only be read, a disk that is full."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections
from django.utils.html import escape

from editorial.contacts.questions import ask
from editorial.models import Correction, SignOff
from editorial.people.rights import ADMINISTRATORS
from editorial.workflow import transition
from spotlight.faults import BUSY, FULL, READ_ONLY, WithoutSecrets
from submissions.derived import renew
from submissions.models import FailedSearch, Submission
from tests.admin.conftest import fields_of
from tests.editorial.conftest import draft, signatories
from tests.editorial.contacts.conftest import link_of
from tests.editorial.corrections.conftest import GOOD, opened
from tests.editorial.letters import letter_to, links_in
from tests.editorial.people.conftest import PASSWORD, make_person

__all__ = ["draft", "make_person", "signatories"]

WORDS = "The team’s name is <b>another</b> now & “nobody” said so. " * 200  # more than a page of the file has free
READERS = [
    "/",
    "/submissions/",
    "/submissions/?q=zqxxyzzy",
    "/submissions/open/",
    "/submissions/open/correction/",
    "/submissions.csv",
    "/boroughs/merton/",
    "/api/submissions",
    "/about/",
    "/healthz",
]


@contextmanager
def locked():
    """Another connection is writing and does not end; ours waits a tenth of a second."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield BUSY
        return
    with connection.cursor() as cursor, closing(connections["default"].copy()) as other:
        cursor.execute("SET lock_timeout = '100ms'")
        other.set_autocommit(False)
        tables = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
        other.cursor().execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        yield BUSY
        other.rollback()
        cursor.execute("SET lock_timeout = 0")


@contextmanager
def read_only():
    said = (
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(said[0])
        yield READ_ONLY
        cursor.execute(said[1])


@contextmanager
def full():
    """SQLite may take no further page: what it then says is what it says of a full disk."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such bound")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        (most,) = cursor.execute("PRAGMA max_page_count").fetchone()
        cursor.execute("PRAGMA max_page_count = 1")  # that is: as many as there are
        yield FULL
        cursor.execute(f"PRAGMA max_page_count = {most}")


FAULTS = {"locked": locked, "read-only": read_only, "full": full}


def unsaved(answer, problem, *words):
    """What the page of a failed save must say."""
    page = answer.content.decode()
    assert (answer.status_code, escape(problem) in page) == (503, True), page[:3000]
    assert answer["Retry-After"]
    for word in words:
        assert f"\n{escape(word)}</textarea>" in page
    return page


@pytest.fixture
def sign_off_link(draft):
    transition(draft, "send")
    return links_in(letter_to("dcs@merton.example"), "sign-off")[0]


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_saved_is_said_and_no_word_is_lost(kind, client, make_entry, sign_off_link, make_person):
    entry = make_entry(slug="open", contact="ann@merton.example")
    ask(entry.contact_lines.get().contact)
    contact_link = link_of("ann@merton.example")
    mei = make_person("mei", ADMINISTRATORS)
    desk = type(client)()
    desk.force_login(mei)
    form_address = f"/admin/submissions/submission/{Submission.objects.get(status='authority').pk}/change/"
    form = fields_of(desk.get(form_address))
    message = WORDS[:3900]
    failed = FailedSearch.objects.count()
    renew()  # else each of the readers' requests tries to for two seconds
    with FAULTS[kind]() as problem:
        # readers read on, also those of the staff, who have a session
        for address in READERS:
            assert client.get(address).status_code == 200, address
            assert desk.get(address).status_code == 200, address
        # a reader, a director, a contact
        sent = {**GOOD, "message": message, "opened": opened()}
        page = unsaved(client.post("/submissions/open/correction/", sent), problem, message, GOOD["email"])
        assert "csrf" not in page
        unsaved(client.post(sign_off_link, {"answer": "not-yet", "note": WORDS[:4900]}), problem, WORDS[:4900])
        if kind != "full":  # an answer as short as these finds a place
            changed = {"way": "change", "my-name": "Ann O’Ther", "my-role": "Lead", "my-email": "ann@merton.example"}
            unsaved(client.post(contact_link, changed), problem, "Ann O’Ther", "Lead")
            # signing in says what is wrong: neither too many tries nor a wrong request
            secret = unsaved(
                type(client)().post("/accounts/login/", {"login": "mei", "password": PASSWORD}), problem, "mei"
            )
            assert PASSWORD not in secret
            unsaved(desk.get("/admin/"), problem)
        # the desk
        page = unsaved(desk.post(form_address, {**form, "body": f"<p>{WORDS}</p>", "_save": ""}), problem)
        assert escape(f"<p>{WORDS}</p>") in page
        assert "Nothing of it was saved" in page
    assert not client.cookies
    assert not Correction.objects.exists()
    assert not SignOff.objects.exclude(answer="").exists()
    assert WORDS[:50] not in Submission.objects.get(status="authority").body
    assert FailedSearch.objects.count() == failed or kind == "full"
    # afterwards the same words go through
    assert client.post("/submissions/open/correction/", sent).status_code == 302
    assert client.post(sign_off_link, {"answer": "not-yet", "note": WORDS[:4900]}).status_code == 200
    assert Correction.objects.get().message == message.strip()


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_the_programme_is_no_storage_fault(client, db):
    from spotlight.faults import what_is_wrong

    with pytest.raises((OperationalError, Exception)) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM auth_user")
    assert what_is_wrong(raised.value) == ""
    assert User.objects.count() == 0


def test_no_log_line_holds_the_secret_of_a_link(client, db, caplog, sign_off_link, settings):
    secret = sign_off_link.rstrip("/").rpartition("/")[2]
    handler = settings.LOGGING["handlers"]["stderr"]
    assert handler["filters"] == ["without_secrets"]
    caplog.handler.addFilter(WithoutSecrets())
    client.post(sign_off_link, {"answer": "not-yet"})  # refused, and logged as such
    client.get("/accounts/password/reset/1-abc123-0123456789/nothing")
    client.get(f"/sign-off/{secret}")
    caplog.handler.removeFilter(caplog.handler.filters[-1])
    assert "/sign-off/…" in caplog.text
    assert secret not in caplog.text
    assert "abc123" not in caplog.text
