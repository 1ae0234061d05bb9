"""Links in mails: a scanner that opens all of them changes nothing, and one that opens nothing says so and no more."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.answers import change_details, hand_over
from editorial.contacts.questions import ask
from editorial.models import ContactCheck, HandOver, NewAddress
from tests.editorial.contacts.conftest import link_of
from tests.editorial.letters import letter_to, letters, links_in

pytestmark = pytest.mark.django_db
BO = {"name": "Bo Peep", "role": "", "email": "bo@merton.gov.uk"}


@pytest.fixture
def mailed(django_capture_on_commit_callbacks):
    """mailed(function, …): calls it, with its mails sent."""

    def call(function, *arguments, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*arguments, **named)

    return call


@pytest.fixture
def every_mail(ann, make_entry, mailed):
    """One of each kind of mail, all links open."""
    make_entry(title="Second", contact="cy.young@merton.gov.uk")
    make_entry(title="Third", contact="di.mond@merton.gov.uk")
    Contact.objects.filter(email__startswith="cy.").update(name="Cyril Young")
    ann, cy, di = Contact.objects.order_by("pk")
    mailed(ask, ann)
    mailed(change_details, ask(cy), "Cy Young", "", "cy.new@merton.gov.uk")
    mailed(hand_over, ask(di), **BO)
    return letters()


def state():
    """All that a link could change."""
    models = (Contact, ContactCheck, NewAddress, HandOver)
    return [list(model.objects.order_by("pk").values()) for model in models] + [len(letters())]


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(client, every_mail):
    links = [link for mail in every_mail for link in links_in(mail)]
    before, opened = state(), 0
    for link in links:
        for ask_for in (client.get, client.head, client.options):
            answer = ask_for(link)
            assert answer.status_code in (200, 302, 405), link
            assert not answer.cookies, link
            opened += 1
    assert {link.split("/")[1] for link in links} >= {"contact-checks", "new-addresses", "hand-overs", "submissions"}
    assert (len(links), opened) == (6, 18)
    assert state() == before


def test_a_button_that_is_none_of_ours_changes_nothing(client, every_mail):
    before = state()
    for email in ("ann.other@merton.gov.uk", "bo@merton.gov.uk"):
        assert client.post(link_of(email), {"way": "delete-everything"}).status_code == 200
        assert client.put(link_of(email), b"way=still-me", content_type="text/plain").status_code == 405
    assert state() == before


def opens_nothing(answer, status, told):
    page = answer.content.decode()
    assert answer.status_code == status
    assert told in page
    for detail in ("Ann", "Bo Peep", "merton.gov.uk", "First"):
        assert detail not in page
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_expired_link(client, every_mail, method):
    links = [link_of("ann.other@merton.gov.uk"), link_of("cy.new@merton.gov.uk"), link_of("bo@merton.gov.uk")]
    before = state()
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        for link in links:
            opens_nothing(getattr(client, method)(link, {"way": "still-me"}), 410, "This link has expired")
    assert state() == before


def test_a_revoked_link(client, ann, mailed):
    mailed(ask, ann)
    first = link_of(ann.email)
    mailed(ask, ann)
    opens_nothing(client.post(first, {"way": "still-me"}), 410, "This link no longer works")
    assert client.get(link_of(ann.email)).status_code == 200


def test_a_link_sent_to_an_address_that_stands_there_no_more(client, ann, mailed):
    mailed(ask, ann)
    link = link_of(ann.email)
    ann.email = "somebody.else@merton.gov.uk"
    ann.save()
    for address in (link, f"{link}no-more/"):
        opens_nothing(client.post(address, {"way": "gone"}), 410, "This link no longer works")
    ann.refresh_from_db()
    assert (ann.silent_since, ann.no_checks_since) == (None, None)


def test_a_link_answers_once(client, ann, mailed):
    mailed(ask, ann)
    link = link_of(ann.email)
    assert client.post(link, {"way": "still-me"}).status_code == 200
    opens_nothing(client.post(link, {"way": "gone"}), 410, "This link has been used")
    ann.refresh_from_db()
    assert ann.silent_since is None


def test_a_foreign_or_tampered_link(client, every_mail):
    """The secret of one kind of question opens no other; a changed letter opens none."""
    before = state()
    secret = link_of("ann.other@merton.gov.uk").split("/")[2]
    foreign = [f"/new-addresses/{secret}/", f"/hand-overs/{secret}/", f"/sign-off/{secret}/"]
    tampered = [f"/contact-checks/{secret[:-1]}{'a' if secret[-1] != 'a' else 'b'}/", "/contact-checks/é%00/no-more/"]
    for link in foreign + tampered:
        opens_nothing(client.post(link, {"way": "still-me"}), 404, "This link opens nothing")
    assert state() == before


def test_no_more_of_these_mails_with_one_click_of_the_mail_programme(client, ann, mailed):
    """RFC 8058: one POST to the address in the header, with these very words, without a cookie."""
    mailed(ask, ann)
    mail = letter_to(ann.email)
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Unsubscribe"].startswith("<http")
    stop = mail.extra_headers["List-Unsubscribe"].strip("<>").partition("127.0.0.1:8000")[2]
    assert stop in links_in(mail)
    assert "Send me no more of these mails" in client.get(stop).content.decode()
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    ann.refresh_from_db()
    assert ann.no_checks_since == timezone.localdate()
    assert "You get no more" in client.get(stop).content.decode()


def test_no_more_works_from_an_old_mail_too(client, ann, mailed):
    mailed(ask, ann)
    link = link_of(ann.email)
    client.post(link, {"way": "still-me"})
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert client.post(f"{link}no-more/").status_code == 200
    ann.refresh_from_db()
    assert ann.no_checks_since


def test_who_wants_no_mails_gets_none_and_stays_shown(ann, mailed, client):
    mailed(ask, ann)
    client.post(f"{link_of(ann.email)}no-more/")
    number = len(letters())
    for days in (22, 80, 200, 400):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            mailed(call_command, "check_contacts", verbosity=0)
    assert len(letters()) == number
    ann.refresh_from_db()
    assert ann.silent_since is None
