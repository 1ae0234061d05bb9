"""Two people at one record, and one person with two forms of it: nothing of either is lost, for every kind of record.

Each kind of record that is registered at the desk is tried, and a kind that is registered later too.
"""

import datetime
import itertools

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core import signing
from taggit.models import Tag

from boroughs.models import Borough, Contact
from editorial.contacts import answers
from editorial.contacts.questions import ask
from editorial.models import Correction, Erasure, Failure, Mail, Signatory
from spotlight.desk.sent_forms import OnePerLine
from submissions.admin.rich_text import RichText
from submissions.models import Category, FailedSearch, OldAddress, OutcomeMetric, Theme
from survey.models import Headline, Section
from tests.admin.conftest import fields_of

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
NOT_CHANGED = {FailedSearch, Mail, Failure, Erasure}  # nobody changes these at the desk
TEXTS = (forms.CharField, forms.IntegerField, forms.DecimalField)


def text_value(name, field, mark):
    """Another value for a field, which its form accepts. `mark`: a number from 1."""
    if name in ("path", "target"):
        return {"path": f"/old/{mark}", "target": ["/about/", "/boroughs/", "/themes/", "/coverage/"][mark]}[name]
    if isinstance(field, RichText):
        return f"<p>Words {mark}.</p>"
    if isinstance(field, OnePerLine):
        return f"Other name {mark}"
    if isinstance(field, forms.EmailField):
        return f"person{mark}@example.org"
    if isinstance(field, forms.URLField):
        return f"https://example.org/{mark}"
    if isinstance(field, forms.SlugField):
        return f"slug-{mark}"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return str((2040 if name == "year" else 40) + mark)
    return f"Words{mark}"


