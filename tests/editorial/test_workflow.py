"""An entry's state changes through one door, with its story; readers see what was signed off and nothing else."""

import pytest

from editorial import answers, asking
from editorial.failures import Refused
from editorial.models import Event, SignOff, Version
from editorial.versions import begin_new_version
from editorial.workflow import STEPS, transition
from submissions.models import Doubt, Submission


def approve_all(entry):
    for sign_off in entry.sign_offs.standing().filter(answer=""):
        answers.record_answer(sign_off, SignOff.Answer.APPROVED)
    return Submission.objects.get(pk=entry.pk)


def test_an_entry_goes_from_draft_to_readers_and_back_with_its_story(draft, administrator, client):
    entry = transition(draft, "send", by=administrator, note="For the new round")
    assert entry.status == "authority"
    entry = approve_all(entry)
    assert entry.status == "signed-off"
    assert client.get(f"/submissions/{entry.slug}/").status_code == 404
    entry = transition(entry, "publish", by=administrator)
    assert "Signed off by the authority, " in client.get(f"/submissions/{entry.slug}/").content.decode()
    entry = transition(entry, "withdraw", by=administrator, note="At the authority's wish")
    assert client.get(f"/submissions/{entry.slug}/").status_code == 410
    assert transition(entry, "publish", by=administrator).status == "published"
    story = list(entry.events.order_by("pk").values_list("what", "by_name", "status", "note"))
    assert story == [
        ("Sent to the authority", "Mei", "authority", "For the new round"),
        ("Approved: Director of Children’s Services of Merton", "Practice Spotlight", "authority", ""),
        ("Approved: Practice Leader of Merton", "Practice Spotlight", "authority", ""),
        ("Signed off by the authority", "Practice Spotlight", "signed-off", ""),
        ("Published", "Mei", "published", ""),
        ("Withdrawn", "Mei", "withdrawn", "At the authority's wish"),
        ("Published", "Mei", "published", ""),
    ]


@pytest.mark.parametrize("status", Submission.Status.values)
@pytest.mark.parametrize("action", STEPS)
def test_a_step_from_elsewhere_is_refused_with_a_sentence_and_changes_nothing(make_entry, action, status):
    if status in STEPS[action].starts:
        return
    entry = make_entry(status=status, signed_off=True)
    with pytest.raises(Refused, match="stands at “"):
        transition(entry, action)
    entry.refresh_from_db()
    assert (entry.status, Event.objects.count(), Version.objects.count()) == (status, 0, 0)


def test_a_draft_is_sent_only_when_everybody_who_signs_is_known(make_entry, signatories, mailoutbox):
    entry = make_entry(status="draft", boroughs=["merton", "brent"])
    signatories("merton")
    with pytest.raises(Refused, match="Nobody is written down as Director of Children’s Services of Brent"):
        transition(entry, "send")
    entry.refresh_from_db()
    assert (entry.status, entry.sign_offs.count(), mailoutbox) == ("draft", 0, [])


def test_publishing_needs_both_people_of_each_authority(make_entry, signatories):
    entry = make_entry(status="draft", boroughs=["merton", "brent"])
    signatories("merton", "brent")
    entry = transition(entry, "send")
    first, *others = entry.sign_offs.standing()
    answers.record_answer(first, SignOff.Answer.NOT_YET, note="The figure is wrong.")
    for sign_off in others:
        answers.record_answer(sign_off, SignOff.Answer.APPROVED)
    entry.refresh_from_db()
    assert entry.status == "authority"
    Submission.objects.filter(pk=entry.pk).update(status="signed-off")  # whatever the state says, the text decides
    with pytest.raises(Refused, match="Director of Children’s Services of Brent \\(not yet\\)"):
        transition(entry, "publish")


def test_an_approval_with_a_correction_counts_only_when_that_person_has_said_yes_again(draft, administrator):
    entry = transition(draft, "send")
    first, second = entry.sign_offs.standing()
    answers.record_answer(first, SignOff.Answer.CORRECTED, note="The contact has left.")
    answers.record_answer(second, SignOff.Answer.APPROVED)
    assert Submission.objects.get(pk=entry.pk).status == "authority"
    question = answers.ask_after_correction(first, by=administrator, reason="The contact is another one now.")
    assert Submission.objects.get(pk=entry.pk).status == "authority"
    answers.record_answer(question, SignOff.Answer.APPROVED)
    assert Submission.objects.get(pk=entry.pk).status == "signed-off"


