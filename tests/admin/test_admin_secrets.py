"""Nobody at the desk sees the secret of a link, sent or not, whatever the role; and no table holds one."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from boroughs.models import Contact
from editorial.contacts.answers import change_details, hand_over
from editorial.contacts.questions import ask, remind
from editorial.models import Mail
from editorial.people.rights import ADMINISTRATORS, EDITORS, OBSERVERS
from editorial.workflow import transition
from tests.editorial.conftest import draft, signatories
from tests.editorial.letters import letters, links_in
from tests.editorial.people.conftest import make_person

__all__ = ["draft", "make_person", "signatories"]

KINDS = ("/sign-off/", "/contact-checks/", "/new-addresses/", "/hand-overs/", "/accounts/password/reset/")


@pytest.fixture
def mails_of_every_kind(draft, make_entry, make_person, client):
    """One unsent mail of each kind that carries a link, and more."""
    for name in ("moves", "leaves", "waits"):
        make_entry(title=f"Entry of {name}", contact=f"{name}@merton.example")
    people = {contact.email.partition("@")[0]: contact for contact in Contact.objects.all()}
    change_details(ask(people["moves"]), "A Person", "Lead", "ann.new@merton.example")
    hand_over(ask(people["leaves"]), "Bob", "Lead", "bob@merton.example")
    remind(ask(people["waits"]))
    transition(draft, "send")
    make_person("forgetful", OBSERVERS)
    client.post("/accounts/password/reset/", {"email": "forgetful@liia.example"})


def secrets():
    """What the mails' links hold, once they have arrived."""
    links = [link for mail in letters() for link in links_in(mail) if link.startswith(KINDS)]
    assert all(any(link.startswith(kind) for link in links) for kind in KINDS)
    return {part for link in links for part in link.split("/") if len(part) > 30 or re.fullmatch(r"\w+-\w+-\w+", part)}


def pages_of_the_desk():
    """Every list, each record's form and history, and each form to add."""
    yield "/admin/"
    for model, desk in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        for record in model._default_manager.order_by("-pk")[: 12 if model is Mail else 2]:
            for page in ("change", "history", "delete"):
                yield reverse(f"{name}_{page}", args=[record.pk])
            if desk.model._meta.model_name == "submission":
                yield reverse("admin:entry_sign_off", args=[record.pk])


def everything_stored():
    """Each text of each table of the database, as one text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.parametrize("role", [None, ADMINISTRATORS, EDITORS, OBSERVERS])
def test_no_page_of_the_desk_and_no_table_holds_the_secret_of_a_link(
    role, client, mails_of_every_kind, make_person, django_capture_on_commit_callbacks
):
    client.force_login(make_person("mei", role) if role else User.objects.create_superuser("mei"))
    assert Mail.objects.unsent().count() >= 7
    seen = {}
    for address in pages_of_the_desk():
        answer = client.get(address, follow=True)
        assert answer.status_code in (200, 403, 404), address
        seen[address] = answer.content.decode()
    stored = everything_stored()
    assert any(address.startswith("/admin/editorial/mail/") and "/sign-off/" in page for address, page in seen.items())
    opening = secrets()
    assert len(opening) >= 6
    again = everything_stored()
    for secret in opening:
        assert not [address for address, page in seen.items() if secret in page]
        assert secret not in stored  # while the mails waited
        assert secret not in again  # and after they had gone


def test_what_the_desk_shows_of_a_mail_opens_nothing(client, mails_of_every_kind):
    client.force_login(User.objects.create_superuser("mei"))
    mail = Mail.objects.get(to="dcs@merton.example")
    page = client.get(reverse("admin:editorial_mail_change", args=[mail.pk])).content.decode()
    for path in re.findall(r"/sign-off/[^\s<\"]+", page):
        assert client.get(path).status_code == 404
