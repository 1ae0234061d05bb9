"""Who may do what at LIIA's desk: the group's rights to the last page, and the door itself."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.models import Category, Doubt, OutcomeMetric, Partner, Round, Submission, Theme

YES, NO, TOLD = 200, 403, 302  # TOLD: led back with a sentence that says why not
#                     list add  change delete history, for a record that entries name
PAGES = {
    Submission: (YES, YES, YES, NO, YES),
    Contact: (YES, YES, YES, TOLD, YES),
    Doubt: (YES, NO, YES, NO, YES),
    OutcomeMetric: (YES, NO, YES, NO, YES),
    Theme: (YES, YES, YES, TOLD, YES),
    Partner: (YES, YES, YES, TOLD, YES),
    Category: (YES, NO, YES, TOLD, YES),
    Round: (YES, YES, YES, TOLD, YES),
    Borough: (YES, NO, YES, NO, YES),
    DeliveryBody: (YES, NO, YES, TOLD, YES),
    User: (YES, YES, YES, TOLD, YES),
}
FROM_THIS_APP = {
    "boroughs.borough": "change view",
    "boroughs.contact": "add change delete view",
    "boroughs.deliverybody": "change delete view",
    "editorial.correction": "add change view",
    "submissions.administrator": "add change delete view",
    "submissions.boroughmention": "add change delete view",
    "submissions.category": "change delete view",
    "submissions.doubt": "change view",
    "submissions.outcomemetric": "add change delete view",
    "submissions.partner": "add change delete view",
    "submissions.round": "add change delete view",
    "submissions.submission": "add change publish view",
    "submissions.submissioncontact": "add change delete view",
    "submissions.supportingitem": "add change delete view",
    "submissions.theme": "add change delete view",
    "submissions.voice": "add change delete view",
}


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def answers(desk, model):
    named_by_an_entry = {Contact: {"entry_lines__isnull": False}, Partner: {"submissions__isnull": False}}
    named_by_an_entry |= {Theme: {"themed__isnull": False}}
    record = model.objects.filter(**named_by_an_entry.get(model, {})).first()
    pages = [page(model, "changelist"), page(model, "add")]
    pages += [page(model, name, record.pk) for name in ("change", "delete", "history")]
    return tuple(desk.get(address).status_code for address in pages)


def test_every_page_of_the_desk_answers_as_the_group_should_find_it(desk, catalogue):
    assert {model: answers(desk, model) for model in PAGES} == PAGES


def test_migrating_gives_these_rights(administrator):
    group = Group.objects.get(name="LIIA administrators")
    rights = group.permissions.order_by("codename").values_list("content_type__app_label", "codename")
    given = {}
    for app, codename in rights:
        right, model = codename.split("_", 1)
        given.setdefault(f"{app}.{model}", []).append(right)
    assert {model: " ".join(given[model]) for model in FROM_THIS_APP} == FROM_THIS_APP
    assert {model for model in given if model.split(".")[0] in ("auth", "admin", "sessions", "contenttypes")} == {
        "auth.user"
    }


def test_a_post_does_what_the_pages_allow_and_no_more(desk, catalogue):
    entry = Submission.objects.first()
    assert desk.post(page(Submission, "delete", entry.pk), {"post": "yes"}).status_code == NO
    desk.post(page(User, "add"), {"username": "intruder", "is_superuser": "on"})
    assert not User.objects.exclude(username="mei").exists()
    assert desk.post(page(Doubt, "add"), {"message": "?"}).status_code == NO
    assert not admin.site.get_model_admin(Submission).has_delete_permission(None)
    assert "delete_selected" not in dict(admin.site.actions)


def test_of_a_borough_only_the_other_names_change(send_form, catalogue):
    merton = Borough.objects.get(slug="merton")
    answer = send_form(
        page(Borough, "change", merton.pk), aliases="LB Merton\r\n\r\n  Merton  Council \r\nlb merton", name="X"
    )
    assert answer.status_code == TOLD
    merton.refresh_from_db()
    assert (merton.name, merton.slug, merton.aliases) == ("Merton", "merton", ["LB Merton", "Merton Council"])


@pytest.mark.parametrize("address", ["/admin/", "/admin/submissions/submission/", "/admin/nowhere/"])
def test_nobody_enters_without_signing_in(client, db, address):
    assert client.get(address).headers["Location"] == f"/admin/login/?next={address}"


def test_who_may_do_nothing_is_told_whom_to_ask(client, db):
    client.force_login(User.objects.create_user("new", is_staff=True))
    assert "Ask an administrator to put it in the group" in client.get("/admin/").content.decode()


def test_the_first_page_says_what_waits(desk, catalogue):
    index = desk.get("/admin/")
    groups = [(group["name"], [model["name"] for model in group["models"]]) for group in index.context["app_list"]]
    assert groups[0] == ("The catalogue", ["Entries", "Corrections", "Contacts", "Doubts", "Figures"])
    assert groups[1][1][:4] == ["Themes", "Partners", "Categories", "Rounds"]
    text = index.content.decode()
    assert "<title>What would you like to do? | LIIA’s desk</title>" in text
    assert "Practice Spotlight: LIIA’s desk" in text
    assert "14 published" in text
    assert f"{Doubt.objects.open().count()} to settle" in text
