"""An edit at the desk: what voids a sign-off and what does not; two people at one entry; what can be put back."""

import pytest

from boroughs.models import Contact, DeliveryBody
from editorial import asking
from editorial.edits import restore_version
from editorial.models import SignOff
from editorial.workflow import transition
from submissions.models import Partner, Submission, Theme
from tests.admin.conftest import carry_out, fields_of
from tests.editorial.test_workflow import approve_all

LIST = "/admin/submissions/submission/"


def address(entry):
    return f"{LIST}{entry.pk}/change/"


@pytest.fixture
def signed_off(draft):
    return approve_all(transition(draft, "send"))


CLAIMS = {
    "title": ({"title": "Closed door"}, "Title"),
    "text": ({"body": "<p>How it was not done.</p><p>75% felt safe.</p>"}, "Main text"),
    "figure": ({"metrics-0-figure": "76%"}, "Figures"),
    "value": ({"metrics-0-value": "76"}, "Figures"),
    "source sentence": ({"metrics-0-quote": "76% felt safe."}, "Figures"),
    "team": ({"team": "Another team"}, "Team"),
}
LIIAS = {
    "address": {"slug": "another-address"},
    "a figure's label": {"metrics-0-label": "felt safer"},
    "whether a figure is shown": {"metrics-0-status": "rejected"},
    "formatting": {"body": "<p>How it was <strong>done</strong>.</p><p>75% felt safe.</p>"},
}


@pytest.mark.parametrize("changes, label", CLAIMS.values(), ids=CLAIMS)
def test_a_changed_claim_makes_both_sign_offs_void_and_says_why(send_form, signed_off, changes, label):
    assert send_form(address(signed_off), **changes).status_code == 302
    entry = Submission.objects.get(pk=signed_off.pk)
    assert entry.status == "draft"
    assert len(asking.missing(entry)) == 2
    for sign_off in SignOff.objects.all():
        assert sign_off.where_it_stands.startswith(f"Void: {label} changed on ")
    assert "Whoever had signed off will be asked again." in entry.events.first().note


@pytest.mark.parametrize("changes", LIIAS.values(), ids=LIIAS)
def test_what_is_liias_own_voids_nothing(send_form, signed_off, changes):
    assert send_form(address(signed_off), **changes).status_code == 302
    entry = Submission.objects.get(pk=signed_off.pk)
    assert (entry.status, asking.missing(entry)) == ("signed-off", [])


def test_a_contact_and_a_theme_void_nothing(send_form, signed_off, make_entry):
    contact = make_entry(contact="ann@example.org").contacts.get()
    changes = {"contact_lines-TOTAL_FORMS": "1", "contact_lines-0-contact": contact.pk, "contact_lines-0-position": "1"}
    assert send_form(address(signed_off), themes=[1, 2], **changes).status_code == 302
    entry = Submission.objects.get(pk=signed_off.pk)
    assert (entry.status, entry.contacts.get(), entry.themes.count()) == ("signed-off", contact, 2)
    assert asking.missing(entry) == []


def test_readers_keep_the_signed_text_while_a_changed_one_waits_beside_it(send_form, client, make_entry):
    live = make_entry(signed_off=True, slug="door", title="Before", figures=["confirmed"])
    answer = send_form(address(live), title="After", themes=[1], **{"metrics-0-figure": "99%"})
    live.refresh_from_db()
    draft = live.next_version
    assert answer.headers["Location"] == address(draft)
    assert (live.title, live.metrics.get().figure, live.themes.count()) == ("Before", "75%", 1)
    assert (draft.title, draft.metrics.get().figure, draft.status) == ("After", "99%", "draft")
    assert asking.missing(live) == []
    client.logout()
    assert "After" not in client.get("/submissions/door/").content.decode()
    assert client.get(f"/submissions/{draft.slug}/").status_code == 404
    assert client.get(f"/s/{draft.pk}").status_code == 404


