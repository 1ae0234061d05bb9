"""Rosemary Frimpong, who stands on three entries, and the mails she gets."""

import pytest
from django.core.management import call_command

from boroughs.models import Contact
from editorial.contacts.questions import ask
from tests.editorial.letters import letter_to, letters, links_in

OURS = ("/contact-checks/", "/new-addresses/", "/hand-overs/")


@pytest.fixture
def rosemary(catalogue):
    return Contact.objects.get(name="Rosemary Frimpong")


@pytest.fixture
def asked(rosemary, django_capture_on_commit_callbacks):
    """The address of Rosemary's page, from her mail."""
    with django_capture_on_commit_callbacks(execute=True):
        ask(rosemary)
    return link_of(rosemary.email)


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """send(address, **fields) → the answer to a button pressed, with its mails sent."""

    def pressed(address, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, fields)

    return pressed


@pytest.fixture
def check_contacts(capsys, django_capture_on_commit_callbacks):
    """check_contacts("--dry-run") → what cron's command said."""

    def run(*arguments):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("check_contacts", *arguments)
        letters()  # on the same day
        return capsys.readouterr().out

    return run


def link_of(email):
    """The first link, other than to an entry, in the newest mail to this address."""
    return next(path for path in links_in(letter_to(email)) if path.startswith(OURS))


def names_on(entry):
    return [line.contact.name for line in entry.contact_lines.all()]


@pytest.fixture
def ann(make_entry):
    """A contact on one published entry; quicker than the whole catalogue."""
    make_entry(title="First", contact="ann.other@merton.gov.uk")
    Contact.objects.update(name="Ann Other", role="Manager")
    return Contact.objects.get()
