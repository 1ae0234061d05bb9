"""The regular check, day by day."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.questions import TASKS, state_of, to_look_at
from editorial.models import ContactCheck
from tests.editorial.contacts.conftest import link_of
from tests.editorial.letters import letters

pytestmark = pytest.mark.django_db
START = timezone.make_aware(timezone.datetime(2026, 3, 2, 9))


@pytest.fixture
def on_day(check_contacts):
    """on_day(22) → what the command did on the 22nd day, as [(deed, name)]."""

    def run(day, *arguments):
        with time_machine.travel(START + timedelta(days=day), tick=False):
            lines = check_contacts(*arguments).splitlines()[:-1]
        return [line.partition(" <")[0] for line in lines]

    return run


def test_asked_reminded_seen_by_liia_then_by_readers(ann, on_day, client):
    page = "/submissions/entry-1/"
    assert on_day(0) == ["Ask: Ann Other"]
    assert on_day(1) == on_day(20) == []
    assert on_day(22) == ["Remind: Ann Other"]
    assert letters()[-1].subject == "Reminder: are you still the person to call?"
    assert "second of two mails" in letters()[-1].body
    assert on_day(23) == []
    with time_machine.travel(START + timedelta(days=42), tick=False):
        assert not to_look_at().exists()
    with time_machine.travel(START + timedelta(days=44), tick=False):
        assert to_look_at().get() == ann
        assert state_of(ann) == ("No answer to two mails, the last on 24 March 2026", True)
    assert on_day(72) == []
    assert "ann.other@merton.gov.uk" in client.get(page).content.decode()
    assert on_day(74) == ["Send readers to LIIA instead of: Ann Other"]
    shown = client.get(page).content.decode()
    assert "Ask LIIA" in shown
    assert "ann.other@merton.gov.uk" not in shown
    assert on_day(75) == []
    assert on_day(300) == ["Ask: Ann Other"]


@pytest.mark.parametrize("mail", [0, 1])
def test_an_answer_to_either_mail_ends_it(ann, on_day, client, mail):
    on_day(0)
    links = [link_of(ann.email)]
    on_day(22)
    links.append(link_of(ann.email))
    with time_machine.travel(START + timedelta(days=30), tick=False):
        assert client.post(links[mail], {"way": "still-me"}).status_code == 200
        assert client.get(links[1 - mail]).status_code == 410
    assert on_day(74) == on_day(200) == []
    assert on_day(30 + 183) == ["Ask: Ann Other"]


def test_who_answers_late_is_shown_again(ann, on_day, client):
    on_day(0)
    on_day(22)
    on_day(74)
    with time_machine.travel(START + timedelta(days=80), tick=False):
        assert client.post(link_of(ann.email), {"way": "still-me"}).status_code == 200
    assert "ann.other@merton.gov.uk" in client.get("/submissions/entry-1/").content.decode()


def test_a_successor_who_never_answers_is_not_waited_for(ann, on_day, client, send):
    on_day(0)
    with time_machine.travel(START, tick=False):
        send(link_of(ann.email), way="hand-over", **{"their-name": "Bo", "their-email": "bo@merton.gov.uk"})
    assert on_day(29) == []
    assert on_day(31) == ["Send readers to LIIA instead of: Ann Other"]


def test_a_dry_run_says_all_and_does_nothing(ann, check_contacts):
    said = check_contacts("--dry-run")
    assert said == "Ask: Ann Other <ann.other@merton.gov.uk>\n1 would be done (nothing was).\n"
    assert not ContactCheck.objects.exists()
    assert not letters()


def test_only_whom_readers_see_is_asked(ann, make_entry, check_contacts):
    make_entry(contact="draft@merton.gov.uk", status="draft")
    make_entry(contact="gone@merton.gov.uk", status="withdrawn")
    Contact.objects.create(name="Nowhere", email="nowhere@merton.gov.uk")
    make_entry().contact_lines.create(contact=Contact.objects.create(name="No Address"))
    check_contacts()
    assert [mail.to for mail in letters()] == [["ann.other@merton.gov.uk"]]


def test_many_contacts_are_found_with_a_handful_of_questions(make_entry, django_assert_max_num_queries):
    for number in range(20):
        make_entry(contact=f"person{number}@merton.gov.uk")
    with django_assert_max_num_queries(4):
        assert len([record for task in TASKS for record in task.due()]) == 20
