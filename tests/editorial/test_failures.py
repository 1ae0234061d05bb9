"""What fails costs nothing else, in cron's commands and in answers; and two runs at once do each thing once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts.questions import ask
from editorial.models import ContactCheck, Correction, Event, Failure, HandOver, Mail, NewAddress, SignOff
from editorial.workflow import transition
from editorial.worklist import waiting
from submissions.models import Submission
from tests.admin.conftest import carry_out
from tests.editorial.letters import letters, links_in
from tests.editorial.test_outbox import started


class Refusals:
    """refuse(model, condition): the database refuses each row of the model that is so (`new` is the row)."""

    def __init__(self):
        self.lifts = []

    def __call__(self, model, condition):
        table, name = connection.ops.quote_name(model._meta.db_table), f"refused_{len(self.lifts)}"
        if connection.vendor == "sqlite":
            for event in ("INSERT", "UPDATE"):
                execute(
                    f"CREATE TRIGGER {name}_{event} BEFORE {event} ON {table} WHEN {condition} "
                    "BEGIN SELECT RAISE(ABORT, 'refused by a test'); END"
                )
            self.lifts.append([f"DROP TRIGGER {name}_{event}" for event in ("INSERT", "UPDATE")])
        else:
            execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK (NOT ({condition.replace('new.', '')})) NOT VALID"
            )
            self.lifts.append([f"ALTER TABLE {table} DROP CONSTRAINT {name}"])

    def lift(self):
        while self.lifts:
            for statement in self.lifts.pop():
                execute(statement)


def execute(statement):
    """One statement. PostgreSQL alters no table while checks of its rows wait for the end of the transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.fixture
def refuse():
    refusals = Refusals()
    yield refusals
    refusals.lift()


def at_once(command, number=2):
    runs = [started(command) for _ in range(number)]
    said = [run.communicate(timeout=300)[0].decode() for run in runs]
    assert [run.returncode for run in runs] == [0] * number, said
    return said


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_ask_each_contact_once_and_its_link_opens(make_entry, client):
    for number in range(8):
        make_entry(contact=f"person{number}@merton.example")
    said = at_once("check_contacts")
    assert sum(int(text.strip().splitlines()[-1].split()[0]) for text in said) == 8
    assert ContactCheck.objects.count() == Mail.objects.count() == 8
    for mail in letters():
        (link,) = (path for path in links_in(mail, "/contact-checks/") if "no-more" not in path)
        assert client.get(link).status_code == 200


@pytest.mark.django_db
def test_a_contact_that_cannot_be_asked_stops_no_other_and_is_shown_until_it_can(make_entry, refuse):
    for number in range(5):
        make_entry(contact=f"person{number}@merton.example")
    broken = Contact.objects.order_by("pk")[2]
    refuse(ContactCheck, f"new.contact_id = {broken.pk}")
    with pytest.raises(CommandError, match="1 could not be done"):
        call_command("check_contacts", verbosity=0)
    assert ContactCheck.objects.count() == 4
    (one,) = (one for one in waiting() if one.what == "What the site could not do by itself")
    assert (one.count, one.items[0].url) == (1, f"/admin/boroughs/contact/{broken.pk}/change/")
    assert str(broken) in one.items[0].words
    with pytest.raises(CommandError):
        call_command("check_contacts", verbosity=0)
    assert Failure.objects.count() == 1
    refuse.lift()
    call_command("check_contacts", verbosity=0)
    assert (ContactCheck.objects.count(), Failure.objects.count()) == (5, 0)


@pytest.mark.django_db
def test_a_correction_that_cannot_be_forgotten_stops_no_other(make_entry, refuse):
    entry, long_ago = make_entry(), timezone.now() - timedelta(days=400)
    fields = {"submission": entry, "title": entry.title, "kind": "other", "section": "whole", "note": "Done"}
    rows = [
        Correction.objects.create(email=f"kim{number}@brent.example", closed_at=long_ago, **fields)
        for number in range(3)
    ]
    refuse(Correction, f"new.id = {rows[0].pk}")
    with pytest.raises(CommandError, match="1 could not be done"):
        call_command("forget_old_corrections", verbosity=0)
    assert Correction.objects.exclude(email="").count() == 1


@pytest.mark.django_db
def test_a_correction_is_saved_although_no_mail_about_it_can_be(client, make_entry, refuse, settings):
    from tests.editorial.corrections.conftest import GOOD, opened

    settings.LIIA_EMAIL = "liia@liia.example"
    make_entry(slug="open-door")
    refuse(Mail, "new.tries >= 0")
    answer = client.post("/submissions/open-door/correction/", {**GOOD, "opened": opened()})
    assert answer.status_code == 302
    kept = Correction.objects.get()
    assert kept.message == GOOD["message"]
    assert [item.words for one in waiting() for item in one.items if one.what.startswith("What the site")] == [
        f"mails about a correction: {kept}"
    ]


@pytest.mark.django_db
def test_an_answer_is_kept_although_what_follows_from_it_fails(client, draft, refuse):
    transition(draft, "send")
    links = [link for mail in letters() for link in links_in(mail, "sign-off")]
    refuse(Event, "new.what LIKE 'Signed off%'")
    for link in links:
        assert client.post(link, {"answer": "approved"}).status_code == 200
    assert list(SignOff.objects.values_list("answer", flat=True)) == ["approved", "approved"]
    assert Failure.objects.get().words == "Open door"


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["change", "hand-over"])
def test_what_a_contact_wrote_is_kept_although_no_mail_about_it_can_be(client, make_entry, refuse, way):
    make_entry(contact="ann@merton.example")
    contact = Contact.objects.get()
    ask(contact)
    link = next(link for link in links_in(letters()[0], "/contact-checks/") if "no-more" not in link)
    refuse(Mail, "new.tries >= 0")
    prefix = "my" if way == "change" else "their"
    said = {
        f"{prefix}-name": "A Person" if way == "change" else "Bob",
        f"{prefix}-role": "Lead",
        f"{prefix}-email": "bob@merton.example",
    }
    assert client.post(link, {"way": way, **said}).status_code == 200
    assert ContactCheck.objects.get().answer
    asked = (NewAddress if way == "change" else HandOver).objects.get()
    assert asked.email == "bob@merton.example"
    assert Failure.objects.get().words == str(asked)


@pytest.mark.django_db
def test_who_has_seen_to_a_failure_takes_it_off_the_list(desk, make_entry):
    entry = make_entry()
    Failure.objects.note("a task", Submission, entry.pk, ValueError("why"))
    page = desk.get("/admin/editorial/failure/").content.decode()
    assert "why" in page
    carry_out(desk, "/admin/editorial/failure/", "settle", Failure.objects.get().pk)
    assert not Failure.objects.exists()
