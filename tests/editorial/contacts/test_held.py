"""An answer from outside the authority, or in another person's name, is nothing to readers before LIIA has looked."""

import re

import pytest
from django.utils.html import strip_tags

from boroughs.models import Borough, Contact
from editorial.contacts import answers
from editorial.contacts.answers import is_one_person, is_own_address
from editorial.contacts.questions import ask, ask_new_address, ask_successor
from editorial.models import HandOver, NewAddress
from editorial.worklist import waiting
from tests.admin.conftest import administrator, desk, group
from tests.editorial.contacts.conftest import link_of, names_on

__all__ = ["administrator", "desk", "group"]
pytestmark = pytest.mark.django_db
WAITS = "Contacts from outside their authority"


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def entry(ann):
    return ann.entry_lines.get().submission


def page(client, entry):
    return client.get(entry.get_absolute_url()).content.decode()


def count_waiting():
    return sum(one.count for one in waiting() if one.what == WAITS)


def hand_over(ann, send, commits, email):
    with commits():
        ask_successor(ann, "Nina New", "Head", email)
    return send(link_of(email), way="accept", name="Nina New", role="Head")


def move(ann, send, commits, email):
    with commits():
        ask_new_address(ann, email)
    return send(link_of(email))


def renamed(ann, send, commits, email):
    with commits():
        ask(ann)
    return send(link_of(ann.email), way="change", **{"my-name": "Nina New", "my-role": "Head", "my-email": ann.email})


WAYS = {
    "a successor at an address outside": (hand_over, "nina@gmail.example", "Nina New"),
    "a successor at a part of another's name": (hand_over, "nina@notmerton.gov.uk", "Nina New"),
    "a successor at another authority": (hand_over, "nina@brent.gov.uk", "Nina New"),
    "a new address outside": (move, "ann@gmail.example", "ann@gmail.example"),
    "another person's name at the same address": (renamed, "", "Nina New"),
}


@pytest.mark.parametrize(("way", "email", "new"), WAYS.values(), ids=WAYS)
def test_it_waits_for_liia_who_lets_it_through(desk, send, commits, ann, entry, way, email, new):
    answer = way(ann, send, commits, email)
    assert "with LIIA, who will look at it first" in answer.content.decode()
    assert new not in page(desk, entry) and "ann.other@merton.gov.uk" in page(desk, entry)
    assert count_waiting() == 1
    first = desk.get("/admin/").content.decode()
    (button,) = re.findall(r'action="(/admin/boroughs/contact/\d+/held/[^"]+)"', first)
    assert "Waits for LIIA" in desk.get(f"/admin/boroughs/contact/{ann.pk}/change/").content.decode()
    assert desk.get(button).status_code == 405
    desk.post(button, {"_let_through": "1"})
    assert new in page(desk, entry)
    assert "Contact confirmed" in page(desk, entry)
    assert count_waiting() == 0


@pytest.mark.parametrize(("way", "email", "new"), WAYS.values(), ids=WAYS)
def test_turned_down_it_leads_readers_to_liia(desk, send, commits, ann, entry, settings, way, email, new):
    settings.LIIA_EMAIL = "spotlight@liia.example"
    way(ann, send, commits, email)
    (button,) = re.findall(r'action="(/admin/boroughs/contact/\d+/held/[^"]+)"', desk.get("/admin/").content.decode())
    desk.post(button, {"_turn_down": "1"})
    shown = page(desk, entry)
    assert "Ask LIIA" in shown and new not in shown and "ann.other@merton.gov.uk" not in shown
    assert count_waiting() == 0
    again = desk.post(button, {"_let_through": "1"}, follow=True).content.decode()
    assert "decided already" in again
    assert new not in page(desk, entry)


OWN = ["nina@merton.gov.uk", "nina@MERTON.gov.uk", "nina@cs.merton.gov.uk"]


@pytest.mark.parametrize("email", OWN)
def test_an_address_of_the_authority_counts_at_once(client, send, commits, ann, entry, email):
    hand_over(ann, send, commits, email)
    assert names_on(entry) == ["Nina New"]
    assert not HandOver.objects.held().exists()


def test_every_authority_of_every_entry_counts_as_her_own(ann, make_entry):
    other = make_entry(boroughs=["sutton", "brent"], status="draft")
    assert not is_own_address(ann, "a@sutton.gov.uk")
    other.contact_lines.create(contact=ann)
    assert is_own_address(ann, "a@sutton.gov.uk") and is_own_address(ann, "a@brent.gov.uk")
    Borough.objects.filter(slug="sutton").update(email_domains=["sutton.gov.uk", "achievingforchildren.org.uk"])
    assert is_own_address(ann, "a@achievingforchildren.org.uk")
    assert not is_own_address(Contact.objects.create(name="Nobody"), "a@merton.gov.uk")


