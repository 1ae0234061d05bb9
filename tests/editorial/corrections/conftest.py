"""LIIA's desk, and the public form filled in as a person fills it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

GOOD = {
    "kind": "out-of-date",
    "section": "whole",
    "message": "The team has another name now.",
    "email": "kim@brent.example",
}


def opened(seconds_ago=30):
    return signing.dumps((timezone.now() - timedelta(seconds=seconds_ago)).timestamp(), salt="correction")


@pytest.fixture
def entry(make_entry):
    body = "<h3>How it began</h3><p>So.</p><h3>What it cost</h3><p>Little.</p>"
    return make_entry(title="Open door", slug="open-door", body=body)


@pytest.fixture
def tell(client, entry, django_capture_on_commit_callbacks):
    """tell(**fields) → the answer to a form that was sent, with its mails sent; the rest is filled in well."""

    def sent(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            form = {**GOOD, "homepage": "", "opened": opened(), **fields}
            return client.post(f"/submissions/{entry.slug}/correction/", form)

    return sent
