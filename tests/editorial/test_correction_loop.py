"""A correction that somebody of the authority asked for: LIIA makes it, that person alone says whether it is right."""

import re

import pytest
from django.utils.html import strip_tags

from editorial import answers, asking
from editorial.failures import Refused
from editorial.models import SignOff
from editorial.workflow import transition
from submissions.models import Submission
from tests.editorial.letters import letter_to, letters, links_in

ASKER, OTHER = "dcs@merton.example", "practice-leader@merton.example"


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def asked(draft, commits):
    """An entry that says 31, of which one person wants 33 and the other approved 31."""
    draft.body = "<p>We reached 31 children. 75% felt safe.</p><p>It went well.</p>"
    draft.save()
    with commits():
        entry = transition(draft, "send")
    with commits():
        answers.record_answer(entry.sign_offs.get(role="dcs"), SignOff.Answer.CORRECTED, note="33 children, not 31")
        answers.record_answer(entry.sign_offs.get(role="practice-leader"), SignOff.Answer.APPROVED)
    letters().clear()
    return Submission.objects.get(pk=entry.pk)


def page(entry):
    sign_off = entry.sign_offs.get(answer="corrected")
    return f"/admin/submissions/submission/{entry.pk}/correction/{sign_off.pk}/"


def text_of(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def correct(send_form, entry):
    body = entry.body.replace("31", "33")
    return send_form(f"/admin/submissions/submission/{entry.pk}/change/", body=body)


def test_nothing_is_settled_while_nothing_changed_and_no_reason_is_given(desk, asked, client):
    opened = desk.get(page(asked))
    assert "33 children, not 31" in text_of(opened)
    answer = desk.post(page(asked), {"reason": " "})
    assert "Nothing has changed in the text since" in text_of(answer)
    with pytest.raises(Refused, match="Nothing has changed in the text since"):
        answers.ask_after_correction(asked.sign_offs.get(answer="corrected"), by=None)
    asked.refresh_from_db()
    assert (asked.status, letters()) == ("authority", [])
    assert len(asking.missing(asked)) == 1
    with pytest.raises(Refused):  # nor by taking it back and sending the same text again
        transition(transition(asked, "take-back"), "send")


def test_a_reason_goes_to_the_person_who_asked_whose_yes_alone_counts(desk, asked, client, commits):
    with commits():
        answer = desk.post(page(asked), {"reason": "The register says 31."}, follow=True)
    assert "only that answer counts" in text_of(answer)
    assert [message.to for message in letters()] == [[ASKER]]
    letter = letter_to(ASKER)
    assert "33 children, not 31" in letter.body and "The register says 31." in letter.body
    assert "Is it right?" in letter.subject
    link = links_in(letter, "sign-off")[0]
    shown = text_of(client.get(link))
    assert "The register says 31." in shown and "33 children, not 31" in shown
    asked.refresh_from_db()
    assert asked.status == "authority"
    client.post(link, {"answer": "approved"})
    asked.refresh_from_db()
    assert asked.status == "signed-off"


def test_the_asker_is_shown_what_changed_and_the_other_the_difference_only(desk, send_form, asked, client, commits):
    assert correct(send_form, asked).status_code == 302
    asked.refresh_from_db()
    assert asked.status == "draft"
    opened = " ".join(desk.get(page(asked)).content.decode().split())
    assert re.search(r"<del>.*31.*</del>", opened) and re.search(r"<ins>.*33.*</ins>", opened)
    with commits():
        desk.post(page(asked), {"reason": ""})
    asked.refresh_from_db()
    assert asked.status == "authority"
    assert sorted(message.to[0] for message in letters()) == [ASKER, OTHER]
    for address, heading in ((ASKER, "You asked for a correction"), (OTHER, "has changed: please sign it off again")):
        letter = letter_to(address)
        assert heading in letter.subject
        assert "Main text" in letter.body
        shown = " ".join(client.get(links_in(letter, "sign-off")[0]).content.decode().split())
        assert heading in shown
        first, _, whole = shown.partition("The whole text")
        assert re.search(r"<del>.*31.*</del>", first) and re.search(r"<ins>.*33.*</ins>", first)
        assert "It went well." in whole
    assert "33 children, not 31" not in letter_to(OTHER).body
    client.post(links_in(letter_to(OTHER), "sign-off")[0], {"answer": "approved"})
    asked.refresh_from_db()
    assert asked.status == "authority"  # nobody settles the condition of the person who asked
    client.post(links_in(letter_to(ASKER), "sign-off")[0], {"answer": "approved"})
    asked.refresh_from_db()
    assert asked.status == "signed-off"


@pytest.mark.parametrize("changed", [False, True])
def test_correction_made_is_undone_until_the_answer_comes(desk, send_form, asked, client, commits, changed):
    if changed:
        correct(send_form, asked)
    with commits():
        desk.post(page(asked), {"reason": "As the register says."})
    question = SignOff.objects.get(follows__answer="corrected", role="dcs")
    link = links_in(letter_to(ASKER), "sign-off")[0]
    address = f"/admin/submissions/submission/{asked.pk}/sign_off/"
    assert "Undo “Correction made”" in text_of(desk.get(address))
    assert "Undone." in text_of(desk.post(address, {"_undo_correction": question.pk}, follow=True))
    assert client.get(link).status_code == 410
    assert "Correction made …" in text_of(desk.get(address))
    wanting = asked.sign_offs.all().wanting_correction().get()
    assert (wanting.answer, wanting.correction_made_at, wanting.correction_reason) == ("corrected", None, "")
    with commits():
        desk.post(page(asked), {"reason": "Once more."})
    client.post(links_in(letter_to(ASKER), "sign-off")[0], {"answer": "not-yet", "note": "Still 31."})
    question = SignOff.objects.get(answer="not-yet")
    assert "nothing to undo" in text_of(desk.post(address, {"_undo_correction": question.pk}, follow=True))
    question.refresh_from_db()
    assert question.revoked_at is None


def test_a_second_click_asks_nobody_again(desk, asked, commits):
    with commits():
        for _ in range(2):
            answer = desk.post(page(asked), {"reason": "As the register says."})
    assert "has been dealt with already" in text_of(answer)
    assert len(letters()) == 1


def test_every_second_question_says_what_changed_since_the_answer_or_since_the_last_question(draft, client, commits):
    with commits():
        entry = transition(draft, "send")
    client.post(links_in(letter_to(ASKER), "sign-off")[0], {"answer": "not-yet", "note": "The team is wrong."})
    entry = transition(entry, "take-back")
    entry.team = "The right team"
    entry.save()
    with commits():
        transition(entry, "send")
    for address, since in ((ASKER, "your answer"), (OTHER, "LIIA last asked you")):
        assert "this has changed: Team" in letter_to(address).body
        shown = client.get(links_in(letter_to(address), "sign-off")[0]).content.decode()
        assert f"What changed since {since}" in re.sub(r"\s+", " ", shown)
        assert "<ins>" in shown.partition("The whole text")[0]


def test_somebody_new_in_the_role_is_not_told_of_an_answer_that_was_another_persons(
    draft, client, commits, signatories
):
    from editorial.models import Signatory

    with commits():
        entry = transition(draft, "send")
    client.post(links_in(letter_to(ASKER), "sign-off")[0], {"answer": "not-yet", "note": "No."})
    Signatory.objects.filter(role="dcs").update(name="New Director", email="new@merton.example")
    with commits():
        transition(transition(entry, "take-back"), "send")
    letter = letter_to("new@merton.example")
    assert letter.subject.startswith("Please sign off")
    assert "What changed since" not in text_of(client.get(links_in(letter, "sign-off")[0]))


def test_liia_gets_one_mail_when_an_authority_has_answered(draft, client, commits, settings):
    settings.LIIA_EMAIL = "liia@liia.example"
    with commits():
        transition(draft, "send")
    links = [links_in(letter_to(address), "sign-off")[0] for address in (ASKER, OTHER)]
    with commits():
        client.post(links[0], {"answer": "corrected", "note": "33, not 31"})
    assert not [message for message in letters() if message.to == ["liia@liia.example"]]
    with commits():
        client.post(links[1], {"answer": "approved"})
    (letter,) = [message for message in letters() if message.to == ["liia@liia.example"]]
    assert "33, not 31" in letter.body and "Merton has answered" in letter.subject
