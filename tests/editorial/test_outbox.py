"""The outbox and a mail server of our own: each mail once, none lost, whoever sends and however a sender ends."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from email import message_from_bytes
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from editorial import outbox
from editorial.models import Mail
from editorial.worklist import waiting
from tests.spotlight.test_unchanged_pages import address_of


class MailServer(ThreadingTCPServer):
    """Takes mail over SMTP. `slow`: seconds before it says that it has one. `refuses`: an address it does not know.
    `breaks`: the line ends when a mail is there and before the answer."""

    allow_reuse_address, daemon_threads, block_on_close = True, True, False

    def __init__(self, slow=0.0, refuses="", breaks=False):
        super().__init__(("127.0.0.1", 0), Talk)
        self.slow, self.refuses, self.breaks = slow, refuses, breaks
        self.mails, self.has_one, self.ends = [], threading.Event(), threading.Event()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def __exit__(self, *_):
        self.ends.set()
        self.shutdown()
        self.server_close()

    @property
    def recipients(self):
        return sorted(mail["To"] for mail in self.mails)


class Talk(StreamRequestHandler):
    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        with suppress(OSError):
            self.say("220 here")
            while (word := self.rfile.readline().decode().strip().upper()) and self.answer(word):
                pass

    def answer(self, word):
        """Whether the talk goes on."""
        if word == "DATA":
            self.say("354 go on")
            lines = list(iter(self.rfile.readline, b".\r\n"))
            self.server.mails.append(message_from_bytes(b"".join(lines)))
            self.server.has_one.set()
            if self.server.breaks:
                return False
            self.server.ends.wait(self.server.slow)
        if word.startswith("RCPT") and self.server.refuses and self.server.refuses.upper() in word:
            self.say("550 nobody of that name")
        else:
            self.say("221 bye" if word == "QUIT" else "250 good")
        return word != "QUIT"


@pytest.fixture
def served_by(settings):
    """served_by(**how) → a mail server to which the site sends."""
    with ExitStack() as servers:

        def start(**how):
            server = servers.enter_context(MailServer(**how))
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
            return server

        yield start


def written(*names):
    rows = (Mail(to=f"{name}@merton.example", subject=name, text="Words", html="<p>Words</p>") for name in names)
    return [outbox.put_in_outbox(row) for row in rows]


def started(command, server=None):
    """A process of `manage.py COMMAND` on this test's database, and on this mail server if it needs one."""
    environment = os.environ | {
        "DEBUG": "on",
        "DATABASE_URL": address_of(connection.settings_dict),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}" if server else "dummymail://",
        "DJANGO_SETTINGS_MODULE": "spotlight.settings",
    }
    arguments = [sys.executable, "manage.py", command]
    return subprocess.Popen(arguments, cwd=site.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_mail_once():
    names = [f"person{number}" for number in range(8)]
    written(*names)
    with MailServer(slow=0.3) as server:
        runs = [started("send_mail", server) for _ in range(2)]
        said = [run.communicate(timeout=300)[0].decode() for run in runs]
        assert [run.returncode for run in runs] == [0, 0], said
        assert server.recipients == [f"{name}@merton.example" for name in names]
    assert sum(int(text.split("Sent: ")[1].split(".")[0]) for text in said) == 8
    assert not Mail.objects.filter(sent_at__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_while_it_hands_over_loses_nothing_and_doubt_is_shown(served_by):
    first, second = written("first", "second")
    with MailServer(slow=60) as server:
        run = started("send_mail", server)
        assert server.has_one.wait(timeout=300), run.communicate()
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
    again = served_by()
    assert outbox.send_due() == (1, 0)  # the other one: what the dead sender had in hand is its own for a while
    Mail.objects.filter(pk=first.pk).update(claimed_until=timezone.now())
    assert Mail.objects.get(pk=first.pk).may_have_been_sent
    assert "may have been sent already" in [item.note for one in waiting() for item in one.items]
    assert outbox.send_due() == (1, 0)
    assert again.recipients == ["first@merton.example", "second@merton.example"]
    ids = {mail["To"]: mail["Message-ID"] for mail in again.mails}
    assert ids["first@merton.example"] == server.mails[0]["Message-ID"] == first.message_id
    assert ids["second@merton.example"] == second.message_id != first.message_id
    assert not Mail.objects.get(pk=first.pk).may_have_been_sent


@pytest.mark.django_db
def test_the_number_of_a_mail_names_our_domain_and_not_the_machine(settings):
    settings.DEFAULT_FROM_EMAIL = "Practice Spotlight <desk@spotlight.example.org>"
    (mail,) = written("person")
    assert mail.message_id.endswith("@spotlight.example.org>")


@pytest.mark.django_db
def test_a_refused_address_stops_no_other_and_is_tried_later_and_at_last_given_up(served_by, settings):
    server = served_by(refuses="nobody@")
    refused, _, _ = written("nobody", "ann", "bob")
    with pytest.raises(CommandError, match="1 could not be sent"):
        call_command("send_mail", verbosity=0)
    assert server.recipients == ["ann@merton.example", "bob@merton.example"]
    refused.refresh_from_db()
    assert (refused.tries, "nobody of that name" in refused.problem) == (1, True)
    assert not refused.may_have_been_sent  # a refusal is certain
    assert outbox.send_due() == (0, 0)
    pauses = []
    for _ in range(9):
        before = timezone.now()
        Mail.objects.update(next_try_at=before)
        outbox.send_due()
        refused.refresh_from_db()
        pauses.append(round((refused.next_try_at - before).total_seconds() / 60))
    assert pauses == [30, 120, 480, 1440, 1440, 0, 0, 0, 0]
    assert [one.items[0].words for one in waiting() if one.what == "Mails that could not go"] == [str(refused.subject)]


@pytest.mark.django_db
def test_a_line_that_breaks_after_the_mail_was_there_leaves_doubt_and_the_same_number(served_by):
    server = served_by(breaks=True)
    (mail,) = written("ann")
    assert outbox.send_due() == (0, 1)
    mail.refresh_from_db()
    assert (len(server.mails), mail.may_have_been_sent, mail.sent_at) == (1, True, None)
    again = served_by()
    Mail.objects.update(next_try_at=timezone.now())
    assert outbox.send_due() == (1, 0)
    assert again.mails[0]["Message-ID"] == server.mails[0]["Message-ID"]


@pytest.mark.django_db
def test_a_server_that_takes_too_long_in_all_is_cut_off_before_the_claim_ends(served_by, monkeypatch, settings):
    assert outbox.CLAIM.total_seconds() > 2 * outbox.SECONDS_TO_HAND_OVER > settings.EMAIL_TIMEOUT
    served_by(slow=20)
    settings.EMAIL_TIMEOUT = 60
    monkeypatch.setattr(outbox, "SECONDS_TO_HAND_OVER", 0.3)
    (mail,) = written("ann")
    start = time.monotonic()
    assert outbox.send_due() == (0, 1)
    assert time.monotonic() - start < 10
    mail.refresh_from_db()
    assert mail.may_have_been_sent


@pytest.mark.django_db
def test_a_sender_whose_claim_ran_out_before_it_began_leaves_the_mail_to_the_other(served_by):
    server = served_by()
    (mail,) = written("ann")
    slow = outbox._claim(mail.pk)
    Mail.objects.update(claimed_until=timezone.now())
    assert outbox._claim(mail.pk)
    with pytest.raises(outbox.ClaimLost):
        outbox._hand_over(slow, outbox._compose(slow, ""))
    assert not server.mails


@pytest.mark.django_db
def test_a_mail_that_one_sender_has_in_hand_is_no_others(served_by):
    server = served_by()
    (mail,) = written("ann")
    assert outbox._claim(mail.pk)
    assert outbox.send_due() == (0, 0)
    assert not server.mails


@pytest.mark.django_db
def test_what_somebody_answers_to_a_mail_goes_to_liia(served_by, settings):
    server, settings.LIIA_EMAIL = served_by(), "liia@liia.example"
    written("ann")
    assert outbox.send_due() == (1, 0)
    assert server.mails[0]["Reply-To"] == "liia@liia.example"


@pytest.mark.django_db
def test_a_mail_whose_text_cannot_be_made_stops_nothing_and_goes_once_it_can(served_by, settings, tmp_path, make_entry):
    server, entry = served_by(), make_entry(title="Open door")
    context = {"entry": entry, "entries": [(entry, "/x")]}
    mail = outbox.post("ann@merton.example", "A mail", "of_a_test", context)  # there is no such template
    written("bob")
    assert "of_a_test" in mail.problem
    assert "A mail" in [item.words for one in waiting() for item in one.items]
    assert outbox.send_due() == (1, 1)
    (tmp_path / "editorial" / "mail").mkdir(parents=True)
    for kind in ("txt", "html"):
        text = "{{ entry.title }}{% for entry, address in entries %} at {{ address }}{% endfor %}"
        (tmp_path / "editorial" / "mail" / f"of_a_test.{kind}").write_text(text)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    Mail.objects.update(next_try_at=timezone.now())
    assert outbox.send_due() == (1, 0)
    (part, _) = server.mails[-1].get_payload()
    assert "Open door at /x" in part.get_payload()


@pytest.mark.django_db
def test_a_mail_that_has_lost_its_point_is_not_sent_and_says_why(served_by, draft):
    from editorial.workflow import transition

    server = served_by()
    transition(transition(draft, "send"), "take-back")
    assert outbox.send_due() == (0, 0)
    assert not server.mails
    assert set(Mail.objects.values_list("dropped_because", flat=True)) == {
        "Its question was taken back before it could go."
    }
    assert not Mail.objects.unsent().exists()
