"""What an authority signs. Each claim that the README names makes the sign-offs void, however it is changed."""

import pytest
from django.utils import timezone

from boroughs.models import Borough, DeliveryBody
from editorial import asking
from editorial.answers import record_page_sign_off
from editorial.claims import claims, fingerprint
from editorial.models import Plan, SignOff
from editorial.workflow import transition
from submissions.models import Partner, Submission
from tests.editorial.letters import letter_to
from tests.editorial.test_edits import address
from tests.editorial.test_workflow import approve_all

TEXT = "<p>How it was done. 75% felt safe. “It saved me.”</p>"


@pytest.fixture
def signed_off(make_entry, signatories):
    entry = make_entry(
        status="draft",
        published_on=None,
        title="Open door",
        team="Leaving care",
        summary="<p>A door.</p>",
        body=TEXT,
        supporting="<p>A film.</p>",
        partners=["Barnardo’s"],
        figures=["confirmed"],
        voices=["“It saved me.”"],
    )
    signatories("merton", "brent")
    return approve_all(transition(entry, "send"))


def brent():
    return Borough.objects.get(slug="brent")


def body():
    return DeliveryBody.objects.create(name="A Trust", slug="a-trust")


def partner():
    return Partner.objects.create(name="Centrepoint", slug="centrepoint")


# {claim: (its label, the change in the form, the change through the model)}
EACH = {
    "title": ("Title", lambda e: {"title": "Closed"}, lambda e: Submission.objects.update(title="Closed")),
    "authorities": (
        "Authorities",
        lambda e: {"boroughs": [e.boroughs.get().pk, brent().pk]},
        lambda e: e.boroughs.add(brent()),
    ),
    "delivery body": (
        "Delivered by",
        lambda e: {"delivery_body": body().pk},
        lambda e: Submission.objects.update(delivery_body=body()),
    ),
    "team": ("Team", lambda e: {"team": "Another"}, lambda e: Submission.objects.update(team="Another")),
    "partners": ("Partners", lambda e: {"partners": [partner().pk]}, lambda e: e.partners.set([partner()])),
    "summary": (
        "Summary",
        lambda e: {"summary": "<p>A gate.</p>"},
        lambda e: Submission.objects.update(summary="<p>A gate.</p>"),
    ),
    "text": (
        "Main text",
        lambda e: {"body": TEXT.replace("How", "Why")},
        lambda e: Submission.objects.update(body=TEXT.replace("How", "Why")),
    ),
    "supporting text": (
        "Supporting information",
        lambda e: {"supporting": "<p>A book.</p>"},
        lambda e: Submission.objects.update(supporting="<p>A book.</p>"),
    ),
    "what it took": (
        "What it took",
        lambda e: {"what_it_took": "Two advisers"},
        lambda e: Submission.objects.update(what_it_took="Two advisers"),
    ),
    "figures": ("Figures", lambda e: {"metrics-0-value": "76"}, lambda e: e.metrics.update(value=76)),
    "a figure deleted": ("Figures", lambda e: {"metrics-0-DELETE": "on"}, lambda e: e.metrics.all().delete()),
    "quotations": (
        "Voices",
        lambda e: {"voices-0-quote": "“How it was done.”"},
        lambda e: e.voices.update(quote="“How it was done.”"),
    ),
    "the speaker of a quotation": (
        "Voices",
        lambda e: {"voices-0-speaker": "Young person"},
        lambda e: e.voices.update(speaker="Young person"),
    ),
}


@pytest.mark.parametrize(("label", "typed", "_"), EACH.values(), ids=EACH)
def test_a_claim_changed_in_the_form_makes_every_sign_off_void(send_form, signed_off, label, typed, _):
    assert asking.signed_off_on(signed_off)[0]
    assert send_form(address(signed_off), **typed(signed_off)).status_code == 302
    entry = Submission.objects.get(pk=signed_off.pk)
    assert entry.status == "draft"
    assert {one.void_because.partition(" changed on ")[0] for one in SignOff.objects.all()} == {label}
    assert asking.signed_off_on(entry) == (False, None)
    assert all(one.revoked_at for one in SignOff.objects.all())  # no link to the text of before opens


@pytest.mark.parametrize(("label", "_", "change"), EACH.values(), ids=EACH)
def test_a_claim_changed_in_any_other_way_is_not_signed_off(signed_off, label, _, change):
    before = claims(signed_off)
    change(signed_off)
    entry = Submission.objects.get(pk=signed_off.pk)
    assert fingerprint(claims(entry)) != fingerprint(before)
    assert asking.signed_off_on(entry) == (False, None)
    assert asking.missing(entry)


@pytest.mark.parametrize("status", ["authority", "signed-off"])
def test_voiding_closes_every_link(send_form, draft, status):
    entry = transition(draft, "send")
    if status == "signed-off":
        entry = approve_all(entry)
    send_form(address(entry), title="Closed door")
    assert all(one.link_problem in ("revoked", "answered") and one.revoked_at for one in SignOff.objects.all())