def test_another_persons_name_at_another_address_is_asked_there(client, send, commits, ann, entry):
    with commits():
        ask(ann)
    fields = {"my-name": "Nina New", "my-role": "Head", "my-email": "nina@merton.gov.uk"}
    answer = send(link_of(ann.email), way="change", **fields)
    assert "We have asked Nina New at nina@merton.gov.uk" in re.sub(r"\s+", " ", strip_tags(answer.content.decode()))
    assert names_on(entry) == ["Ann Other"]
    send(link_of("nina@merton.gov.uk"), way="accept", name="Nina New", role="Head")
    assert names_on(entry) == ["Nina New"]


@pytest.mark.parametrize("answer", ["still-me", "gone"])
def test_a_later_answer_drops_what_is_held(desk, send, commits, ann, entry, answer):
    hand_over(ann, send, commits, "nina@gmail.example")
    held = HandOver.objects.held().get()
    with commits():
        ask(ann)
    send(link_of(ann.email), way=answer)
    assert count_waiting() == 0
    desk.post(held.desk_address, {"_let_through": "1"})
    assert "Nina New" not in page(desk, entry)


def test_who_may_only_look_decides_nothing(client, send, commits, ann, entry):
    from django.contrib.auth.models import Permission, User

    hand_over(ann, send, commits, "nina@gmail.example")
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_contact"))
    client.force_login(looker)
    assert client.post(HandOver.objects.get().desk_address, {"_let_through": "1"}).status_code == 403
    assert HandOver.objects.held().exists()


def test_after_a_hand_over_the_present_contact_is_confirmed_no_longer(client, send, commits, ann, entry):
    with commits():
        ask(ann)
    send(link_of(ann.email), way="still-me")
    assert "Contact confirmed" in page(client, entry)
    with commits():
        ask(Contact.objects.get())
    fields = {"their-name": "Nina", "their-role": "", "their-email": "nina@merton.gov.uk"}
    send(link_of(ann.email), way="hand-over", **fields)
    assert "Contact confirmed" not in page(client, entry)


def test_a_successor_named_earlier_is_asked_no_more_after_another_answer(client, send, commits, ann):
    with commits():
        ask(ann)
    fields = {"their-name": "Nina", "their-role": "", "their-email": "nina@merton.gov.uk"}
    send(link_of(ann.email), way="hand-over", **fields)
    offered = link_of("nina@merton.gov.uk")
    with commits():
        ask(Contact.objects.get())
    send(link_of(ann.email), way="still-me")
    assert client.get(offered).status_code == 410
    assert send(offered, way="accept", name="Nina", role="").status_code == 410


def test_replacing_somebody_on_some_entries_leaves_the_questions_open(client, send, commits, ann, make_entry):
    from editorial.contacts.questions import replace

    second = make_entry(title="Second")
    second.contact_lines.create(contact=ann)
    new = Contact.objects.create(name="Bo", email="bo@merton.gov.uk")
    with commits():
        ask(ann)
    asked = link_of(ann.email)
    replace(ann, new, why="On one", entries=[second])
    assert client.get(asked).status_code == 200
    replace(ann, new, why="On the other")
    assert client.get(asked).status_code == 410


SAME = ["Ann Other-Smith", "ann other", "Dr Ann Other", "Anne Other", "Other, Ann", "Ann Brown"]
ELSE = ["Nina New", "N. New", "Leaving Care Team", "Bo"]


@pytest.mark.parametrize("name", SAME)
def test_one_persons_name_may_change(name):
    assert is_one_person("Ann Other", name)


@pytest.mark.parametrize("name", ELSE)
def test_another_name_is_another_person(name):
    assert not is_one_person("Ann Other", name)


def test_nothing_held_leaves_a_trace_of_another_kind(send, commits, ann):
    move(ann, send, commits, "ann@gmail.example")
    asked = NewAddress.objects.get()
    assert asked.is_held and "gmail.example is no address of the authority’s own (merton.gov.uk)" in asked.held_because
    with pytest.raises(answers.Refused):
        Contact.objects.update(email="ann.moved@merton.gov.uk")
        answers.let_through(asked, by=None)
