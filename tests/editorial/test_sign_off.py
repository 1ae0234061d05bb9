"""What an authority opens from its mail: a page that does nothing until a button is pressed, and opens nothing else."""

import datetime
import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import strip_tags

from editorial import answers, asking
from editorial.models import LinkProblem, Mail, Signatory, SignOff
from editorial.workflow import transition
from submissions.derived import renew
from submissions.models import CatalogueVersion, Submission
from tests.editorial.letters import letter_to, letters, links_in


@pytest.fixture
def sent(draft, django_capture_on_commit_callbacks):
    """The draft with its authority; its two mails are the letters."""
    with django_capture_on_commit_callbacks(execute=True):
        return transition(draft, "send")


@pytest.fixture
def links(sent):
    return [link for message in letters() for link in links_in(message, "sign-off")]


def test_each_person_gets_a_link_of_their_own(sent, links):
    assert [message.to for message in letters()] == [["dcs@merton.example"], ["practice-leader@merton.example"]]
    assert len(set(links)) == 2
    assert all(len(links_in(message, "sign-off")) == 1 for message in letters())
    html = [body for message in letters() for body, kind in message.alternatives if kind == "text/html"]
    assert all(link in body for link, body in zip(links, html, strict=True))


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(sent, client):
    before = state()
    for message in letters():
        for link in links_in(message):
            for ask in (client.get, client.head, client.options):
                ask(link)
    assert state() == before


def state():
    """Everything a click could change."""
    renew()  # of what was made before it
    rows = list(SignOff.objects.order_by("pk").values()), list(Submission.objects.order_by("pk").values())
    return rows, CatalogueVersion.objects.get().stamp, Mail.objects.count()


def test_both_approve_and_the_entry_is_signed_off(sent, links, client):
    for link in links:
        page = client.get(link)
        assert "Open door" in page.content.decode()
        assert not page.cookies
        assert (page.headers["Cache-Control"].count("no-store"), page.headers["Referrer-Policy"]) == (1, "no-referrer")
        answer = client.post(link, {"answer": "approved"})
        assert "Thank you: your answer is kept" in answer.content.decode()
        assert not answer.cookies
    sent.refresh_from_db()
    assert sent.status == "signed-off"
    kept = SignOff.objects.order_by("role").values_list("role", "name", "answer", "fingerprint")
    assert [row[:3] for row in kept] == [
        ("dcs", "dcs Merton", "approved"),
        ("practice-leader", "practice-leader Merton", "approved"),
    ]
    assert len({row[3] for row in kept}) == 1


def test_a_correction_or_a_reason_needs_words_and_keeps_what_was_chosen(links, client):
    answer = client.post(links[0], {"answer": "not-yet", "note": " "})
    assert answer.status_code == 422
    assert "Say why not yet." in answer.content.decode()
    assert re.search(r'value="not-yet"[^>]* checked', answer.content.decode())
    assert client.post(links[0], {}).status_code == 422
    assert not SignOff.objects.exclude(answer="").exists()
    assert client.post(links[0], {"answer": "not-yet", "note": "The year is wrong."}).status_code == 200
    assert SignOff.objects.get(answer="not-yet").note == "The year is wrong."


