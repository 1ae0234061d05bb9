"""The desk speaks to people: no word of the machine, a way back from every refusal, the likely choice made already."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.html import strip_tags

from boroughs.models import Borough
from submissions.models import Round

MACHINE = ("to change", "Not empty", "By sent at", "By withdrawn at")
MACHINE += ("Authentication and Authorization", "MFA", "relationship", "_object")


def words(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def chief(client, db):
    client.force_login(User.objects.create_superuser("chief", "chief@liia.example", "a long password of theirs"))
    return client


def test_no_list_and_no_form_speaks_of_the_machine(chief, make_entry):
    make_entry(figures=["proposed"], voices=["“It helped.”"], contact="a@merton.gov.uk")
    for model in admin.site._registry:
        addresses = [page(model, "changelist")]
        addresses += [page(model, "change", record.pk) for record in model.objects.all()[:1]]
        for address in addresses:
            text = words(chief.get(address))
            assert not [word for word in MACHINE if word in text], address


def test_a_refusal_has_a_way_back(client, make_entry):
    client.force_login(User.objects.create_user("new", is_staff=True))
    answer = client.get("/admin/submissions/theme/")
    assert answer.status_code == 403
    assert "Your account may not do this" in words(answer)
    assert 'href="/admin/"' in answer.content.decode()


@pytest.mark.parametrize("year", [99999, 1999, 2101, 0])
def test_no_round_is_of_another_age(desk, make_entry, year):
    answer = desk.post(page(Round, "add"), {"name": "A round", "year": year})
    assert "Write the year of the round, from 2000 to 2100." in words(answer)
    assert not Round.objects.filter(name="A round").exists()


def test_the_newest_round_is_chosen_already(desk, make_entry):
    newest = Round.objects.create(name="2026 round", year=2026)
    form = desk.get("/admin/submissions/submission/add/").context["adminform"].form
    assert form["round"].value() in (newest, newest.pk)


def test_a_boroughs_address_is_renamed_and_the_earlier_one_leads_on(send_form, client, make_entry):
    merton = Borough.objects.get(slug="merton")
    assert send_form(page(Borough, "change", merton.pk), slug="merton-council").status_code == 302
    assert client.get("/boroughs/merton/").headers["Location"] == "/boroughs/merton-council/"