def test_rejected_and_undecided_figures_are_no_claims_and_go_to_nobody(
    make_entry, signatories, client, django_capture_on_commit_callbacks
):
    entry = make_entry(status="draft", figures=["confirmed", "rejected", "proposed"])
    for figure in entry.metrics.all():
        entry.metrics.filter(pk=figure.pk).update(figure=f"a {figure.status} one")
    signatories("merton")
    (stated,) = claims(Submission.objects.get(pk=entry.pk))["Figures"]
    assert stated.startswith("a confirmed one")
    entry.metrics.filter(status="proposed").update(status="rejected")
    with django_capture_on_commit_callbacks(execute=True):
        transition(entry, "send")
    from tests.editorial.letters import links_in

    page = client.get(links_in(letter_to("dcs@merton.example"), "sign-off")[0]).content.decode()
    assert "a confirmed one" in page
    assert "a rejected one" not in page and "a proposed one" not in page


FIGURES = "/admin/submissions/outcomemetric/"


def decide(desk, action, figure):
    first = desk.post(FIGURES, {"action": action, "_selected_action": [figure.pk]}, follow=True)
    return confirmed(desk, FIGURES, first)


def confirmed(desk, address, answer):
    """The answer of an act on a list; where a page asks first, after its button."""
    carried = (answer.context or {}).get("carried")
    return desk.post(address, carried, follow=True) if carried else answer


def test_a_figure_confirmed_after_signing_asks_again_and_one_hidden_does_not(desk, make_entry, signatories):
    entry = make_entry(status="draft", figures=["confirmed", "rejected"])
    signatories("merton")
    entry = approve_all(transition(entry, "send"))
    shown, hidden = entry.metrics.order_by("-status")[1], entry.metrics.get(status="rejected")
    decide(desk, "reject_selected", shown)
    entry.refresh_from_db()
    assert (entry.status, asking.missing(entry)) == ("signed-off", [])
    decide(desk, "confirm_selected", hidden)
    entry.refresh_from_db()
    assert (entry.status, len(asking.missing(entry))) == ("draft", 2)


def test_hiding_a_figure_signs_no_text_that_was_changed_unseen(desk, signed_off):
    Submission.objects.filter(pk=signed_off.pk).update(team="Another team")
    decide(desk, "reject_selected", signed_off.metrics.get())
    assert signed_off.metrics.get().status == "rejected"
    assert len(asking.missing(Submission.objects.get(pk=signed_off.pk))) == 2


def test_readers_are_shown_no_figure_that_the_people_who_signed_did_not_see(desk, make_entry, signatories, send_form):
    entry = make_entry(status="draft", figures=["confirmed", "rejected"])
    signatories("merton")
    entry = transition(approve_all(transition(entry, "send")), "publish")
    hidden = entry.metrics.get(status="rejected")
    page = decide(desk, "confirm_selected", hidden).content.decode()
    assert "nobody who signed it off was shown this figure" in page
    answer = send_form(f"{FIGURES}{hidden.pk}/change/", _confirm="1")
    assert "nobody who signed it off was shown this figure" in answer.content.decode()
    hidden.refresh_from_db()
    assert hidden.status == "rejected"
    decide(desk, "reject_selected", entry.metrics.get(status="confirmed"))
    assert asking.missing(Submission.objects.get(pk=entry.pk)) == []


def test_hiding_a_figure_in_the_form_of_a_published_entry_holds_at_once_and_stays_signed(send_form, make_entry):
    live = make_entry(signed_off=True, figures=["confirmed"])
    send_form(address(live), **{"metrics-0-status": "rejected"})
    live.refresh_from_db()
    assert live.metrics.get().status == "rejected"
    assert not Submission.objects.filter(replaces=live).exists()
    assert asking.missing(live) == []


RENAMED = {
    "partner": (lambda: Partner.objects.get(name="Settle"), "/admin/submissions/partner/{}/", "Partners"),
    "delivery body": (lambda: DeliveryBody.objects.get(slug="odd"), "/admin/boroughs/deliverybody/{}/", "Delivered by"),
}


@pytest.mark.parametrize("status", ["authority", "signed-off", "published", "withdrawn"])
@pytest.mark.parametrize(("record", "address", "label"), RENAMED.values(), ids=RENAMED)
def test_a_name_that_was_signed_voids_the_sign_off_when_it_is_renamed_or_put_back(
    desk, send_form, make_entry, record, address, label, status
):
    body = DeliveryBody.objects.create(name="Odd", slug="odd")
    entry = make_entry(status=status, partners=["Settle"], delivery_body=body, signed_off=True)
    plan = Plan.objects.create(submission=entry, action="publish", due=timezone.now())
    named = record()
    send_form(address.format(named.pk) + "change/", slug="another-address")
    assert asking.missing(Submission.objects.get(pk=entry.pk)) == []
    send_form(address.format(named.pk) + "change/", name="Another Name")
    page = desk.get(address.format(named.pk) + "change/").content.decode()
    assert f"The sign-off of “{entry}” is void by this" in page
    entry.refresh_from_db()
    plan.refresh_from_db()
    assert entry.status == (status if status in ("published", "withdrawn") else "draft")
    assert len(asking.missing(entry)) == 2
    assert all(one.void_because.startswith(label) for one in entry.sign_offs.all())
    assert plan.cancelled_at and entry.events.filter(what="Sign-off void").exists()
    record_page_sign_off(entry, "Signed off again.")
    version = named.history.last().history_id
    desk.post(address.format(named.pk) + "history/", {"version": version})
    assert len(asking.missing(Submission.objects.get(pk=entry.pk))) == 2
    assert not entry.sign_offs.standing().exists()
