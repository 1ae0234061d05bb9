"""A published entry with a new version waiting beside it: no correction undoes another, and LIIA's own is not lost."""

import pytest

from boroughs.models import Contact, DeliveryBody
from editorial import asking
from editorial.answers import record_page_sign_off
from editorial.edits import restore_version
from editorial.versions import begin_new_version, save_version
from editorial.workflow import transition
from submissions.models import Submission, Theme
from tests.admin.conftest import carry_out, fields_of
from tests.editorial.test_edits import address
from tests.editorial.test_workflow import approve_all

pytestmark = pytest.mark.usefixtures("seeded")  # its boroughs and themes, loaded once
BODY = "<p>75% felt safe.</p>\n<p>We paid £3,000.</p>\n<p>It ended in May.</p>"


@pytest.fixture
def live(make_entry, signatories):
    signatories("merton")
    entry = make_entry(signed_off=True, title="Open door", body=BODY, figures=["confirmed"], contact="ann@example.org")
    cost = {"figure": "£3,000", "label": "paid", "quote": "We paid £3,000.", "value": 3000, "unit": "GBP"}
    entry.metrics.create(kind="cost", status="confirmed", position=2, **cost)
    asking.carry_over(entry, entry.sign_offs.first().fingerprint)
    return Submission.objects.get(pk=entry.pk)


@pytest.fixture
def both(desk, live):
    """both(first, second, opened_before): two corrections in the published entry's form; the new version."""

    def corrected(first, second, opened_before):
        forms = [desk.get(address(live))]
        forms += [desk.get(address(live))] if opened_before else []
        assert desk.post(address(live), fields_of(forms[0]) | {"_continue": "1"} | first).status_code == 302
        forms += [] if opened_before else [desk.get(address(live))]
        answer = desk.post(address(live), fields_of(forms[1]) | {"_continue": "1"} | second)
        assert answer.status_code == 302, answer.context["errors"]
        return Submission.objects.get(replaces=live)

    return corrected


CORRECTIONS = {
    "two figures": ({"metrics-0-figure": "76%"}, {"metrics-1-figure": "£3,500"}),
    "two parts of one figure": ({"metrics-0-figure": "76%"}, {"metrics-0-value": "76"}),
    "two fields": ({"title": "Closed door"}, {"team": "Another team"}),
    "two paragraphs": (
        {"body": BODY.replace("felt safe", "felt very safe")},
        {"body": BODY.replace("May", "June")},
    ),
    "neighbouring paragraphs": (
        {"body": BODY.replace("felt safe", "felt very safe")},
        {"body": BODY.replace("paid", "spent")},
    ),
    "authorities": ({"boroughs": [1, 2]}, {"team": "Another team"}),
}


@pytest.mark.parametrize("opened_before", [False, True], ids=["opened after", "opened before"])
@pytest.mark.parametrize("first, second", CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_second_correction_never_undoes_the_first(desk, both, live, first, second, opened_before):
    if "body" in first and not opened_before:
        second = {"body": first["body"].replace("May", "June").replace("paid", "spent")}
    draft = both(first, second, opened_before)
    shown = fields_of(desk.get(address(draft)))
    whole = first | second
    shown["boroughs"] = sorted(shown["boroughs"])
    if "body" in whole:
        changed = [{*text["body"].splitlines()} for text in (first, second)]
        began = {*BODY.splitlines()}
        whole["body"] = None
        assert {*shown["body"].replace("\r", "").splitlines()} >= (changed[0] - began) | (changed[1] - began)
    for name, value in whole.items():
        assert value is None or shown[name] == value or str(shown[name]).removesuffix(".00") == value
    live.refresh_from_db()
    assert (live.title, live.body, live.team) == ("Open door", BODY, "")
    assert [metric.figure for metric in live.metrics.all()] == ["75%", "£3,000"]
    assert asking.missing(live) == []


def test_the_form_shows_the_waiting_text_and_says_so(desk, send_form, live):
    send_form(address(live), title="Closed door")
    draft = Submission.objects.get(replaces=live)
    page = desk.get(address(live))
    assert fields_of(page)["title"] == "Closed door"
    assert "Below is the text of the new version that waits beside it" in page.content.decode()
    assert f'href="{address(draft)}"' in page.content.decode()


def test_what_both_changed_in_the_waiting_version_is_said(desk, live):
    forms = [fields_of(desk.get(address(live))) for _ in range(2)]
    assert desk.post(address(live), forms[0] | {"title": "One"}).status_code == 302
    told = desk.post(address(live), forms[1] | {"title": "Two", "team": "Mine"})
    assert "Nothing was saved yet: Mei has changed “Title” too" in told.content.decode()
    draft = Submission.objects.get(replaces=live)
    assert (draft.title, draft.team) == ("One", "")
    assert desk.post(address(live), fields_of(told)).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.team) == ("Two", "Mine")