def test_an_approval_that_came_by_letter_is_written_down_with_who_wrote_it(draft, administrator):
    entry = transition(draft, "send")
    for borough, role in asking.wanted(entry):
        answers.record_letter_approval(entry, borough, role, note="By letter of 3 March", by=administrator)
    kept = entry.sign_offs.standing()
    assert {(s.basis, s.recorded_by, s.note) for s in kept} == {("recorded", administrator, "By letter of 3 March")}
    assert Submission.objects.get(pk=entry.pk).status == "signed-off"


def test_a_new_version_takes_the_place_of_its_entry_and_keeps_addresses_and_anchors(make_entry, signatories, client):
    live = make_entry(signed_off=True, title="Before", figures=["confirmed", "rejected"], slug="door", themes=["money"])
    signatories("merton")
    figure = live.metrics.first()
    draft = begin_new_version(live)
    draft.title = "After"
    draft.save()
    live.themes.add("Housing and accommodation")  # LIIA's work on the published entry goes on meanwhile
    assert client.get("/submissions/door/").content.decode().count("Before")
    entry = transition(approve_all(transition(draft, "send")), "publish")
    assert (entry.pk, entry.slug, entry.title, entry.themes.count()) == (live.pk, "door", "After", 2)
    assert entry.metrics.filter(pk=figure.pk, figure=figure.figure).exists()
    assert not Submission.objects.filter(replaces=live).exists()
    assert "Signed off by the authority, " in client.get("/submissions/door/").content.decode()


def test_what_a_new_version_replaced_is_a_version_too_and_its_doubts_stay(make_entry, signatories, administrator):
    live = make_entry(signed_off=True, title="Before")
    signatories("merton")
    draft = begin_new_version(live)
    Submission.objects.filter(pk=draft.pk).update(title="After")
    Submission.objects.filter(pk=live.pk).update(team="Written where nobody saw it")
    line = {"category": live.categories.get(), "line": 7, "kind": "unplaced-line"}
    doubt = Doubt.objects.create(message="Whose line?", submission=draft, **line)
    entry = transition(approve_all(transition(draft, "send")), "publish", by=administrator)
    fields = [version.content["fields"] for version in entry.versions.filter(why="As it was before the new version")]
    assert [(one["title"], one["team"]) for one in fields] == [("Before", "Written where nobody saw it")]
    doubt.refresh_from_db()
    assert doubt.submission == entry
    assert Doubt.objects.open().filter(submission=entry).exists()


@pytest.mark.parametrize("emptied", ["boroughs", "categories"])
def test_sending_needs_an_authority_and_a_category(draft, emptied):
    getattr(draft, emptied).clear()
    with pytest.raises(Refused, match="needs an authority and a category"):
        transition(draft, "send")
    draft.refresh_from_db()
    assert (draft.status, draft.sign_offs.count()) == ("draft", 0)


def test_the_story_outlives_its_entry(draft, administrator):
    entry = transition(draft, "send", by=administrator)
    entry.delete()
    administrator.delete()
    event, version = Event.objects.get(), Version.objects.get()
    assert (event.submission, event.title, event.by_name) == (None, "Open door", "Mei")
    assert (version.submission, version.title, version.content["fields"]["title"]) == (None, "Open door", "Open door")


def test_loading_the_catalogue_records_what_its_page_states_of_the_sign_off(catalogue, client):
    assert SignOff.objects.filter(basis="page").count() == 30  # 13 entries of one authority, one of two, two roles each
    page = client.get("/submissions/kickstart-futures/").content.decode()
    assert "Signed off by the authority before publication" in page
    entry = Submission.objects.get(slug="kickstart-futures")
    entry.body = entry.body.replace("Sutton", "Surrey", 1)
    entry.save()  # whichever door a change came through, nobody is told that this text was signed off
    assert "Signed off by" not in client.get("/submissions/kickstart-futures/").content.decode()
