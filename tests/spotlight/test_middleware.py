"""A reader's request goes past sessions, accounts and messages; the desk's, a form's and a colleague's do not. And how
answers are compressed."""

import gzip

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from spotlight.middleware import QuickGZip, desk_begins, desk_ends

pytestmark = pytest.mark.django_db

OF_THE_DESK = ("session", "_messages", "allauth")


def seen(answer):
    return [name for name in OF_THE_DESK if hasattr(answer.wsgi_request, name)]


@pytest.mark.parametrize(
    "address", ["/", "/submissions/?q=x", "/submissions/entry-1/", "/api/submissions", "/nothing/"]
)
def test_a_readers_request_goes_past_the_desk(client, make_entry, address):
    make_entry(slug="entry-1")
    answer = client.get(address)
    assert seen(answer) == []
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/accounts/login/", "/accounts/nothing/"])
def test_the_desks_own_addresses_do_not(client, address):
    assert seen(client.get(address)) == list(OF_THE_DESK)


def test_a_colleague_does_not_anywhere_and_each_page_keeps_the_session(client):
    client.force_login(get_user_model().objects.create_user("mei", is_staff=True))
    answer = client.get("/submissions/")
    assert seen(answer) == list(OF_THE_DESK)
    assert answer.wsgi_request.user.username == "mei"
    assert "sessionid" in answer.cookies


@pytest.mark.parametrize(
    ("address", "status"), [("/", 403), ("/submissions/", 403), ("/submissions/x/correction/", 404)]
)
def test_what_is_sent_is_checked_against_forgery_as_at_the_desk(address, status):
    """A page's form without its token is refused; one that is open to everybody comes to its view."""
    answer = Client(enforce_csrf_checks=True).post(address, {"message": "x"})
    assert answer.status_code == status
    assert seen(answer) == list(OF_THE_DESK)


@pytest.mark.parametrize(
    "request_",
    [
        {"path": "/", "cookie": True},
        {"path": "/admin/x/"},
        {"path": "/accounts/x/"},
        {"path": "/", "method": "post"},
        {"path": "/", "method": "put"},
    ],
)
def test_the_part_between_is_run_for_whom_it_is(rf, request_):
    past = desk_ends(lambda request: "past")
    site = desk_begins(lambda request: f"desk, {past(request)}")
    request = getattr(rf, request_.get("method", "get"))(request_["path"])
    if request_.get("cookie"):
        request.COOKIES["sessionid"] = "x"
    assert site(request) == "desk, past"
    assert site(rf.get("/")) == site(rf.get("/administration/")) == site(rf.head("/")) == "past"


# --- compressed ----------------------------------------------------------------------------------------------------

TEXT = b"The words of a page, again and again. " * 50


def compressed(rf, answer, accepts="gzip, deflate, br"):
    return QuickGZip(lambda request: answer)(rf.get("/", headers={"accept-encoding": accepts}))


def test_a_page_is_compressed_and_the_same_when_it_is_unpacked(rf):
    answer = compressed(rf, HttpResponse(TEXT, headers={"ETag": '"abc"'}))
    assert gzip.decompress(answer.content) == TEXT
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["ETag"] == 'W/"abc"'


def test_its_length_does_not_tell_what_is_in_it(rf):
    assert len({len(compressed(rf, HttpResponse(TEXT)).content) for _ in range(20)}) > 5


def test_what_comes_in_pieces_is_compressed_too(rf):
    answer = compressed(rf, StreamingHttpResponse([TEXT, TEXT]))
    assert gzip.decompress(b"".join(answer)) == TEXT * 2


@pytest.mark.parametrize(
    ("answer", "accepts"),
    [
        (HttpResponse(TEXT), "br"),
        (HttpResponse(b"Short"), "gzip"),
        (HttpResponse(TEXT, headers={"Content-Encoding": "br"}), "gzip"),
        (HttpResponse(bytes(range(256))), "gzip"),
    ],
)
def test_nothing_else_is_touched(rf, answer, accepts):
    before = answer.content
    assert compressed(rf, answer, accepts).content == before
    assert answer.get("Content-Encoding", "br") == "br"