def test_what_liia_keeps_true_itself_goes_to_readers_at_once_and_into_the_version(desk, send_form, live):
    send_form(address(live), title="Closed door")
    row = {"supporting_items-TOTAL_FORMS": "1", "supporting_items-0-title": "Film", "supporting_items-0-position": "1"}
    answer = send_form(address(live), themes=[1, 2], **row)
    assert answer.headers["Location"] == address(live)
    draft = Submission.objects.get(replaces=live)
    for entry in (live, draft):
        assert set(entry.themes.values_list("pk", flat=True)) == {1, 2}
        assert [item.title for item in entry.supporting_items.all()] == ["Film"]
        assert entry.contact_lines.count() == 1
    assert draft.title == "Closed door"


def test_the_version_that_is_published_has_every_correction_and_what_liia_changed_meanwhile(send_form, live):
    send_form(address(live), title="Closed door")
    send_form(address(live), **{"metrics-1-label": "spent"}, themes=[3])
    Theme.objects.get(pk=4).themed.create(content_object=live)
    draft = Submission.objects.get(replaces=live)
    keys = list(live.metrics.values_list("pk", flat=True))
    published = transition(approve_all(transition(draft, "send")), "publish")
    assert published.pk == live.pk
    assert published.title == "Closed door"
    assert [metric.label for metric in published.metrics.all()] == ["felt safe", "spent"]
    assert set(published.themes.values_list("pk", flat=True)) == {3, 4}
    assert list(published.metrics.values_list("pk", flat=True)) == keys


def test_putting_an_earlier_text_back_keeps_what_waits(send_form, live, administrator):
    send_form(address(live), slug="else")
    version = live.versions.last()
    version.content["fields"]["team"] = "Earlier team"
    send_form(address(live), title="Closed door")
    result = restore_version(version, by=administrator)
    assert (result.replaces, result.title, result.team) == (live, "Closed door", "Earlier team")


# --- a new version in the place of its published entry -------------------------------------------------------------


def publish(draft):
    """The published entry once its new version, signed off, has taken its place."""
    Submission.objects.filter(pk=draft.pk).update(status="signed-off")
    draft.refresh_from_db()
    record_page_sign_off(draft, "Approved.")
    return transition(draft, "publish")


def test_the_text_before_the_new_version_is_in_the_history(live):
    Submission.objects.filter(pk=live.pk).update(team="A team that no version has")
    draft = begin_new_version(live)
    Submission.objects.filter(pk=live.pk).update(team="Changed since")
    Submission.objects.filter(pk=draft.pk).update(title="New title")
    publish(draft)
    before = live.versions.get(why="As it was before the new version")
    assert (before.content["fields"]["team"], before.content["fields"]["title"]) == ("Changed since", "Open door")


def test_a_row_deleted_in_the_new_version_and_changed_for_readers_is_kept(live):
    live.supporting_items.create(title="Film", url="https://example.org/a")
    draft = begin_new_version(live)
    draft.supporting_items.all().delete()
    live.supporting_items.update(url="https://example.org/b")
    published = publish(draft)
    assert [item.url for item in published.supporting_items.all()] == ["https://example.org/b"]
    event = published.events.get(what="The published text had changed too")
    assert event.note.startswith("Documents and links: changed in both.")


def test_a_row_deleted_in_the_new_version_alone_is_gone(live):
    live.supporting_items.create(title="Film")
    draft = begin_new_version(live)
    draft.supporting_items.all().delete()
    assert not publish(draft).supporting_items.exists()


def test_doubts_of_the_new_version_stay_with_the_entry(live):
    draft = begin_new_version(live)
    category = live.categories.first()
    draft.doubts.create(kind="empty-label", message="A heading with nothing under it.", category=category, line=3)
    publish(draft)
    assert [doubt.line for doubt in live.doubts.all()] == [3]


def test_the_history_of_the_new_version_stays_with_the_entry(live):
    publish(begin_new_version(live))
    assert live.versions.filter(why="New version begun").exists()


def test_one_figure_changed_in_both_is_merged_field_by_field(live):
    draft = begin_new_version(live)
    draft.metrics.filter(figure="75%").update(period="in 2025")
    live.metrics.filter(figure="75%").update(label="felt safer")
    published = publish(draft)
    assert next((m.period, m.label) for m in published.metrics.all()) == ("in 2025", "felt safer")


