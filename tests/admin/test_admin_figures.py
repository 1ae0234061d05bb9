"""Figures at the desk: proposed ones first; confirmed, reworded and rejected from the list and from the form."""

import pytest

from submissions.models import OutcomeMetric
from tests.admin.conftest import carry_out

LIST = "/admin/submissions/outcomemetric/"


@pytest.fixture
def figures(make_entry):
    """{status: figure} of one entry, which states all three in one sentence."""
    entry = make_entry(title="Driving", slug="driving", figures=["rejected", "confirmed", "proposed"])
    for metric in entry.metrics.all():
        OutcomeMetric.objects.filter(pk=metric.pk).update(figure=f"{metric.status} 75%")
    return {metric.status: metric for metric in entry.metrics.all()}


def form_of(figure):
    return f"{LIST}{figure.pk}/change/"


def public(client):
    """What readers find, wherever they look: on the page of figures, in its file, on the entry, by searching."""
    doors = ("/outcomes/", "/outcomes.csv", "/submissions/driving/", "/api/outcomes", "/submissions.json")
    said = [client.get(door) for door in doors]
    texts = [b"".join(answer) if answer.streaming else answer.content for answer in said]
    found = [{status for status in OutcomeMetric.Status if f"{status} 75%".encode() in text} for text in texts]
    assert all(one == found[0] for one in found), found
    return found[0]


def act(desk, action, *figures):
    return carry_out(desk, LIST, action, *(figure.pk for figure in figures)).content.decode()


def test_what_waits_stands_first_and_on_the_desk(desk, figures):
    listed = [metric.status for metric in desk.get(LIST).context["cl"].result_list]
    assert listed == ["proposed", "confirmed", "rejected"]
    assert "1 to decide" in desk.get("/admin/").content.decode()


def test_readers_see_what_the_list_confirms_and_never_what_it_rejects(desk, client, figures):
    assert public(client) == {"confirmed"}
    said = act(desk, "confirm_selected", *figures.values())
    assert "2 figures: confirmed; readers see them from now on." in said
    client.logout()
    assert public(client) == {"proposed", "confirmed", "rejected"}


def test_rejected_from_the_list_and_put_back(desk, figures):
    assert "2 figures: rejected; no reader sees them." in act(desk, "reject_selected", *figures.values())
    assert public(desk) == set()
    assert "3 figures: waiting to be decided" in act(desk, "propose_selected", *figures.values())
    assert set(OutcomeMetric.objects.values_list("status", flat=True)) == {"proposed"}
    assert public(desk) == set()


def test_reworded_and_confirmed_in_one_step(send_form, client, desk, figures):
    proposed = figures["proposed"]
    page = desk.get(form_of(proposed)).content.decode()
    assert "75% felt safe." in page
    assert "Save and reject" in page
    answer = send_form(form_of(proposed), _confirm="1", label="felt safe at home", quote="Invented.")
    assert answer.status_code == 302
    proposed.refresh_from_db()
    assert (proposed.status, proposed.label, proposed.quote) == ("confirmed", "felt safe at home", "75% felt safe.")
    assert "felt safe at home" in client.get("/outcomes/").content.decode()
    assert "Confirmed." in desk.get(f"{LIST}{proposed.pk}/history/").content.decode()


def test_rejected_from_the_form_and_reworded_without_a_decision(send_form, figures):
    send_form(form_of(figures["confirmed"]), _reject="1")
    send_form(form_of(figures["proposed"]), label="other words")
    assert OutcomeMetric.objects.get(pk=figures["confirmed"].pk).status == "rejected"
    reworded = OutcomeMetric.objects.get(pk=figures["proposed"].pk)
    assert (reworded.status, reworded.label) == ("proposed", "other words")
