"""The survey at LIIA's desk: what an administrator of the group may do, and what a line to quote must rest on."""

import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction
from django.urls import reverse

from survey.models import Headline, Question, Section, Survey


@pytest.fixture
def desk(client, survey):
    mei = User.objects.create_user("mei", is_staff=True)
    mei.groups.add(Group.objects.get(name="LIIA administrators"))
    client.force_login(mei)
    return client


def form_of(response):
    """The fields of a change form as a browser would send them back."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, *(form for formset in formsets for form in formset.forms)]
    forms += [formset.management_form for formset in formsets]
    bound = [form[name] for form in forms for name in form.fields]
    return {field.html_name: "" if (value := field.value()) is None else value for field in bound}


def address_of(record):
    return reverse(f"admin:survey_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize("model", ["survey", "section", "question", "consideration"])
def test_the_group_can_open_every_list_and_form(desk, model):
    listed = desk.get(reverse(f"admin:survey_{model}_changelist"))
    assert listed.status_code == 200
    record = listed.context["cl"].result_list[0]
    assert desk.get(address_of(record)).status_code == 200
    # What is used is not deleted whoever asks: tests/admin/test_deleting.py.
    assert listed.wsgi_request.user.has_perm(f"survey.delete_{model}")


def test_a_theme_ticked_at_the_desk_changes_what_answers_the_section(desk, make_entry):
    entry = make_entry(themes=["leisure"])
    section = Section.objects.get(slug="immigration")
    sent = form_of(desk.get(address_of(section)))
    sent["themes"] = [theme.pk for theme in entry.themes.all()]
    assert desk.post(address_of(section), sent).status_code == 302
    assert entry.title in desk.get(section.get_absolute_url()).content.decode()


def test_a_line_must_rest_on_words_of_its_section(desk):
    section = Section.objects.get(slug="health")
    sent = form_of(desk.get(address_of(section)))
    refused = desk.post(address_of(section), sent | {"headlines-0-quote": "Everybody is well"})
    assert "Copy them exactly." in refused.content.decode()
    kept = desk.post(address_of(section), sent | {"headlines-0-quote": "Access to dentistry"})
    assert kept.status_code == 302
    assert Headline.objects.filter(section=section, quote="Access to dentistry").exists()


def test_an_address_stays_whatever_the_desk_sends(desk):
    section = Section.objects.get(slug="health")
    sent = form_of(desk.get(address_of(section)))
    assert desk.post(address_of(section), sent | {"slug": "wellbeing", "title": "Wellbeing"}).status_code == 302
    assert "Wellbeing" in desk.get("/survey/2024/health/").content.decode()
    for record in (Survey.objects.get(), Question.objects.first()):
        fields = desk.get(address_of(record)).context["adminform"].form.fields
        assert not {"year", "section", "slug"} & fields.keys()


def test_a_form_nobody_touched_changes_nothing(desk):
    question = Question.objects.get(slug="specialist-provision")
    before = list(question.options.values())
    assert desk.post(address_of(question), form_of(desk.get(address_of(question)))).status_code == 302
    assert list(question.options.values()) == before


def test_the_database_refuses_what_cannot_be(survey):
    section = Section.objects.first()
    question = section.questions.first()
    for broken in (
        lambda: Survey.objects.update(fewest_responses=30),
        lambda: Survey.objects.update(fewest_responses=0),
        lambda: section.questions.create(slug=question.slug, text="Again?"),
        lambda: question.options.create(position=1, text="Again"),
        lambda: question.options.create(position=9, text=""),
        lambda: section.headlines.create(sentence="Said", quote=""),
        lambda: section.considerations.first().__class__.objects.update(text=""),
        lambda: Survey.objects.first().sections.create(slug=section.slug, title="Again"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
