"""What the machine does by itself: plans carried out, links followed; and what waits for a person."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from editorial import dead_links
from editorial.models import CheckedLink, Plan
from editorial.worklist import KINDS, waiting
from submissions.models import Submission


def plan(entry, action, user, minutes=-1):
    due = timezone.now() + datetime.timedelta(minutes=minutes)
    return Plan.objects.create(submission=entry, action=action, due=due, by=user)


def test_plans_are_carried_out_when_their_hour_has_come(make_entry, administrator):
    soon, later = make_entry(signed_off=True), make_entry(signed_off=True)
    coming = make_entry(status="signed-off", published_on=None, signed_off=True)
    plan(soon, "withdraw", administrator)
    plan(later, "withdraw", administrator, minutes=60)
    plan(coming, "publish", administrator)
    call_command("carry_out_plans", verbosity=0)
    states = [Submission.objects.get(pk=entry.pk).status for entry in (soon, later, coming)]
    assert states == ["withdrawn", "published", "published"]
    assert "Planned: Withdraw on" in soon.events.first().note
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        call_command("carry_out_plans", verbosity=0)
    assert Submission.objects.get(pk=later.pk).status == "withdrawn"
    assert soon.events.count() == 1


def test_a_plan_that_cannot_be_carried_out_says_why_and_waits_at_the_desk(make_entry, administrator):
    entry = make_entry(status="draft")
    failed = plan(entry, "publish", administrator)
    call_command("carry_out_plans", verbosity=0)
    failed.refresh_from_db()
    assert "stands at “Draft”" in failed.problem
    assert [one.items[0].note for one in waiting() if one.what == "Plans that could not be carried out"] == [
        failed.problem
    ]


class Site(BaseHTTPRequestHandler):
    """/fine answers, /gone is gone, /moved leads to /fine, /shy refuses programmes, /no-head answers GET only."""

    answers = {"/fine": 200, "/gone": 404, "/moved": 302, "/shy": 403, "/broken": 500}

    def do_HEAD(self):
        self.asked.append((self.command, self.path))
        if self.path == "/no-head":
            self.send_response(501 if self.command == "HEAD" else 200)
        else:
            self.send_response(self.answers[self.path])
        self.send_header("Location", "/fine")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture
def site(settings):
    """The address of a web site of our own, and what was asked of it."""
    settings.LINKS_MAY_LEAD_TO = ["127.0.0.1"]
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/fine", "/moved", "/shy", "/no-head"])
def test_a_link_that_leads_somewhere_is_fine(site, path):
    assert dead_links.problem_with(site + path) == ""


def test_a_link_that_leads_nowhere_says_why(site):
    assert dead_links.problem_with(f"{site}/gone") == "The site answers 404 Not Found"
    assert dead_links.problem_with(f"{site}/broken").startswith("The site answers 500")
    assert dead_links.problem_with("http://127.0.0.1:9/").startswith("No answer: ")
    assert dead_links.problem_with("http://no-such-host.invalid/").startswith("No answer: ")


def test_links_of_published_entries_are_followed_politely(site, make_entry, monkeypatch):
    waits = []
    monkeypatch.setattr(dead_links.time, "sleep", waits.append)
    body = f'<p><a href="{site}/gone">Guide</a> and <a href="mailto:a@example.org">mail</a></p>'
    entry = make_entry(body=body)
    entry.supporting_items.create(title="Film", url=f"{site}/fine")
    make_entry(body=body)
    make_entry(body=f'<p><a href="{site}/broken">Draft</a></p>', status="draft")
    call_command("check_links", verbosity=0)
    assert Site.asked == [
        ("HEAD", "/fine"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]  # each address once, however often printed
    assert any(wait > 0 for wait in waits)  # how long is a matter of how busy the machine is
    failing = CheckedLink.objects.filter(failing_since__isnull=False)
    assert {link.problem for link in failing} == {"The site answers 404 Not Found"}
    assert [one.count for one in waiting() if one.what == "Links that lead nowhere"] == [2]
    since = failing.first().failing_since
    call_command("check_links", verbosity=0)
    assert failing.first().failing_since == since
    entry.body = ""
    entry.save()
    call_command("check_links", verbosity=0)
    assert failing.all().count() == 1


def test_every_kind_of_waiting_can_be_asked_for_on_an_empty_desk(db):
    assert [kind().count for kind in KINDS] == [0] * len(KINDS)


def test_an_entry_untouched_for_two_years_and_what_is_signed_off_wait(make_entry):
    old, ready = make_entry(title="Old"), make_entry(title="Ready", status="signed-off")
    Submission.objects.filter(pk=old.pk).update(changed_at=timezone.now() - datetime.timedelta(days=800))
    said = {one.what: [item.words for item in one.items] for one in waiting()}
    assert said["Entries untouched for two years"] == ["Old"]
    assert said["Signed off, to be published"] == ["Ready"]
    assert len(said["Boroughs without an entry"]) == 5
    assert ready.title == "Ready"
