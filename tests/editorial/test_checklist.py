"""Before an entry is sent or published: one list of what is in the way, shown beside it and enforced at every door."""

import re

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from boroughs.models import Contact
from editorial.checklist import PUBLISH, SEND, checklist, warnings
from editorial.failures import Refused
from editorial.models import CheckedLink, Signatory
from editorial.workflow import transition, why_not
from submissions.models import Category, Doubt, Submission
from tests.editorial.test_edits import address
from tests.editorial.test_workflow import approve_all

LIST = "/admin/submissions/submission/"


def text_of(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


@pytest.fixture
def ready(draft):
    """Signed off, with a contact who has confirmed: nothing is in the way."""
    contact = Contact.objects.create(name="Ann", email="ann@merton.gov.uk", confirmed_on=timezone.localdate())
    draft.contact_lines.create(contact=contact)
    return approve_all(transition(draft, "send"))


BLOCKS = {
    "no authority": (lambda e: e.boroughs.clear(), "needs an authority and a category"),
    "no category": (lambda e: e.categories.clear(), "needs an authority and a category"),
    "an undecided figure": (lambda e: e.metrics.update(status="proposed"), "not decided yet: 75%: felt safe"),
    "a figure's sentence": (
        lambda e: e.metrics.update(quote="99% felt safe."),
        "The sentence of the figure “75%” is not in the text",
    ),
    "a person's words": (
        lambda e: e.voices.create(quote="“No.”"),
        "These words of a person are not in the text: “No.”",
    ),
}


@pytest.mark.parametrize(("change", "words"), BLOCKS.values(), ids=BLOCKS)
@pytest.mark.parametrize("action", [SEND, PUBLISH])
def test_what_blocks_stops_sending_and_publishing_and_changes_nothing(draft, ready, change, words, action):
    if action == SEND:
        ready = transition(ready, "take-back")
    change(ready)
    assert any(words in point.words and point.blocks for point in checklist(ready, action))
    assert words in why_not(ready, action)
    with pytest.raises(Refused, match=re.escape(words)):
        transition(ready, action)
    ready.refresh_from_db()
    assert ready.status == ("draft" if action == SEND else "signed-off")


def test_nothing_is_in_the_way_of_what_is_ready(ready):
    assert checklist(ready, PUBLISH) == []
    assert checklist(transition(ready, "take-back"), SEND) == []


def test_all_missing_people_are_named_at_once_before_anything_is_sent_with_a_form_to_add_each(desk, make_entry):
    entry = make_entry(status="draft", boroughs=["merton", "brent"], contact="a@merton.gov.uk")
    merton = entry.boroughs.get(slug="merton")
    Signatory.objects.create(borough=merton, role="dcs", name="Dee", email="dee@merton.gov.uk")
    page = desk.get(address(entry)).content.decode()
    missing = [point for point in checklist(entry, SEND) if "Nobody is written down" in point.words]
    assert len(missing) == 3
    for point in missing:
        assert point.words in page and point.url.replace("&", "&amp;") in page
    with pytest.raises(Refused) as refusal:
        transition(entry, "send")
    assert str(refusal.value).count("Nobody is written down as") == 3
    form = desk.get(missing[0].url).context["adminform"].form
    assert (str(form.initial["borough"]), form.initial["role"]) == (
        str(merton.pk if "Merton" in missing[0].words else entry.boroughs.get(slug="brent").pk),
        re.search(r"role=([\w-]+)", missing[0].url)[1],
    )
    assert entry.sign_offs.count() == 0


def warn_contact(entry):
    Contact.objects.update(confirmed_on=None)


def warn_silent(entry):
    Contact.objects.update(silent_since=timezone.localdate())


def warn_doubt(entry):
    line = {"category": Category.objects.first(), "line": 3}
    Doubt.objects.create(kind="unplaced-line", message="Whose line is this?", submission=entry, **line)


def warn_doubted_contact(entry):
    line = {"category": Category.objects.first(), "line": 3, "contact": Contact.objects.get()}
    Doubt.objects.create(kind="contact-address", message="Is this Ann's address?", **line)


def warn_link(entry):
    entry.supporting_items.create(title="Film", url="https://gone.example/film")
    other = Submission.objects.exclude(pk=entry.pk).first() or entry
    day = timezone.now()
    CheckedLink.objects.create(
        submission=other, url="https://gone.example/film", checked_at=day, failing_since=day, problem="404"
    )


WARNINGS = {
    "nobody to call": (lambda e: e.contact_lines.all().delete(), "Readers are given nobody to call."),
    "an unconfirmed contact": (warn_contact, "Nobody has confirmed yet that Ann is right."),
    "a silent contact": (warn_silent, "Readers are sent to LIIA instead of Ann."),
    "a doubt": (warn_doubt, "A doubt is open: Whose line is this?"),
    "a doubted contact": (warn_doubted_contact, "A doubt is open: Is this Ann's address?"),
    "a dead link": (warn_link, "A link leads nowhere: https://gone.example/film"),
}


@pytest.mark.parametrize(("change", "words"), WARNINGS.values(), ids=WARNINGS)
def test_publishing_asks_once_about_what_only_warns(desk, send_form, ready, change, words):
    change(ready)
    (point,) = warnings(ready, PUBLISH)
    assert words in point.words
    answer = send_form(address(ready), _step="publish", _step_note="As agreed")
    ready.refresh_from_db()
    assert ready.status == "signed-off"
    page = desk.get(answer.headers["Location"])
    assert words in text_of(page).replace("&#x27;", "'")
    desk.post(answer.headers["Location"], {"_step": "publish", "_step_note": page.context["note"]})
    ready.refresh_from_db()
    assert ready.status == "published"
    assert ready.events.first().note == "As agreed"


def test_publishing_several_names_what_warns_and_leaves_out_what_is_blocked(desk, ready, make_entry):
    warn_contact(ready)
    blocked = make_entry(status="signed-off", signed_off=True, figures=["proposed"], title="Undecided")
    ticked = {"_selected_action": [ready.pk, blocked.pk], "action": "publish_selected"}
    asked = desk.post(LIST, ticked)
    assert "Nobody has confirmed yet that Ann is right." in text_of(asked)
    assert "One figure is not decided yet" in text_of(asked)
    desk.post(LIST, asked.context["carried"])
    assert [Submission.objects.get(pk=one.pk).status for one in (ready, blocked)] == ["published", "signed-off"]


def test_publishing_asks_nothing_where_nothing_warns(send_form, ready):
    send_form(address(ready), _step="publish")
    ready.refresh_from_db()
    assert ready.status == "published"


def test_the_list_is_shown_beside_the_form_and_on_the_page_of_sign_offs(desk, ready):
    ready.metrics.update(status="proposed")
    for page in (address(ready), f"{LIST}{ready.pk}/sign_off/"):
        shown = text_of(desk.get(page))
        assert "Before it is published" in shown
        assert "To do first: One figure is not decided yet" in shown


def test_who_may_not_publish_gets_no_page_that_asks(client, ready):
    from django.contrib.auth.models import Group, User

    editor = User.objects.create_user("ed", is_staff=True)
    editor.groups.add(Group.objects.get_or_create(name="Editors")[0])
    client.force_login(editor)
    assert client.get(f"{LIST}{ready.pk}/publish/").status_code == 403
    assert client.post(f"{LIST}{ready.pk}/publish/", {"_step": "publish"}).status_code == 403
    ready.refresh_from_db()
    assert ready.status == "signed-off"


# --- an edit and a step in one go ----------------------------------------------------------------------------------


def test_the_form_says_beforehand_who_must_be_asked_again(desk, ready):
    page = text_of(desk.get(address(ready)))
    assert "dcs Merton (Director of Children’s Services of Merton)" in page
    assert "they must be asked again, and it is saved but not published" in page


@pytest.mark.parametrize("step", ["publish", "take-back"])
def test_an_edit_that_asks_people_again_says_so_in_peoples_words_and_publishes_nothing(desk, send_form, ready, step):
    send_form(address(ready), team="Another team", _step=step)
    page = text_of(desk.get(address(ready)))
    assert "You changed the team, so dcs Merton (Director of Children’s Services of Merton) and" in page
    assert "must be asked again; it was saved, not published." in page
    assert "stands at" not in page
    ready.refresh_from_db()
    assert (ready.status, ready.team) == ("draft", "Another team")


def test_a_withdrawn_entry_edited_and_published_in_one_go_is_not_published(desk, send_form, ready):
    entry = transition(transition(ready, "publish"), "withdraw")
    send_form(address(entry), team="Another team", _step="publish")
    page = text_of(desk.get(address(entry)))
    assert "You changed the team, so" in page and "stands at" not in page
    entry.refresh_from_db()
    assert (entry.status, entry.team) == ("withdrawn", "Another team")


def test_a_published_entry_edited_and_withdrawn_in_one_go_is_withdrawn(send_form, ready):
    entry = transition(ready, "publish")
    send_form(address(entry), team="Another team", _step="withdraw")
    entry.refresh_from_db()
    assert entry.status == "withdrawn"
    assert entry.next_version.team == "Another team"