def test_a_second_change_of_the_published_form_joins_the_same_new_version(send_form, make_entry):
    live = make_entry(signed_off=True, title="Before", team="Team")
    send_form(address(live), title="After")
    send_form(address(live), team="Another team")
    draft = Submission.objects.get(replaces=live)
    assert (draft.title, draft.team) == ("After", "Another team")


# --- two people at one entry ---------------------------------------------------------------------------------------


@pytest.fixture
def two(desk, draft):
    """two(first, second): both open the form, then save in turn; the second's answer."""

    def saved(first, second):
        forms = [fields_of(desk.get(address(draft))) for _ in range(2)]
        assert desk.post(address(draft), forms[0] | {"_continue": "1"} | first).status_code == 302
        return desk.post(address(draft), forms[1] | {"_continue": "1"} | second), forms[1] | second

    return saved


def test_changes_to_different_things_are_both_kept(two, draft):
    answer, _ = two({"title": "The first's title"}, {"team": "The second's team"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.team) == ("The first's title", "The second's team")


def test_who_saves_second_is_told_and_loses_nothing(two, desk, draft):
    answer, _ = two({"title": "One", "team": "Kept"}, {"title": "Two", "body": "<p>An hour of work.</p>"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing was saved yet: Mei has changed “Title” too" in page
    assert 'value="Two"' in page
    assert "&lt;p&gt;An hour of work.&lt;/p&gt;" in page
    draft.refresh_from_db()
    assert draft.title == "One"
    again = desk.post(address(draft), fields_of(answer) | {"_continue": "1"})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.team, draft.body) == ("Two", "Kept", "<p>An hour of work.</p>")
    assert "One" in [version.content["fields"]["title"] for version in draft.versions.all()]


def test_a_part_added_by_each_is_kept_of_both(two, draft):
    def voice(words):
        return {"voices-TOTAL_FORMS": "1", "voices-0-quote": words, "voices-0-position": "1"}

    answer, _ = two(voice("“One.”"), {"team": "New"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert ([v.quote for v in draft.voices.all()], draft.team) == (["“One.”"], "New")


# --- history -------------------------------------------------------------------------------------------------------


def test_any_version_can_be_compared_and_put_back(send_form, desk, draft, administrator):
    send_form(address(draft), title="Second title")
    send_form(address(draft), title="Third title")
    page = desk.get(f"{LIST}{draft.pk}/history/").content.decode()
    assert "Mei" in page
    assert "<del>" in page and "<ins>" in page
    oldest = draft.versions.last()
    answer = desk.post(f"{LIST}{draft.pk}/history/", {"version": oldest.pk}, follow=True)
    draft.refresh_from_db()
    assert draft.title == "Open door"
    assert "is as it was on" in answer.content.decode()


def test_putting_back_a_published_text_asks_the_authority_first(make_entry, send_form, administrator):
    live = make_entry(signed_off=True, title="Now")
    send_form(address(live), slug="else")  # the desk keeps the first version
    version = live.versions.last()
    version.content["fields"]["title"] = "Earlier"
    result = restore_version(version, by=administrator)
    live.refresh_from_db()
    assert (live.title, result.title, result.replaces, result.status) == ("Now", "Earlier", live, "draft")


def test_words_taken_down_stay_down_whatever_is_put_back(desk, make_entry, administrator):
    entry = make_entry(status="draft", body="<p>She said: “It saved me.”</p>", voices=["“It saved me.”"])
    desk.get(address(entry))  # the desk keeps what it finds
    before = entry.versions.last()
    carry_out(desk, "/admin/submissions/voice/", "withdraw", entry.voices.get().pk)
    result = restore_version(before, by=administrator)
    assert "saved me" not in result.body


def test_taking_words_down_reaches_the_new_version_and_voids_nothing(desk, send_form, make_entry):
    live = make_entry(signed_off=True, body="<p>“It saved me.” Much else.</p>", voices=["“It saved me.”"])
    send_form(address(live), title="Another title")
    carry_out(desk, "/admin/submissions/voice/", "withdraw", live.voices.get().pk)
    for entry in (Submission.objects.get(pk=live.pk), Submission.objects.get(replaces=live)):
        assert "saved me" not in entry.body
    assert asking.missing(Submission.objects.get(pk=live.pk)) == []


@pytest.mark.parametrize(("model", "field", "value"), [(Contact, "role", "Head"), (Theme, "name", "Home")])
def test_contacts_and_themes_keep_their_history_with_its_author(desk, send_form, catalogue, model, field, value):
    record = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{model.objects.first().pk}"
    assert send_form(f"{record}/change/", **{field: value}).status_code == 302
    page = desk.get(f"{record}/history/")
    kept = page.context["versions"]
    assert [version.who for version in kept] == ["Mei", "Practice Spotlight"]
    assert page.context["differences"]
    desk.post(f"{record}/history/", {"version": kept[-1].pk})
    assert desk.get(f"{record}/history/").context["versions"][0].said() == kept[-1].said()


@pytest.mark.parametrize(("model", "field"), [(Theme, "name"), (Theme, "slug"), (Partner, "name")])
def test_what_another_record_is_called_by_now_is_not_put_back(desk, catalogue, model, field):
    record, other = model.objects.order_by("pk")[:2]
    name = getattr(record, field)
    record.save()
    for one, value in ((record, "elsewhere"), (other, name)):
        setattr(one, field, value)
        one.save()
    page = f"/admin/submissions/{model._meta.model_name}/{record.pk}/history/"
    kept = next(version for version in record.history.all() if getattr(version, field) == name)
    said = desk.post(page, {"version": kept.pk}, follow=True).content.decode()
    assert "Nothing was put back." in said and "already exists" in said
    record.refresh_from_db()
    assert getattr(record, field) == "elsewhere"


@pytest.mark.django_db(transaction=True)
def test_a_text_is_put_back_without_the_records_deleted_since(desk, make_entry):
    body = DeliveryBody.objects.create(name="Achieving", slug="achieving")
    entry = make_entry(status="draft", title="Then", themes=["housing"], contact="ann@example.org", delivery_body=body)
    desk.get(address(entry))  # the desk keeps what it finds
    before = entry.versions.last()
    contact = entry.contacts.get()
    entry.themed.all().delete()
    entry.contact_lines.all().delete()
    Submission.objects.filter(pk=entry.pk).update(title="Now", delivery_body=None)
    for record in (Theme.objects.get(slug="housing"), contact, body):
        record.delete()
    answer = desk.post(f"{LIST}{entry.pk}/history/", {"version": before.pk}, follow=True)
    assert "is as it was on" in answer.content.decode()
    entry.refresh_from_db()
    assert (entry.title, entry.delivery_body, entry.contacts.count(), entry.themes.count()) == ("Then", None, 0, 0)


@pytest.mark.parametrize("asked", ["live=1&earlier=abc", "live=1&earlier=²", "earlier=²&later=abc", "version=²"])
def test_a_history_takes_any_number(desk, draft, asked):
    page = f"{LIST}{draft.pk}/history/"
    assert desk.get(f"{page}?{asked}").status_code == 200
    assert desk.post(page, {"version": "²"}).status_code == 403
    assert desk.get(f"/admin/editorial/erasure/add/?voice={asked[-1]}").status_code == 200
    assert desk.post(address(draft), {"_opened": "", "voices-TOTAL_FORMS": "²"}).status_code == 200


def test_the_history_of_a_deleted_contact_stays(desk, send_form, make_entry):
    entry = make_entry(contact="ann@example.org")
    contact = entry.contacts.get()
    entry.contact_lines.all().delete()
    number = contact.pk
    desk.post(f"/admin/boroughs/contact/{number}/delete/", {"post": "yes"})
    page = desk.get(f"/admin/boroughs/contact/{number}/history/").content.decode()
    assert "This record was deleted. Its story stays." in page
    assert "Mei" in page
