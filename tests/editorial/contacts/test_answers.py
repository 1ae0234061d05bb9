"""What a contact answers, and what readers and LIIA see of it."""

import pytest
from django.db.models.signals import post_save
from django.utils import timezone

from boroughs.models import Contact
from editorial.contacts import answers
from editorial.models import ContactCheck, HandOver
from editorial.workflow import transition
from submissions.models import Submission, SubmissionContact
from tests.editorial.contacts.conftest import link_of, names_on
from tests.editorial.letters import letters

pytestmark = pytest.mark.django_db
NEW = {"their-name": "Amina Yusuf", "their-role": "Head of Leaving Care", "their-email": "amina.yusuf@merton.gov.uk"}
CONFIRMED = "Contact confirmed"


@pytest.fixture
def entries(rosemary):
    return list(Submission.objects.filter(contact_lines__contact=rosemary).order_by("title"))


def page(client, entry):
    return " ".join(client.get(entry.get_absolute_url()).content.decode().split())


def test_the_mail_lists_every_published_entry_and_offers_one_link(asked, entries):
    mail = letters()[-1]
    assert len(entries) == 3
    for entry in entries:
        assert entry.title in mail.body
        assert entry.get_absolute_url() in mail.body
    assert mail.body.count("/contact-checks/") == 2  # the page, and no more of these mails
    assert asked in mail.body.replace("\n", " ")


def test_the_mail_is_a_whole_page_that_says_its_language(asked):
    (html, kind), *_ = letters()[-1].alternatives
    assert kind == "text/html"
    assert html.lstrip().startswith("<!doctype html>")
    assert '<html lang="en-GB">' in html


def test_an_entry_that_readers_do_not_see_is_not_told(rosemary, entries, send, django_capture_on_commit_callbacks):
    transition(entries[0], "withdraw")
    with django_capture_on_commit_callbacks(execute=True):
        answers.ask_new_address(rosemary, "r@merton.gov.uk")
    page = send(link_of("r@merton.gov.uk")).content.decode()
    assert entries[0].title not in page
    assert entries[1].title in page


def test_still_me_is_seen_by_readers_with_its_month(client, asked, entries, send):
    assert CONFIRMED not in page(client, entries[0])
    assert "confirmed this month" in send(asked, way="still-me").content.decode()
    month = timezone.localdate().strftime("%B %Y")
    for entry in entries:
        assert f"Contact confirmed {month}" in page(client, entry)
    check = ContactCheck.objects.get()
    assert (check.answer, check.link_problem) == ("still-me", "answered")


def test_changed_details_show_everywhere_at_once(client, asked, entries, rosemary, send):
    send(asked, way="change", **{"my-name": "Rosemary F", "my-role": "Director", "my-email": rosemary.email})
    for entry in entries:
        assert "<strong>Rosemary F</strong> <br>Director" in page(client, entry)
    rosemary.refresh_from_db()
    assert rosemary.confirmed_on == timezone.localdate()
    assert rosemary.history.first().history_change_reason == "Through the link in a mail"


def test_a_new_address_counts_only_after_it_was_confirmed_from_there(client, asked, entries, rosemary, send):
    old, new = rosemary.email, "rosemary.f@merton.gov.uk"
    send(asked, way="change", **{"my-name": rosemary.name, "my-role": "Director", "my-email": new})
    assert old in page(client, entries[0])
    assert new not in page(client, entries[0])
    assert CONFIRMED not in page(client, entries[0])
    confirm = link_of(new)
    assert client.get(confirm).status_code == 200
    assert new not in page(client, entries[0])
    send(confirm)
    for entry in entries:
        assert new in page(client, entry)
        assert CONFIRMED in page(client, entry)
        assert old not in page(client, entry)


def test_a_new_address_that_is_another_records_makes_the_two_one(asked, entries, rosemary, send, make_entry):
    other = make_entry(contact="R.Frimpong@merton.gov.uk")
    send(asked, way="change", **{"my-name": "Rosemary F", "my-role": "", "my-email": "r.frimpong@merton.gov.uk"})
    send(link_of("r.frimpong@merton.gov.uk"))
    for entry in [*entries, other]:
        assert names_on(entry) == ["Rosemary F"]
    assert not Contact.objects.filter(pk=rosemary.pk).exists()


