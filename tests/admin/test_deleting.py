"""What is used is not deleted, whatever it is: asked of the last page of the desk for every model it has."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.html import strip_tags

from boroughs.models import Borough, DeliveryBody
from editorial.models import Event
from spotlight.desk.deleting import uses_of
from submissions.models import Category, Doubt, OldAddress, Partner, Round, Submission, Theme
from survey.models import Consideration, Option, Question, Section, Survey
from tests.admin.conftest import fields_of

# Tables that tell of what was done, and rows that are made from others.
TELLING = ("django_", "shared_cache", "sqlite_", "editorial_historical", "submissions_search", "submissions_catalogue")


@pytest.fixture
def chief(client, db):
    """Somebody who may do everything."""
    client.force_login(User.objects.create_superuser("chief", "chief@liia.example", "a long password of theirs"))
    return client


@pytest.fixture
def full(seed_catalogue):
    OldAddress.objects.create(path="/old/housing", target="/themes/housing/")


def page(record, name):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}", args=[record.pk])


def words(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def counts():
    names = [name for name in connection.introspection.table_names() if not name.startswith(TELLING)]
    with connection.cursor() as cursor:
        return {name: _count(cursor, name) for name in names}


def _count(cursor, table):
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return cursor.fetchone()[0]


def what_may_go(record):
    """The record's own table, its own links to others, and what its admin names as no use of it."""
    desk = admin.site._registry[type(record)]
    own = {record._meta.db_table} | {field.m2m_db_table() for field in record._meta.many_to_many}
    return own | {record._meta.get_field(name).related_model._meta.db_table for name in desk.not_uses}


def test_no_delete_takes_more_than_the_record_itself(chief, full):
    """Of every model, every record: what goes is the record and nothing that somebody wrote elsewhere."""
    refused, gone = set(), set()
    for model, desk in admin.site._registry.items():
        if model is User or not hasattr(desk, "not_uses"):
            continue
        for record in model.objects.all()[:20]:
            before = counts()
            with transaction.atomic():
                chief.post(page(record, "delete"), {"post": "yes"})
                after = counts()
                fewer = {name for name in before if after[name] < before[name]}
                transaction.set_rollback(True)
            assert fewer <= what_may_go(record), (record, fewer)
            (gone if fewer else refused).add(model)
    assert refused >= {Category, Theme, Partner, Round, Survey, Section, Question, DeliveryBody, Borough}


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_uses_it_is_named_with_links_and_a_way_to_move_them(chief, full, method):
    theme = Theme.objects.get(slug="housing")
    entries = Submission.objects.filter(themes=theme)
    answer = getattr(chief, method)(page(theme, "delete"), {"post": "yes"}, follow=True)
    said = words(answer)
    assert f"“{theme}” was not deleted: it is used by {entries.count()} entries (“" in said
    assert "Move them to another theme first." in said
    text = answer.content.decode()
    assert page(theme, "move") in text
    assert all(page(entry, "change") in text for entry in entries)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_an_old_address_that_leads_there_is_a_use_too(chief, make_entry):
    theme = Theme.objects.create(name="Alone", slug="alone", description="Nothing is about it.")
    old = OldAddress.objects.create(path="/alone", target="/themes/alone/")
    assert "Old address (“/alone" in words(chief.post(page(theme, "delete"), {"post": "yes"}, follow=True))
    old.delete()
    asked = words(chief.get(page(theme, "delete")))
    assert "Nothing else on the site uses this theme. Delete “Alone”?" in asked
    assert "relationship" not in asked
    chief.post(page(theme, "delete"), {"post": "yes"})
    assert not Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("model", [Category, Theme, Partner, Borough, Survey, Section, Question, Round])
def test_no_code_deletes_what_is_used(full, model):
    used = [record for record in model.objects.all() if uses_of(record, admin.site)]
    for record in (used[0], used[-1]):
        with pytest.raises(ProtectedError), transaction.atomic():
            record.delete()
        with pytest.raises(ProtectedError), transaction.atomic():
            model.objects.filter(pk=record.pk).delete()


