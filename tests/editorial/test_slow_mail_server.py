"""A mail server that takes its time costs no reader a moment: the production server, and a real line that hangs."""

import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest
from django.conf import settings
from django.db import connection

from editorial.models import Correction, Mail
from tests.editorial.corrections.conftest import GOOD, opened
from tests.editorial.test_outbox import MailServer
from tests.spotlight.test_unchanged_pages import address_of
from tests.submissions.exports.test_export_memory import free_port, wait_for

__all__ = ["free_port"]
HANGS = 60  # seconds the mail server says nothing; far longer than any answer to a reader, on a busy machine too
FAST = 8


@pytest.fixture
def site(free_port):
    """(address, mail server): one server process of production's, and a mail server that hangs."""
    with MailServer(slow=HANGS) as mail_server:
        environment = os.environ | {"DEBUG": "on", "WEB_CONCURRENCY": "1", "PORT": str(free_port)}
        environment |= {"DATABASE_URL": address_of(connection.settings_dict), "LIIA_EMAIL": "liia@liia.example"}
        environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{mail_server.port}", "SEND_MAIL": "on"}
        environment |= {"DJANGO_SETTINGS_MODULE": "spotlight.settings", "SECRET_KEY": settings.SECRET_KEY}
        server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=settings.ROOT, env=environment)
        try:
            wait_for(f"http://127.0.0.1:{free_port}/healthz")
            yield f"http://127.0.0.1:{free_port}", mail_server
        finally:
            server.kill()
            server.wait()


def answered(address, **form):
    """How many seconds an answer took."""
    sent = urllib.parse.urlencode(form).encode() if form else None
    began = time.monotonic()
    with urllib.request.urlopen(address, sent, timeout=HANGS) as answer:
        assert answer.status == 200 and ("arrived=" in answer.url or not form)
        answer.read()
    return time.monotonic() - began


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_readers_are_answered_and_their_words_saved_while_the_mail_server_hangs(make_entry, site):
    make_entry(slug="open-door")
    address, mail_server = site
    form = f"{address}/submissions/open-door/correction/"
    taken = [answered(form, **GOOD, opened=opened())]
    assert mail_server.has_one.wait(30)  # the sender has its line open, and waits
    for number in range(5):
        taken.append(answered(form, **GOOD | {"message": f"Words {number}"}, opened=opened()))
        taken += [answered(f"{address}{path}") for path in ("/healthz", "/submissions/open-door/", "/submissions/")]
    assert max(taken) < FAST, taken
    assert Correction.objects.count() == 6
    assert Mail.objects.count() == 12
    assert not Mail.objects.filter(sent_at__isnull=False).exists()
    assert len(mail_server.mails) == 1