PROBLEMS = {
    "tampered": (404, "This link opens nothing"),
    "foreign": (404, "This link opens nothing"),
    "expired": (410, "This link has expired"),
    "revoked": (410, "This link no longer works"),
    "answered": (410, "This link has been used"),
    "changed": (410, "This link no longer works"),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_link_that_opens_nothing_says_so_on_one_plain_page(sent, links, client, problem):
    link = links[0]
    if problem == "tampered":
        link = link[:-2] + ("A" if link[-2] != "A" else "B") + "/"
    elif problem == "foreign":
        link = f"/sign-off/{'x' * 43}/"
    elif problem == "expired":
        SignOff.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif problem == "revoked":
        transition(sent, "take-back")
    elif problem == "answered":
        client.post(link, {"answer": "approved"})
    else:
        Submission.objects.filter(pk=sent.pk).update(team="Another team")
    before = state()
    status, heading = PROBLEMS[problem]
    for answer in (client.get(link), client.post(link, {"answer": "approved"})):
        page = answer.content.decode()
        assert (answer.status_code, heading in page) == (status, True)
        for detail in ("Open door", "Merton", "dcs", "@"):
            assert detail not in strip_tags(page.split("<main")[1].split("</main>")[0])
    assert state() == before


def test_a_new_link_closes_the_one_before_and_a_next_draft_has_its_own(sent, links, client):
    asking.remind(SignOff.objects.get(role="dcs"))
    assert client.get(links[0]).status_code == 404
    entry = transition(transition(sent, "take-back"), "send")
    assert client.get(links[1]).status_code == 410
    assert entry.sign_offs.standing().count() == 2


def test_who_approved_this_very_text_is_not_asked_again(sent, links, client, mailoutbox):
    client.post(links[0], {"answer": "approved"})
    transition(transition(sent, "take-back"), "send")
    assert Mail.objects.filter(to="dcs@merton.example").count() == 1
    assert Mail.objects.filter(to="practice-leader@merton.example").count() == 2


def test_of_two_pages_that_were_open_at_once_the_first_answers(sent):
    first, second = (sent.sign_offs.get(role="dcs") for _ in range(2))
    answers.record_answer(first, SignOff.Answer.APPROVED)
    with pytest.raises(LinkProblem, match="answered"):
        answers.record_answer(second, SignOff.Answer.NOT_YET, note="Too late.")
    assert sent.sign_offs.get(role="dcs").answer == "approved"


def test_an_answer_that_comes_after_the_text_has_changed_does_not_count(sent):
    question = sent.sign_offs.get(role="dcs")
    Submission.objects.filter(pk=sent.pk).update(team="Another team")
    with pytest.raises(LinkProblem, match="revoked"):
        answers.record_answer(question, SignOff.Answer.APPROVED)
    assert sent.sign_offs.get(role="dcs").answer == ""


def test_readers_are_told_the_month_and_no_name(sent, links, client):
    with time_machine.travel(datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC)):
        SignOff.objects.update(expires_at=timezone.now() + timedelta(days=9))
        for link in links:
            client.post(link, {"answer": "approved"})
    transition(sent, "publish")
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "Signed off by the authority, March 2026" in page
    assert "dcs" not in page and "practice-leader" not in page


def test_the_page_shows_what_would_change_for_readers(
    make_entry, signatories, client, django_capture_on_commit_callbacks
):
    from editorial.versions import begin_new_version

    live = make_entry(signed_off=True, body="<p>We reached 20 young people.</p>")
    signatories("merton")
    draft = begin_new_version(live)
    draft.body = "<p>We reached 25 young people.</p>"
    draft.save()
    with django_capture_on_commit_callbacks(execute=True):
        transition(draft, "send")
    page = " ".join(client.get(links_in(letters()[0], "sign-off")[0]).content.decode().split())
    assert re.sub(r"<[^>]+>|\[added: |\[removed: |\]", "|", page).count("25") >= 2
    assert re.search(r"<del>.*20.*</del>", page) and re.search(r"<ins>.*25.*</ins>", page)


def test_who_holds_the_role_no_longer_cannot_sign_and_the_next_reminder_asks_who_does(
    desk, send_form, sent, links, django_capture_on_commit_callbacks
):
    earlier = letter_to("dcs@merton.example")
    link = links_in(earlier, "sign-off")[0]
    signatory = Signatory.objects.get(role="dcs")
    send_form(f"/admin/editorial/signatory/{signatory.pk}/change/", name="New Director", email="new@merton.gov.uk")
    page = desk.get(f"/admin/editorial/signatory/{signatory.pk}/change/").content.decode()
    assert "The links that went to dcs@merton.example open nothing any more" in page
    assert f"/admin/submissions/submission/{sent.pk}/sign_off/" in page
    assert desk.get(link).status_code == 410
    assert desk.post(link, {"answer": "approved"}).status_code == 410
    question = sent.sign_offs.standing().get(role="dcs")
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/admin/submissions/submission/{sent.pk}/sign_off/", {"_remind": question.pk})
    assert letters()[-1].to == ["new@merton.gov.uk"]
    assert desk.get(links_in(letter_to("new@merton.gov.uk"), "sign-off")[0]).status_code == 200
    assert desk.get(link).status_code == 410