def test_a_part_that_something_holds_on_to_does_not_go_with_its_box(chief, full):
    finding = Consideration.objects.filter(statistic__isnull=False).first()
    address = page(finding.section, "change")
    fields = fields_of(chief.get(address))
    keys = {name: value for name, value in fields.items() if name.startswith("considerations-")}
    prefix = next(n.removesuffix("-id") for n, value in keys.items() if n.endswith("-id") and value == finding.pk)
    answer = chief.post(address, fields | {f"{prefix}-DELETE": "on"})
    assert "was not deleted: it is used by" in words(answer)
    assert "protected related" not in words(answer)
    assert Consideration.objects.filter(pk=finding.pk, statistic__isnull=False).exists()


# --- moving ----------------------------------------------------------------------------------------------------------


def move(client, record, target):
    preview = client.get(page(record, "move"), {"to": target.pk})
    assert preview.status_code == 200
    return preview, client.post(page(record, "move"), {"to": target.pk}, follow=True)


def test_a_theme_is_moved_and_then_deleted(chief, client, full):
    theme, target = Theme.objects.get(slug="housing"), Theme.objects.exclude(slug="housing").first()
    OldAddress.objects.all().delete()
    entries = set(Submission.objects.filter(themes=theme))
    sections, lines = set(theme.survey_sections.all()), set(theme.survey_headlines.all())
    versions = {entry.pk: entry.versions.count() for entry in entries}
    preview, answer = move(chief, theme, target)
    assert all(str(entry) in words(preview) for entry in entries)
    assert "is deleted." in words(answer)
    assert not Theme.objects.filter(pk=theme.pk).exists()
    for entry in entries:
        assert target in entry.themes.all()
        assert entry.versions.count() > versions[entry.pk]
        assert Event.objects.filter(submission=entry, what__contains="in place of").count() == 1
        assert entry.themed.filter(tag=target).count() == 1
    assert sections <= set(target.survey_sections.all())
    assert lines <= set(target.survey_headlines.all())
    assert chief.get("/themes/housing/").headers["Location"].endswith(target.get_absolute_url())


def test_looking_at_a_move_changes_nothing(chief, full):
    theme, target = Theme.objects.all()[:2]
    before = counts()
    chief.get(page(theme, "move"))
    chief.get(page(theme, "move"), {"to": target.pk})
    chief.post(page(theme, "move"), {"to": theme.pk})
    chief.post(page(theme, "move"), {"to": "nothing"})
    chief.post(page(theme, "move"), {})
    assert counts() == before


def test_a_category_is_moved_and_stays_while_its_own_page_names_authorities(chief, full):
    category = Category.objects.get()
    target = Category.objects.create(number=99, title="Another", name="Another", slug="another")
    _, answer = move(chief, category, target)
    assert target.submissions.count() == 14
    assert not category.submissions.exists()
    assert Doubt.objects.filter(category=target).count() == Doubt.objects.count()
    assert "was not deleted: it is used by" in words(answer)
    assert category.mentions.exists()


def test_a_partner_whom_readers_see_is_not_changed_under_the_authority(chief, make_entry):
    entry = make_entry(signed_off=True)
    partner = Partner.objects.create(name="Barnados", slug="barnados")
    target = Partner.objects.create(name="Barnardo’s", slug="barnardos")
    entry.partners.add(partner)
    _, answer = move(chief, partner, target)
    assert "Nothing was moved" in words(answer)
    assert list(entry.partners.all()) == [partner]
    Submission.objects.filter(pk=entry.pk).update(status="draft")
    move(chief, partner, target)
    assert list(entry.partners.all()) == [target]
    assert not Partner.objects.filter(pk=partner.pk).exists()


def test_an_answer_goes_by_its_own_box_for_nothing_holds_on_to_it(chief, full):
    option = Option.objects.first()
    address = page(option.question, "change")
    fields = fields_of(chief.get(address))
    prefix = next(n.removesuffix("-id") for n, v in fields.items() if n.endswith("-id") and v == option.pk)
    chief.post(address, fields | {f"{prefix}-DELETE": "on"})
    assert not Option.objects.filter(pk=option.pk).exists()
