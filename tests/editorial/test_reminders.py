"""People who have not answered are reminded by themselves after 10 and 20 days, once each time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from editorial import answers, asking
from editorial.models import Failure, Mail, SignOff
from editorial.workflow import transition
from editorial.worklist import waiting
from tests.editorial.letters import letter_to, links_in
from tests.editorial.test_failures import at_once

DCS, LEADER = "dcs@merton.example", "practice-leader@merton.example"


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """run(days): cron's command, so many days after now; the addresses that got a mail."""

    def after(days):
        before = set(Mail.objects.values_list("pk", flat=True))
        then = time_machine.travel(timezone.now() + timedelta(days=days))
        with then, django_capture_on_commit_callbacks(execute=True):
            call_command("remind_signatories", verbosity=0)
        return sorted(Mail.objects.exclude(pk__in=before).values_list("to", flat=True))

    return after


def test_each_person_is_reminded_after_ten_and_twenty_days_and_once_each_time(draft, run):
    transition(draft, "send")
    assert run(9) == []
    assert run(10.1) == [DCS, LEADER]
    assert run(10.1) == [] and run(19) == []
    assert run(20.1) == [DCS, LEADER]
    assert run(20.1) == [] and run(29) == [] and run(60) == []


def test_the_reminder_says_that_it_is_one_and_its_link_answers(draft, run, client, mailoutbox):
    transition(draft, "send")
    run(10.1)
    letter = letter_to(DCS)
    assert letter.subject.startswith("Reminder: please sign off “Open door”")
    client.post(links_in(letter, "sign-off")[0], {"answer": "approved"})
    assert SignOff.objects.get(role="dcs").answer == "approved"
    assert run(20.1) == [LEADER]


def test_nobody_is_reminded_of_what_was_answered_taken_back_or_reminded_by_hand(draft, run):
    entry = transition(draft, "send")
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        asking.remind(entry.sign_offs.get(role="dcs"))
    answers.record_answer(entry.sign_offs.get(role="practice-leader"), SignOff.Answer.NOT_YET, note="Later.")
    assert run(10.1) == []
    assert run(13.1) == [DCS]
    transition(entry, "take-back")
    assert run(20.1) == []


def test_a_cron_that_rested_sends_one_mail_and_not_two(draft, run):
    transition(draft, "send")
    assert run(25) == [DCS, LEADER]
    assert run(25.1) == [] and run(31) == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_each_person_once(draft):
    transition(draft, "send")
    SignOff.objects.update(asked_at=timezone.now() - timedelta(days=11))
    said = at_once("remind_signatories")
    assert sum(int(text.strip().splitlines()[-1].split()[0]) for text in said) == 2
    assert sorted(Mail.objects.filter(subject__startswith="Reminder: ").values_list("to", flat=True)) == [DCS, LEADER]


def test_one_broken_record_stops_no_other(draft, run):
    transition(draft, "send")
    broken = SignOff.objects.get(role="dcs")
    SignOff.objects.filter(pk=broken.pk).update(claims="broken", follows=broken.pk)
    with pytest.raises(CommandError, match="1 could not be done"):
        run(11)
    assert Mail.objects.get(subject__startswith="Reminder: ").to == LEADER
    assert Failure.objects.get().record == f"editorial.signoff {broken.pk}"


def test_liia_sees_who_has_not_answered_for_how_long(draft):
    transition(draft, "send")
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        (kind,) = [one for one in waiting() if one.what == "Sign-offs not answered yet"]
    assert "Merton" in kind.items[0].words
    assert kind.items[0].since
