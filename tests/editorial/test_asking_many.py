"""Several entries sent, or their people reminded, in one act: a page says to whom first, and asks."""

import re

import pytest
from django.utils.html import strip_tags

from editorial.models import Mail
from editorial.workflow import transition
from submissions.models import Submission

LIST = "/admin/submissions/submission/"


def text_of(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def act(desk, action, *entries):
    """The page that asks."""
    ticked = {"_selected_action": [entry.pk for entry in entries], "action": action}
    return desk.post(LIST, ticked)


def press(desk, page):
    return desk.post(LIST, page.context["carried"], follow=True)


@pytest.fixture
def three(draft, make_entry, signatories):
    """Two that can be sent, and one whose Practice Leader nobody has written down."""
    signatories("brent")
    ready = make_entry(status="draft", title="Brent's", boroughs=["brent"])
    return draft, ready, make_entry(status="draft", title="Nobody's", boroughs=["sutton"])


def test_the_page_says_to_whom_and_why_not_and_sends_nothing(desk, three):
    page = act(desk, "send_selected", *three)
    shown = text_of(page)
    assert "2 entries, 4 mails" in shown
    assert "dcs Merton, Director of Children’s Services of Merton" in shown
    assert "Left out: 1" in shown and "Nobody is written down as Practice Leader of Sutton." in shown
    assert set(Submission.objects.values_list("status", flat=True)) == {"draft"}
    assert not Mail.objects.exists()


def test_pressed_it_sends_each_and_a_second_press_sends_nothing(desk, three):
    page = act(desk, "send_selected", *three)
    assert "2 entries: sent to their authorities." in text_of(press(desk, page))
    assert [Submission.objects.get(pk=entry.pk).status for entry in three] == ["authority", "authority", "draft"]
    assert Mail.objects.count() == 4
    press(desk, page)
    assert Mail.objects.count() == 4


def test_the_ticked_are_reminded_and_a_second_press_reminds_nobody(desk, three):
    first, second, _ = three
    for entry in (first, second):
        transition(entry, "send")
    page = act(desk, "remind_selected", *three)
    assert "2 entries, 4 mails" in text_of(page) and "nobody has a question open" in text_of(page)
    press(desk, page)
    assert Mail.objects.filter(subject__startswith="Reminder: ").count() == 4
    press(desk, page)
    assert "everybody was reminded within the last hour" in text_of(act(desk, "remind_selected", *three))
    assert Mail.objects.filter(subject__startswith="Reminder: ").count() == 4


def test_who_may_not_publish_reminds_nobody(client, three):
    from django.contrib.auth.models import Group, User

    editor = User.objects.create_user("ed", is_staff=True)
    editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    client.force_login(editor)
    transition(three[0], "send")
    sent = Mail.objects.count()
    answer = act(client, "remind_selected", three[0])
    assert "carried" not in (answer.context or {}) and Mail.objects.count() == sent
