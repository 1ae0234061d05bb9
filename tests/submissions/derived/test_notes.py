"""Whatever an entry's page, card, facets or search document shows, a change of it notes the entry, and no other."""

import pytest
from django.apps import apps
from django.utils import timezone

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.models import SignOff
from submissions.models import (
    Category,
    EntryToRenew,
    GlossaryTerm,
    OutcomeMetric,
    Partner,
    Round,
    Submission,
    Theme,
    Voice,
)
from submissions.triggers import MENTIONS, NOT_ON_ENTRIES, PARTS, RECORDS
from survey.models import Headline, Question, Section, Statistic, Survey

# Each changes what the entry shows, in a way that leaves no trace but in the database.
CHANGES = {
    "its title": lambda entry: Submission.objects.filter(pk=entry.pk).update(title="x"),
    "its address": lambda entry: Submission.objects.filter(pk=entry.pk).update(slug="x"),
    "its day": lambda entry: Submission.objects.filter(pk=entry.pk).update(published_on="2026-02-02"),
    "its state": lambda entry: Submission.objects.filter(pk=entry.pk).update(status="withdrawn"),
    "its round": lambda entry: Submission.objects.filter(pk=entry.pk).update(round=Round.objects.create(year=2030)),
    "a figure": lambda entry: OutcomeMetric.objects.update(status="rejected"),
    "a sentence": lambda entry: OutcomeMetric.objects.update(quote="x"),
    "a voice": lambda entry: Voice.objects.update(withdrawn_at=timezone.now()),
    "a document": lambda entry: entry.supporting_items.update(url="https://example.org/"),
    "its category": lambda entry: entry.categories.clear(),
    "its contact": lambda entry: entry.contact_lines.update(position=2),
    "its sign-off": lambda entry: SignOff.objects.update(voided_at=timezone.now()),
    "a borough’s name": lambda entry: Borough.objects.filter(slug="merton").update(name="x"),
    "a borough’s address": lambda entry: Borough.objects.filter(slug="merton").update(slug="x"),
    "a borough’s official name": lambda entry: Borough.objects.filter(slug="merton").update(official_name="x"),
    "a category’s title": lambda entry: Category.objects.filter(submissions=entry).update(title="x"),
    "a theme’s place": lambda entry: Theme.objects.filter(slug="housing").update(order=99),
    "a theme’s address": lambda entry: Theme.objects.filter(slug="housing").update(slug="x"),
    "a partner’s address": lambda entry: Partner.objects.update(slug="x"),
    "a contact’s address": lambda entry: Contact.objects.update(email="x@merton.gov.uk"),
    "a silent contact": lambda entry: Contact.objects.update(silent_since="2026-01-01"),
    "a confirmed contact": lambda entry: Contact.objects.update(confirmed_on="2026-01-01"),
    "a delivery body’s name": lambda entry: DeliveryBody.objects.filter(slug="afc").update(name="x"),
    "a round’s name": lambda entry: Round.objects.filter(year=2024).update(name="x"),
    "a new term": lambda entry: GlossaryTerm.objects.create(term="XYZ", expansion="x"),
    "a term’s meaning": lambda entry: GlossaryTerm.objects.filter(term="ZYX").update(definition="x"),
    "a term’s spelling": lambda entry: GlossaryTerm.objects.filter(term="ZYX").update(term="ABC"),
    "a deleted term": lambda entry: GlossaryTerm.objects.filter(term="ZYX").delete(),
    "a line of the survey": lambda entry: Headline.objects.filter(themes__slug="housing").update(sentence="x"),
    "a line’s themes": lambda entry: Headline.objects.get().themes.clear(),
    "a section’s address": lambda entry: Section.objects.update(slug="x"),
    "the survey’s year": lambda entry: Survey.objects.update(year=2031),
    "a question’s address": lambda entry: Question.objects.update(slug="x"),
    "a contradicted figure": lambda entry: Statistic.objects.update(note="x"),
}


@pytest.fixture
def entry(make_entry):
    make_entry(boroughs=["camden"], category="Other")
    entry = make_entry(
        themes=["housing"],
        partners=["Barnardo’s"],
        figures=["confirmed"],
        voices=["It helped."],
        contact="a.person@merton.gov.uk",
        delivery_body=DeliveryBody.objects.get_or_create(slug="afc", defaults={"name": "AfC"})[0],
        signed_off=True,
        supporting="<p>XYZ and ZYX</p>",
    )
    entry.supporting_items.create(title="Leaflet")
    GlossaryTerm.objects.create(term="ZYX", expansion="A short form")
    survey = Survey.objects.create(year=2024, fewest_responses=1, most_responses=2)
    section = Section.objects.create(survey=survey, title="Housing", slug="housing")
    question = Question.objects.create(section=section, text="How?", slug="how")
    consideration = section.considerations.create(text="So")
    Statistic.objects.create(consideration=consideration, figure="1")
    line = section.headlines.create(sentence="1", quote="1", question=question, consideration=consideration)
    line.themes.add(Theme.objects.get(slug="housing"))
    EntryToRenew.objects.all().delete()
    return entry


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_notes_the_entries_that_show_it(entry, change):
    change(entry)
    assert entry.pk in noted()
    assert noted() <= {entry.pk} | ({entry.pk - 1} if change is CHANGES["a round’s name"] else set())


def test_what_no_entry_shows_notes_nothing(entry):
    Contact.objects.update(no_checks_since="2026-01-01")
    Borough.objects.update(email_domains=[])
    Theme.objects.update(description="x")
    Category.objects.update(introduction="x")
    GlossaryTerm.objects.create(term="QQQ", expansion="In no entry")
    assert noted() == set()


def noted():
    return set(EntryToRenew.objects.values_list("submission", flat=True))


def test_every_model_of_an_entry_is_a_part_a_record_or_left_out():
    """A relation to the entry that is new notes it, or is named here with those that readers see nothing of."""
    unseen = {"Doubt", "FormerSlug", "SearchRow", "Submission"}  # of ours; the desk's own are its story
    ours = [model for label in ("boroughs", "submissions") for model in apps.get_app_config(label).get_models(True)]
    linked = {m for m in ours for f in m._meta.concrete_fields if f.is_relation and f.related_model is Submission}
    assert {model.__name__ for model in linked - PARTS.keys()} <= unseen
    shown = {f.related_model for m in PARTS for f in m._meta.concrete_fields if f.is_relation}
    assert {m.__name__ for m in shown - {Submission} - RECORDS.keys()} <= {"User", "SignOff"}
    for model, names in NOT_ON_ENTRIES.items():
        assert model in {*PARTS, *RECORDS, *MENTIONS}
        assert names <= {field.name for field in model._meta.concrete_fields}
