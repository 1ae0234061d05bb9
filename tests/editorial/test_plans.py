"""A planned step belongs to the state and the text it was planned in. Nothing returns to readers by itself."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db.models.signals import post_save
from django.utils import timezone

from editorial.answers import record_page_sign_off
from editorial.models import Event, Failure, Plan
from editorial.versions import begin_new_version
from editorial.workflow import STEPS, transition
from editorial.worklist import waiting
from submissions.models import Submission
from tests.admin.conftest import carry_out, fields_of
from tests.editorial.test_cron import plan
from tests.editorial.test_edits import address
from tests.editorial.test_failures import at_once
from tests.editorial.test_workflow import approve_all

SIGN_OFF = "/admin/submissions/submission/{}/sign_off/"


def in_an_hour(action):
    due = timezone.localtime(timezone.now() + datetime.timedelta(hours=1))
    return {"_plan": "1", "action": action, "due": f"{due:%Y-%m-%dT%H:%M}"}


def make_due():
    Plan.objects.update(due=timezone.now() - datetime.timedelta(minutes=1))


@pytest.fixture
def ready(draft):
    return approve_all(transition(draft, "send"))


def test_a_forgotten_plan_does_not_bring_a_withdrawn_entry_back(desk, send_form, ready, client):
    assert desk.post(SIGN_OFF.format(ready.pk), in_an_hour("publish")).status_code == 302
    form = desk.get(address(ready)).content.decode()
    assert "Publish on" in form
    assert "Plan: Publish on" in desk.get("/admin/submissions/submission/").content.decode()
    assert [one.count for one in waiting() if one.what == "Plans that will be carried out by themselves"] == [1]
    transition(ready, "publish")
    answer = send_form(address(ready), _step="withdraw")
    assert answer.status_code == 302
    make_due()
    call_command("carry_out_plans", verbosity=0)
    ready.refresh_from_db()
    assert ready.status == "withdrawn"


def test_a_step_by_hand_cancels_plans_and_says_so_on_screen_and_in_the_story(
    desk, send_form, make_entry, administrator
):
    entry = make_entry(signed_off=True, contact="ann@merton.gov.uk")
    made = plan(entry, "withdraw", administrator, minutes=60)
    send_form(address(entry), _step="withdraw")
    page = desk.get(address(entry)).content.decode()
    assert "Cancelled, because nothing happens by itself after this: Withdraw on" in page
    made.refresh_from_db()
    assert (made.is_open, made.cancelled_because) == (False, "Withdrawn by hand")
    assert "Cancelled, because nothing happens by itself" in entry.events.first().note
    assert "cancelled. Withdrawn by hand." in desk.get(SIGN_OFF.format(entry.pk)).content.decode()


@pytest.mark.parametrize("action", [name for name, step in STEPS.items() if step.label or name == "void"])
def test_every_step_by_hand_cancels(make_entry, signatories, administrator, action):
    signatories("merton")
    entry = make_entry(status=STEPS[action].starts[0], signed_off=action != "send")
    made = plan(entry, "publish", administrator, minutes=60)
    transition(entry, action, by=administrator)
    assert Plan.objects.get(pk=made.pk).cancelled_at


def test_an_edit_that_asks_people_again_cancels_the_plan_and_one_that_does_not_leaves_it(
    send_form, desk, ready, administrator
):
    made = plan(ready, "publish", administrator, minutes=60)
    send_form(address(ready), slug="another-address")
    made.refresh_from_db()
    assert made.is_open
    send_form(address(ready), title="Another title")
    assert "Cancelled, because nothing happens by itself after this: Publish on" in desk.get("/admin/").content.decode()
    made.refresh_from_db()
    assert not made.is_open
    assert made.cancelled_because.startswith("Title changed on ")


CHANGES = {
    "text": {"team": "Another team"},
    "state": {"status": "withdrawn"},
}


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_a_plan_is_refused_in_another_state_or_text_than_it_was_made_in(make_entry, administrator, changes):
    entry = make_entry(status="signed-off", signed_off=True, title="Door")
    made = plan(entry, "publish", administrator)
    Submission.objects.filter(pk=entry.pk).update(**changes)  # by a way that cancels nothing
    entry.sign_offs.all().delete()
    record_page_sign_off(Submission.objects.get(pk=entry.pk), "Signed off again.")
    call_command("carry_out_plans", verbosity=0)
    made.refresh_from_db()
    entry.refresh_from_db()
    assert entry.status != "published"
    assert "“Door”" in made.problem and "Nothing was done" in made.problem
    (kind,) = [one for one in waiting() if one.what == "Plans that could not be carried out"]
    assert kind.items[0].note == made.problem


def test_what_is_withdrawn_returns_when_that_was_planned_there(make_entry, administrator):
    entry = make_entry(status="withdrawn", signed_off=True)
    plan(entry, "publish", administrator)
    call_command("carry_out_plans", verbosity=0)
    entry.refresh_from_db()
    assert entry.status == "published"


def test_a_plan_can_be_made_only_where_the_step_could_be_taken_now(desk, make_entry):
    entry = make_entry(status="draft")
    for action in ("publish", "withdraw"):
        answer = desk.post(SIGN_OFF.format(entry.pk), in_an_hour(action)).content.decode()
        assert "can be planned for this" in answer
    assert not Plan.objects.exists()


def test_a_withdrawal_may_follow_a_planned_publication_and_no_publication_a_withdrawal(desk, ready, administrator):
    plan(ready, "publish", administrator, minutes=30)
    assert desk.post(SIGN_OFF.format(ready.pk), in_an_hour("withdraw")).status_code == 302
    make_due()
    Plan.objects.filter(action="publish").update(due=timezone.now() - datetime.timedelta(minutes=2))
    call_command("carry_out_plans", verbosity=0)
    ready.refresh_from_db()
    assert ready.status == "withdrawn"
    live = ready
    Submission.objects.filter(pk=live.pk).update(status="published")
    plan(Submission.objects.get(pk=live.pk), "withdraw", administrator, minutes=30)
    assert "can be planned for this" in desk.post(SIGN_OFF.format(live.pk), in_an_hour("publish")).content.decode()


def test_words_taken_down_leave_a_plan_as_it_is(desk, make_entry, administrator):
    entry = make_entry(status="signed-off", voices=["“It saved me.”"], signed_off=True)
    plan(entry, "publish", administrator)
    carry_out(desk, "/admin/submissions/voice/", "withdraw", entry.voices.get().pk)
    call_command("carry_out_plans", verbosity=0)
    entry.refresh_from_db()
    assert entry.status == "published"


def test_a_refused_plan_waits_for_a_person_though_it_could_be_carried_out_again(make_entry, administrator):
    entry = make_entry(status="signed-off", signed_off=True)
    plan(entry, "publish", administrator)
    for team in ("Another team", entry.team):
        Submission.objects.filter(pk=entry.pk).update(team=team)
        call_command("carry_out_plans", verbosity=0)
    entry.refresh_from_db()
    assert entry.status == "signed-off"


def test_a_plan_that_another_run_has_carried_out_meanwhile_is_left(make_entry, administrator):
    first, second = make_entry(signed_off=True), make_entry(signed_off=True)
    plan(first, "withdraw", administrator, minutes=-2)
    plan(second, "withdraw", administrator, minutes=-1)

    def carry_out_second(**_):
        Plan.objects.filter(submission=second).update(done_at=timezone.now())

    post_save.connect(carry_out_second, Event)
    try:
        call_command("carry_out_plans", verbosity=0)
    finally:
        post_save.disconnect(carry_out_second, Event)
    assert [Submission.objects.get(pk=entry.pk).status for entry in (first, second)] == ["withdrawn", "published"]


def test_one_broken_plan_stops_no_other(make_entry, administrator):
    broken, whole = make_entry(signed_off=True, title="Broken"), make_entry(signed_off=True)
    first = plan(broken, "withdraw", administrator, minutes=-5)
    plan(whole, "withdraw", administrator)
    Plan.objects.filter(pk=first.pk).update(action="publish", status_then="published")
    broken.versions.all().delete()
    Submission.objects.filter(pk=broken.pk).update(status="signed-off", replaces=whole)  # a new version of no version
    Plan.objects.filter(pk=first.pk).update(status_then="signed-off")
    with pytest.raises(CommandError, match="1 could not be done"):
        call_command("carry_out_plans", verbosity=0)
    whole.refresh_from_db()
    first.refresh_from_db()
    assert whole.status == "withdrawn"
    assert (first.done_at, Failure.objects.get().record) == (None, f"editorial.plan {first.pk}")
    assert Submission.objects.get(pk=broken.pk).status == "signed-off"


def test_a_run_that_is_ended_in_the_middle_leaves_the_plan_and_the_entry_whole(make_entry, administrator):
    entry = make_entry(signed_off=True)
    made = plan(entry, "withdraw", administrator)

    def end(**_):
        raise KeyboardInterrupt

    post_save.connect(end, Event)
    try:
        with pytest.raises(KeyboardInterrupt):
            call_command("carry_out_plans", verbosity=0)
    finally:
        post_save.disconnect(end, Event)
    made.refresh_from_db()
    entry.refresh_from_db()
    assert (made.done_at, made.problem, entry.status, entry.events.count()) == (None, "", "published", 0)
    call_command("carry_out_plans", verbosity=0)
    entry.refresh_from_db()
    assert entry.status == "withdrawn"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_each_plan_once_and_find_no_problem(make_entry, administrator):
    entries = [make_entry(signed_off=True) for _ in range(6)]
    for entry in entries:
        plan(entry, "withdraw", administrator)
    said = "".join(at_once("carry_out_plans"))
    assert said.count("done.") == 6
    assert {(made.problem, bool(made.done_at)) for made in Plan.objects.all()} == {("", True)}
    assert [entry.events.filter(what="Withdrawn").count() for entry in entries] == [1] * 6


@pytest.mark.parametrize("by_plan", [False, True], ids=["by hand", "by a plan"])
def test_a_planned_new_version_does_not_bring_a_withdrawn_entry_back(desk, make_entry, administrator, by_plan):
    live = make_entry(signed_off=True)
    draft = begin_new_version(live)
    Submission.objects.filter(pk=draft.pk).update(status="signed-off")
    draft.refresh_from_db()
    record_page_sign_off(draft, "Approved.")
    made = plan(draft, "publish", administrator)
    if by_plan:
        plan(live, "withdraw", administrator, minutes=-60)
        call_command("carry_out_plans", verbosity=0)
    else:
        transition(live, "withdraw", by=administrator)
    call_command("carry_out_plans", verbosity=0)
    live.refresh_from_db()
    made.refresh_from_db()
    assert live.status == "withdrawn"
    assert made.problem.startswith("Readers do not see") if by_plan else made.cancelled_because == "Withdrawn by hand"
    answer = desk.post(SIGN_OFF.format(draft.pk), in_an_hour("publish")).content.decode()
    assert "it returns to them by hand, not by a plan" in answer
    answer = desk.post(address(draft), fields_of(desk.get(address(draft))) | {"_step": "publish"}, follow=True)
    assert "Publishing this new version brings it back to them" in answer.content.decode()
    assert transition(draft, "publish", by=administrator).status == "published"