@pytest.fixture
def catalogue(seeded):
    """The seed catalogue, and one of what it has none of."""
    entry = Borough.objects.get(slug="merton").submissions.published().first()
    Correction.objects.create(submission=entry, title=entry.title, kind="fault", message="A word is wrong.")
    FailedSearch.objects.create(text="nothing at all", day=datetime.date(2026, 11, 1))
    Mail.objects.create(to="ann@example.org", subject="One", text="Two")
    Failure.objects.create(task="Ask contacts", words="Ann", problem="No mail server answers.")
    Erasure.objects.create(words="Words withdrawn long ago", reason="At somebody’s wish", asked_by_name="Mei")
    Borough.objects.update(email_domains=["example.org"])
    Signatory.objects.create(borough=Borough.objects.first(), role="dcs", name="Ann", email="ann@example.org")
    OldAddress.objects.create(path="/old", target="/about/")
    Tag.objects.create(name="Tag", slug="tag")
    user = User.objects.create_user("someone", email="someone@example.org", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Editors")[0])


@pytest.fixture
def people(catalogue, client):
    """Two clients, Mei and Ann, who may both do everything."""
    made = []
    for name in ("Mei", "Ann"):
        user = User.objects.create_superuser(name.lower(), first_name=name, email=f"{name}@liia.example")
        made.append(type(client)())
        made[-1].force_login(user)
    return made


def record_of(model):
    if model is User:
        return User.objects.get(username="someone")
    return model._default_manager.order_by("pk").first()


def address(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


def opened(person, record):
    answer = person.get(address(record))
    assert answer.status_code == 200
    return answer


def send(person, record, form, **changes):
    return person.post(address(record), fields_of(form) | {"_continue": "1"} | changes)


def texts_of(form):
    """{name: field} of what somebody can type in a form."""
    fields = form.context["adminform"].form.fields
    return {name: f for name, f in fields.items() if isinstance(f, TEXTS) and not f.disabled and name != "password"}


def shown(person, record, names):
    values = fields_of(opened(person, record))
    return {name: str(values.get(name, "")) for name in names}


@pytest.fixture(params=[m for m in REGISTERED if m not in NOT_CHANGED], ids=lambda model: model._meta.label)
def record(request, catalogue):
    return record_of(request.param)


@pytest.mark.parametrize("second", [1, 0], ids=["two people", "one person with two forms"])
def test_what_only_the_other_changed_is_left_as_it_is(people, record, second):
    forms = [opened(people[0], record), opened(people[second], record)]
    fields = texts_of(forms[0])
    new = {name: text_value(name, field, 1) for name, field in fields.items()}
    halves = [dict(list(new.items())[n::2]) for n in range(2)]
    for person, form, half in zip((people[0], people[second]), forms, halves, strict=True):
        answer = send(person, record, form, **half)
        assert answer.status_code == 302, answer.context["errors"]
    assert shown(people[0], record, new) == new


def test_what_both_changed_is_said_to_the_second_also_a_second_time(people, record):
    forms = [opened(person, record) for person in people]
    fields = {name: field for name, field in texts_of(forms[0]).items() if not isinstance(field, OnePerLine)}
    if not fields:
        return lists_are_merged(people, record, forms)
    name, field = next(iter(fields.items()))
    one, two, three = (text_value(name, field, mark) for mark in (1, 2, 3))
    assert send(people[0], record, forms[0], **{name: one}).status_code == 302
    told = send(people[1], record, forms[1], **{name: two})
    refused(told, "Mei", name, two)
    assert shown(people[0], record, [name]) == {name: one}
    assert send(people[0], record, opened(people[0], record), **{name: three}).status_code == 302
    again = send(people[1], record, told)
    refused(again, "Mei", name, two)
    assert shown(people[0], record, [name]) == {name: three}
    assert send(people[1], record, again).status_code == 302
    assert shown(people[0], record, [name]) == {name: two}


def refused(answer, who, name, typed):
    assert answer.status_code == 200
    assert f"Nothing was saved yet: {who} has changed" in answer.content.decode()
    assert answer.context["differences"]
    assert fields_of(answer)[name] == typed


def lists_are_merged(people, record, forms):
    """A record of which only a list can be changed: what each adds is kept."""
    (name,) = texts_of(forms[0])
    before = fields_of(forms[0]).get(name, "")
    for person, form, word in zip(people, forms, ("Mine", "Yours"), strict=True):
        assert send(person, record, form, **{name: f"{before}\r\n{word}"}).status_code == 302
    assert set(shown(people[0], record, [name])[name].split("\r\n")) >= {"Mine", "Yours", *before.split("\r\n")} - {""}


@pytest.mark.parametrize("model", sorted(NOT_CHANGED, key=str), ids=lambda model: model._meta.label)
def test_what_nobody_changes_has_no_form_to_lose_anything_in(people, model):
    assert people[0].post(address(record_of(model)), {}).status_code == 403


def test_a_form_that_cannot_say_what_it_showed_overwrites_nothing_unseen(people):
    theme = Theme.objects.first()
    form = fields_of(opened(people[0], theme))
    send(people[1], theme, opened(people[1], theme), name="Another name")
    answer = people[0].post(address(theme), form | {"_opened": signing.dumps({}, salt="other")})
    assert "Nothing was saved yet: Ann has changed “Name” too" in answer.content.decode()


# --- what stands inside another record's form ----------------------------------------------------------------------

INLINES = [
    (model, inline)
    for model, desk in sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)
    for inline in desk.inlines
    if model is not Tag
]


def prefix_of(form, inline):
    (formset,) = (one.formset for one in form.context["inline_admin_formsets"] if one.formset.model is inline.model)
    return formset.prefix


def owner_of(model, inline):
    """A record that has at least two of these rows, or one where there is never more."""
    owner = next(field.name for field in inline.model._meta.fields if field.related_model is model)
    rows = inline.model._default_manager
    return max(model._default_manager.order_by("pk"), key=lambda record: rows.filter(**{owner: record}).count())


@pytest.mark.parametrize("model, inline", INLINES, ids=lambda one: getattr(one, "__name__", ""))
def test_rows_are_merged_row_by_row_and_field_by_field(people, model, inline):
    owner = owner_of(model, inline)
    if inline.model is not Headline:
        Headline.objects.all().delete()  # each quotes another row, which is about to change
    forms = [opened(person, owner) for person in people]
    prefix = prefix_of(forms[0], inline)
    values = fields_of(forms[0])
    rows = int(values[f"{prefix}-INITIAL_FORMS"])
    form = next(o.formset for o in forms[0].context["inline_admin_formsets"] if o.formset.prefix == prefix).forms[0]
    names = [name for name, field in form.fields.items() if isinstance(field, TEXTS)]
    # A quotation must be in its text, and a place is nobody's words: only where there is nothing else.
    names = ([name for name in names if name not in ("quote", "position")] or names)[:2]
    changes = [{f"{prefix}-0-{names[0]}": text_value(names[0], form.fields[names[0]], 1)}]
    place = f"{prefix}-0-{names[1]}" if len(names) > 1 else f"{prefix}-{rows - 1}-{names[0]}"
    if place not in changes[0]:
        changes.append({place: text_value(place.rpartition("-")[2], form.fields[place.rpartition("-")[2]], 2)})
    for person, opened_form, change in zip(people, forms, changes, strict=False):
        answer = send(person, owner, opened_form, **change)
        assert answer.status_code == 302, answer.context["errors"]
    whole = dict(itertools.chain.from_iterable(change.items() for change in changes))
    assert shown(people[0], owner, whole) == whole


@pytest.fixture
def category(catalogue):
    return Category.objects.first()


def administrators(person, category):
    form = opened(person, category)
    return form, prefix_of(form, admin.site._registry[Category].inlines[0])


def test_a_row_added_by_each_is_kept_of_both(people, category):
    forms = [administrators(person, category) for person in people]
    for person, (form, prefix), name in zip(people, forms, ("Bo", "Cy"), strict=True):
        n = int(fields_of(form)[f"{prefix}-TOTAL_FORMS"])
        row = {f"{prefix}-{n}-name": name, f"{prefix}-{n}-email": f"{name}@liia.example"}
        assert send(person, category, form, **{f"{prefix}-TOTAL_FORMS": n + 1}, **row).status_code == 302
    assert {"Bo", "Cy"} <= set(category.administrators.values_list("name", flat=True))


def test_a_row_sent_twice_is_there_once(people, category):
    form, prefix = administrators(people[0], category)
    n = int(fields_of(form)[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{n}-name": "Bo", f"{prefix}-{n}-email": "bo@liia.example", f"{prefix}-TOTAL_FORMS": n + 1}
    assert [send(people[0], category, form, **row).status_code for _ in range(2)] == [302, 302]
    assert category.administrators.filter(name="Bo").count() == 1


def test_a_row_deleted_by_one_and_changed_by_the_other_is_said_both_ways(people, category):
    form, prefix = administrators(people[0], category)
    other, _ = administrators(people[1], category)
    pk = fields_of(form)[f"{prefix}-0-id"]
    assert send(people[0], category, form, **{f"{prefix}-0-DELETE": "on"}).status_code == 302
    told = send(people[1], category, other, **{f"{prefix}-0-role": "Chair"})
    assert "Nothing was saved yet" in told.content.decode()
    assert send(people[1], category, told).status_code == 302
    assert category.administrators.get(role="Chair").pk != pk
    form, _ = administrators(people[0], category)
    other, _ = administrators(people[1], category)
    assert send(people[0], category, form, **{f"{prefix}-0-role": "Head"}).status_code == 302
    told = send(people[1], category, other, **{f"{prefix}-0-DELETE": "on"})
    assert "Nothing was saved yet" in told.content.decode()
    assert category.administrators.filter(role="Head").exists()
    assert send(people[1], category, told).status_code == 302
    assert not category.administrators.filter(role="Head").exists()


# --- what is merged inside a field ---------------------------------------------------------------------------------


def test_long_texts_are_merged_paragraph_by_paragraph(people, category):
    Category.objects.update(introduction="<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>")
    forms = [opened(person, category) for person in people]
    texts = ("<p>One, mended.</p>\n<p>Two.</p>\n<p>Three.</p>", "<p>One.</p>\n<p>Two.</p>\n<p>Three, mended.</p>")
    for person, form, text in zip(people, forms, texts, strict=True):
        assert send(person, category, form, introduction=text).status_code == 302
    category.refresh_from_db()
    assert category.introduction == "<p>One, mended.</p>\n<p>Two.</p>\n<p>Three, mended.</p>"


def test_a_paragraph_changed_by_both_is_said_and_the_others_are_merged(people, category):
    Category.objects.update(introduction="<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>")
    forms = [opened(person, category) for person in people]
    texts = ("<p>One.</p>\n<p>Two, mine.</p>\n<p>Three, mended.</p>", "<p>One.</p>\n<p>Two, yours.</p>\n<p>Three.</p>")
    send(people[0], category, forms[0], introduction=texts[0])
    told = send(people[1], category, forms[1], introduction=texts[1])
    assert "Nothing was saved yet: Mei has changed “Introduction” too" in told.content.decode()
    assert send(people[1], category, told).status_code == 302
    category.refresh_from_db()
    assert category.introduction == "<p>One.</p>\n<p>Two, yours.</p>\n<p>Three, mended.</p>"


def test_lists_and_choices_are_merged_item_by_item(people):
    section = Section.objects.first()
    section.themes.set(Theme.objects.all()[:2])
    first, second, third, fourth = Theme.objects.values_list("pk", flat=True)[:4]
    forms = [opened(person, section) for person in people]
    assert send(people[0], section, forms[0], themes=[first, second, third]).status_code == 302
    assert send(people[1], section, forms[1], themes=[second, fourth]).status_code == 302
    assert set(section.themes.values_list("pk", flat=True)) == {second, third, fourth}


# --- what comes from outside the desk ------------------------------------------------------------------------------


@pytest.fixture
def contact(catalogue):
    return Contact.objects.filter(entry_lines__submission__status="published").exclude(email="").first()


def test_an_answer_by_mail_and_another_field_at_the_desk_are_both_kept(people, contact):
    form = opened(people[0], contact)
    answers.change_details(ask(contact), contact.name, "Head of Service", contact.email)
    assert send(people[0], contact, form, name="Another Name").status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.role) == ("Another Name", "Head of Service")
    assert contact.confirmed_on


def test_an_answer_by_mail_about_the_same_field_is_said(people, contact):
    form = opened(people[0], contact)
    answers.change_details(ask(contact), contact.name, "Head of Service", contact.email)
    told = send(people[0], contact, form, role="Director")
    assert "“Role” too" in told.content.decode()
    contact.refresh_from_db()
    assert contact.role == "Head of Service"


def test_an_address_changed_at_the_desk_is_not_confirmed_by_an_answer_to_the_one_before(people, contact):
    form = opened(people[0], contact)
    answers.confirm_contact(ask(contact))
    assert send(people[0], contact, form, email="other@example.org").status_code == 302
    contact.refresh_from_db()
    assert (contact.email, contact.confirmed_on) == ("other@example.org", None)


def test_an_address_that_the_person_confirmed_stays_confirmed_though_the_form_was_open(people, contact):
    form = opened(people[0], contact)
    answers.change_details(ask(contact), contact.name, contact.role, "new@example.org")
    answers.confirm_new_address(contact.new_addresses.first())
    assert send(people[0], contact, form, role="Director").status_code == 302
    contact.refresh_from_db()
    assert (contact.email, contact.role, bool(contact.confirmed_on)) == ("new@example.org", "Director", True)


# --- what is decided by buttons ------------------------------------------------------------------------------------


def test_a_figure_that_somebody_has_rejected_meanwhile_is_not_confirmed_unseen(people):
    figure = OutcomeMetric.objects.filter(status="confirmed").first()
    OutcomeMetric.objects.filter(pk=figure.pk).update(status="proposed")
    forms = [opened(person, figure) for person in people]
    assert send(people[0], figure, forms[0], _reject="1").status_code == 302
    told = send(people[1], figure, forms[1], _confirm="1")
    assert "Nothing was saved yet: Mei has changed “Status” too" in told.content.decode()
    figure.refresh_from_db()
    assert figure.status == "rejected"