@pytest.mark.parametrize(
    ("way", "field", "typed", "told"),
    [
        ("change", "my-email", "rosemary at islington", "Write an e-mail address like name@council.gov.uk."),
        ("change", "my-name", "x" * 151, "at most 150 characters"),
        ("hand-over", "their-email", "", "Write the e-mail address."),
        ("hand-over", "their-email", "ROSEMARY", "This is your own address."),
        ("hand-over", "their-name", "A\0B", "Null characters are not allowed."),
    ],
)
def test_a_fault_is_told_and_what_was_typed_stays(asked, rosemary, send, way, field, typed, told):
    prefix = field.partition("-")[0]
    typed = rosemary.email.upper() if typed == "ROSEMARY" else typed
    fields = {f"{prefix}-name": "Amina & Co", f"{prefix}-role": "Kept", f"{prefix}-email": "a@merton.gov.uk"}
    answer = send(asked, way=way, **{**fields, field: typed})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert told in text
    assert 'value="Kept"' in text
    assert not ContactCheck.objects.get().answered_at
    assert Contact.objects.get(pk=rosemary.pk).name == "Rosemary Frimpong"


def test_hand_over_across_three_entries(client, asked, entries, rosemary, send):
    send(asked, way="hand-over", **NEW)
    for entry in entries:
        assert "Rosemary Frimpong" in page(client, entry)
        assert "Amina" not in page(client, entry)
    accept = link_of(NEW["their-email"])
    assert "Amina Yusuf" in client.get(accept).content.decode()
    assert "Amina" not in page(client, entries[0])
    send(accept, way="accept", name="Amina Yusuf", role="Head of Service")
    for entry in entries:
        assert names_on(entry) == ["Amina Yusuf"]
        assert "<strong>Amina Yusuf</strong> <br>Head of Service" in page(client, entry)
        assert CONFIRMED in page(client, entry)
        assert "Frimpong" not in page(client, entry)
        assert entry.events.first().what == "Contact: Amina Yusuf in place of Rosemary Frimpong"
    assert not rosemary.entry_lines.exists()


def test_a_successor_who_is_known_already_is_not_kept_twice(asked, entries, rosemary, send, make_entry):
    known = make_entry(contact="Amina.Yusuf@merton.gov.uk").contacts.get()
    known.entry_lines.create(submission=entries[1], position=2)
    send(asked, way="hand-over", **NEW)
    send(link_of(NEW["their-email"]), way="accept", name="Amina Yusuf", role="")
    for entry in entries:
        assert names_on(entry) == ["Amina Yusuf"]
    assert Contact.objects.filter(email__iexact=NEW["their-email"]).get() == known


def test_whoever_declines_is_named_nowhere_and_readers_are_sent_to_liia(client, asked, entries, send, settings):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    send(asked, way="hand-over", **NEW)
    assert "not be named" in send(link_of(NEW["their-email"]), way="decline").content.decode()
    assert HandOver.objects.get().answer == "declined"
    assert not Contact.objects.filter(name="Amina Yusuf").exists()
    assert '<a href="mailto:spotlight@liia.example">Ask LIIA</a>' in page(client, entries[0])


def test_who_names_nobody_is_taken_off_at_once(client, asked, entries, rosemary, send):
    send(asked, way="gone")
    for entry in entries:
        assert "Ask LIIA" in page(client, entry)
        assert rosemary.email not in page(client, entry)


def test_half_a_hand_over_never_stands(asked, entries, rosemary, send):
    """The third entry cannot be written: then none is, the successor is not there, and the link still opens."""
    send(asked, way="hand-over", **NEW)
    accept = link_of(NEW["their-email"])
    written = []

    def fails_at_the_third(instance, **_):
        written.append(instance)
        if len(written) == 3:
            raise OSError("the disk is full")

    post_save.connect(fails_at_the_third, SubmissionContact)
    try:
        with pytest.raises(OSError):
            send(accept, way="accept", name="Amina Yusuf", role="")
    finally:
        post_save.disconnect(fails_at_the_third, SubmissionContact)
    assert [names_on(entry) for entry in entries] == [["Rosemary Frimpong"]] * 3
    assert not Contact.objects.filter(name="Amina Yusuf").exists()
    assert HandOver.objects.get().is_waiting


@pytest.mark.parametrize("place", ["/submissions/{}/", "/pack/?ids={}", "/compare/?ids={},{}", "docx"])
def test_no_page_or_document_shows_a_dead_address(client, entries, rosemary, place):
    address = {"docx": "/pack.docx?ids={},{}"}.get(place, place)
    values = [entries[0].slug] if "submissions" in address else [entries[0].pk, entries[1].pk]
    shown = rosemary.name if place == "docx" else rosemary.email  # a file holds no address
    assert shown in text_at(client, address.format(*values))
    rosemary.silent_since = timezone.localdate()
    rosemary.save()
    assert rosemary.email not in text_at(client, address.format(*values))
    assert "sk LIIA" in text_at(client, address.format(*values))


def text_at(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    if "docx" not in address:
        return response.content.decode()
    import io

    import docx

    document = docx.Document(io.BytesIO(response.getvalue()))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)