def test_what_is_published_is_what_was_signed_whatever_was_changed_in_the_other_meanwhile(send_form, live):
    draft = begin_new_version(live)
    Submission.objects.filter(pk=draft.pk).update(title="New title")
    draft = approve_all(transition(draft, "send"))
    transition(live, "withdraw")
    send_form(
        address(live), team="A team that nobody signed", **{"metrics-0-figure": "99%", "metrics-1-label": "spent"}
    )
    published = transition(draft, "publish")
    assert (published.title, published.team) == ("New title", "")
    assert [(m.figure, m.label) for m in published.metrics.all()] == [("75%", "felt safe"), ("£3,000", "spent")]
    assert asking.missing(published) == []
    event = published.events.get(what="The published text had changed too")
    assert event.note.startswith("Figures, Team: changed in both.")
    assert "A team that nobody signed" in [version.content["fields"]["team"] for version in published.versions.all()]


def test_a_figure_hidden_while_the_version_waited_stays_hidden_and_the_sign_off_holds(desk, live):
    draft = begin_new_version(live)
    Submission.objects.filter(pk=draft.pk).update(title="New title")
    draft = approve_all(transition(draft, "send"))
    carry_out(desk, "/admin/submissions/outcomemetric/", "reject_selected", live.metrics.first().pk)
    published = transition(draft, "publish")
    assert published.metrics.get(figure="75%").status == "rejected"
    assert asking.missing(published) == []


# --- words that somebody wanted taken down --------------------------------------------------------------------------

SAID = BODY.replace("It ended in May.", "She said: “It saved me.”")


@pytest.fixture
def heard(live):
    """The published entry with a young person's words, as its authority signed it off."""
    live.voices.create(quote="“It saved me.”")
    Submission.objects.filter(pk=live.pk).update(body=SAID)
    live.refresh_from_db()
    live.sign_offs.all().delete()
    record_page_sign_off(live, "Approved.")
    return live


def take_down(desk, voice):
    carry_out(desk, "/admin/submissions/voice/", "withdraw", voice.pk)


def reworded(draft):
    Submission.objects.filter(pk=draft.pk).update(body=SAID.replace("saved me.", "saved me!"))
    draft.voices.update(quote="“It saved me!”")


def without_its_row(draft):
    Submission.objects.filter(pk=draft.pk).update(body=SAID.replace("She", "They"))
    draft.voices.all().delete()


@pytest.mark.parametrize("change", [lambda draft: None, reworded, without_its_row])
@pytest.mark.parametrize("pressed", ["published", "version"])
def test_words_taken_down_are_in_neither_text_and_come_back_with_neither(desk, heard, change, pressed):
    draft = begin_new_version(heard)
    if pressed == "version":
        take_down(desk, draft.voices.get())
    else:
        change(draft)
        take_down(desk, heard.voices.get())
    for entry in (heard, draft):
        entry.refresh_from_db()
        assert "saved me" not in entry.body
    assert asking.missing(heard) == []
    published = publish(draft)
    assert "saved me" not in published.body
    assert asking.missing(published) == []


@pytest.mark.parametrize("status", ["published", "draft"])
def test_words_taken_down_do_not_come_back_through_a_form_that_was_open(desk, heard, status):
    Submission.objects.filter(pk=heard.pk).update(status=status)
    form = fields_of(desk.get(address(heard)))
    take_down(desk, heard.voices.get())
    told = desk.post(address(heard), form | {"body": SAID.replace("She", "One of them")})
    assert "Nothing was saved yet" in told.content.decode()
    assert desk.post(address(heard), fields_of(told)).status_code == 302
    entry = Submission.objects.get(replaces=heard) if status == "published" else Submission.objects.get(pk=heard.pk)
    assert "One of them said: [words withdrawn]" in entry.body
    entry.voices.get().restore()
    entry.refresh_from_db()
    assert entry.body == SAID.replace("She", "One of them")


def test_an_earlier_text_is_put_back_though_what_it_names_is_deleted(desk, live, administrator):
    draft = begin_new_version(live)
    person = Contact.objects.create(name="Bo", email="bo@merton.gov.uk")
    theme, body = Theme.objects.create(name="Odd", slug="odd"), DeliveryBody.objects.create(name="Odd", slug="odd")
    draft.contact_lines.create(contact=person)
    draft.themed.create(tag=theme)
    Submission.objects.filter(pk=draft.pk).update(delivery_body=body, team="Earlier team")
    version = save_version(Submission.objects.get(pk=draft.pk), by=administrator)
    Submission.objects.filter(pk=draft.pk).update(delivery_body=None, team="Later team")
    draft.contact_lines.filter(contact=person).delete()
    draft.themed.filter(tag=theme).delete()
    for record in (person, theme, body):
        record.delete()
    history = f"/admin/submissions/submission/{draft.pk}/history/"
    assert desk.post(history, {"version": version.pk}).status_code == 302
    draft.refresh_from_db()
    assert (draft.team, draft.delivery_body, draft.contact_lines.count()) == ("Earlier team", None, 1)
