"""A small catalogue that has something for every page, and the ways to change it: `WRITES`, {name: function}.

Each function takes the catalogue's `desk` and a number that says which record is meant. All may be repeated, in any
order; one that is not possible (any more) raises Refused or a database error, or does nothing.
"""

import json
from contextlib import suppress
from datetime import date
from io import StringIO
from tempfile import NamedTemporaryFile

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.answers import record_page_sign_off
from editorial.contacts.questions import merge
from editorial.importing.reading import page_in, run_import
from editorial.models import SignOff
from editorial.versions import begin_new_version
from editorial.workflow import transition
from submissions.models import (
    Administrator,
    BoroughMention,
    Category,
    FormerSlug,
    FormerThemeSlug,
    GlossaryTerm,
    OldAddress,
    OutcomeMetric,
    Partner,
    Round,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
    ThemedSubmission,
    Voice,
)
from survey.models import Consideration, Headline, Section, Statistic, Survey
from tests.admin.conftest import carry_out, fields_of
from tests.editorial.importing.test_import_repeats import page_of

NEW_WORD = "zeppelin"  # what most writes bring into the catalogue
WRITES = {}


def make_catalogue(make_entry):
    """Three published entries, a draft and a withdrawn one, tied to each other by all that ties entries."""
    GlossaryTerm.objects.create(term="CAMHS", expansion="Mental health services", definition="Help for the young.")
    GlossaryTerm.objects.create(term="care leaver", synonyms=["young adult"], also=["student"])
    one = make_entry(
        title="Rooms of their own",
        slug="rooms",
        boroughs=["merton", "brent"],
        themes=["housing", "health"],
        partners=["Barnardo’s", "Settle"],
        figures=["confirmed", "proposed"],
        voices=["“My own key.”"],
        contact="ann.bell@merton.gov.uk",
        team="Leaving Care",
        what_it_took="Two workers",
        signed_off=True,
    )
    Submission.objects.filter(pk=one.pk).update(body=one.body + "<h3>With CAMHS</h3><p>CAMHS came to the house.</p>")
    SupportingItem.objects.create(submission=one, title="The leaflet", url="https://example.org/leaflet")
    two = make_entry(
        title="A lodging for students",
        slug="lodging",
        boroughs=["richmond-upon-thames"],
        themes=["housing"],
        partners=["Settle"],
        category="Early help",
        figures=["confirmed"],
        contact="ann.bell@merton.gov.uk",
        published_on="2026-02-01",
    )
    two.delivery_body = DeliveryBody.objects.order_by("pk").first()
    two.save()
    make_entry(title="Money matters", slug="money", boroughs=["brent"], themes=["money"], voices=["“Mine.”"])
    make_entry(
        title="Not public yet", slug="draft", themes=["housing"], partners=["Unseen"], status="draft", published_on=None
    )
    make_entry(title="Thrown away", slug="discarded", status="discarded", published_on=None)
    gone = {"status": "withdrawn", "signed_off": True}
    make_entry(title="No longer", slug="withdrawn", themes=["health"], figures=["confirmed"], **gone)
    care = Category.objects.get(slug="care-leavers")
    Administrator.objects.create(category=care, name="Mei Ho", email="mei.ho@example.org")
    BoroughMention.objects.create(category=care, borough=_at(Borough, 4), printed="Bromley", sentence="Bromley too.")
    OldAddress.objects.create(path="/old-page", target="/themes/housing/")
    survey = Survey.objects.create(
        year=2024,
        name="The 2024 Survey",
        title="Survey",
        responses_printed="22",
        fewest_responses=21,
        most_responses=22,
    )
    section = Section.objects.create(survey=survey, title="Homes", heading="HOMES", slug="homes")
    section.themes.add(Theme.objects.get(slug="housing"))
    found = Consideration.objects.create(section=section, text="71% have homes.")
    Statistic.objects.create(consideration=found, figure="71%", percent=71)
    line = Headline.objects.create(
        section=section, sentence="71% have homes", quote="71% have homes.", consideration=found
    )
    line.themes.add(Theme.objects.get(slug="housing"))


def desk_client():
    """Somebody who may do everything, signed in."""
    desk = Client()
    desk.force_login(User.objects.create_superuser("chief", "chief@liia.example", "a long password of theirs"))
    return desk


def write(function):
    WRITES[function.__name__] = function
    return function


def _at(records, n):
    """The nth record, counted round; None of no record."""
    records = getattr(records, "objects", records)
    records = getattr(records, "all", lambda: records)().order_by("pk")
    number = records.count()
    return records[n % number] if number else None


def _published(n):
    return _at(Submission.objects.published(), n)


def _pk_of(record):
    return getattr(record, "pk", 0)


# --- the desk: forms, steps, acts on many --------------------------------------------------------------------------


def _send(desk, record, **changes):
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    desk.post(address, fields_of(desk.get(address)) | {"_continue": "1"} | changes)


@write
def form_of_an_entry(desk, n):
    _send(desk, _at(Submission, n), title=f"Zeppelin rides {n}", slug=f"zeppelin-{n}")


@write
def form_of_an_entry_themes(desk, n):
    _send(desk, _at(Submission, n), themes=[_at(Theme, n).pk, _at(Theme, n + 1).pk])


@write
def form_of_a_theme(desk, n):
    _send(desk, Theme.objects.get(pk=_at(ThemedSubmission, n).tag_id), name=f"Zeppelins {n}", slug=f"zeppelins-{n}")


@write
def form_of_a_contact(desk, n):
    _send(desk, _at(Contact, n), name="Ada Zeppelin", role="Pilot")


@write
def form_of_a_term(desk, n):
    _send(desk, _at(GlossaryTerm, n), expansion="A zeppelin", definition="It flies.")


def _steps(action):
    def take(desk, n):
        transition(_at(Submission, n), action)

    take.__name__ = f"step_{action.replace('-', '_')}"
    return write(take)


for action in ("withdraw", "publish", "discard", "bring-back", "reopen"):
    _steps(action)


@write
def a_new_version_put_in_place(desk, n):
    draft = begin_new_version(_published(n))
    draft.title, draft.team = f"Zeppelin version {n}", "Pilots"
    draft.save()
    draft.voices.all().delete()
    record_page_sign_off(draft, "Approved.")
    Submission.objects.filter(pk=draft.pk).update(status="signed-off")
    transition(draft, "publish")


def _acts(model, action):
    def carry(desk, n):
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        carry_out(desk, address, action, *{_pk_of(_at(model, n)), _pk_of(_at(model, n + 1))})

    carry.__name__ = f"act_{model._meta.model_name}_{action}"
    return write(carry)


for model, action in (
    (Submission, "withdraw_selected"),
    (Submission, "publish_selected"),
    (Submission, "begin_new_versions"),
    (OutcomeMetric, "confirm_selected"),
    (OutcomeMetric, "reject_selected"),
    (OutcomeMetric, "propose_selected"),
    (Voice, "withdraw"),
    (Voice, "restore"),
):
    _acts(model, action)


# --- commands ------------------------------------------------------------------------------------------------------


@write
def import_of_a_page(desk, n):
    """Two drafts, new partners and contacts; one of the drafts is published."""
    run_import(page_in(page_of("Zeppelin Trust", "Mind")), seal=None)
    Submission.objects.filter(pk=Submission.objects.latest("pk").pk).update(
        status="published", published_on="2026-03-01"
    )


@write
def load_of_a_catalogue(desk, n):
    record = {
        "title": f"Zeppelins {Submission.objects.count()}",
        "summary": "A zeppelin over Merton.",
        "body": "Young people flew.",
        "category": "Air",
        "boroughs": ["Merton"],
        "themes": ["Housing", "Zeppelins"],
        "partners": ["Settle", "Zeppelin Trust"],
        "contacts": [{"name": "Ada", "email": "ada@merton.gov.uk"}],
        "outcomes": [{"label": "flights", "value": 7, "unit": "flights"}],
        "published": "2026-04-01",
    }
    with NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(json.dumps(record))
        file.flush()
        call_command("load_catalogue", file.name, stdout=StringIO())


@write
def a_rebuild(desk, n):
    call_command("rebuild_search", verbosity=0)


# --- the ORM, one record or many at once ---------------------------------------------------------------------------


@write
def update_of_every_entry(desk, n):
    Submission.objects.update(team="Zeppelins")


@write
def update_of_a_status(desk, n):
    entry = _at(Submission.objects.filter(replaces__isnull=True), n)
    status = "withdrawn" if entry.is_published else "published"
    Submission.objects.filter(pk=entry.pk).update(status=status, published_on=date(2026, 1, 1 + n % 9))


@write
def save_of_an_entry(desk, n):
    entry = _at(Submission, n)
    entry.summary, entry.what_it_took = "<p>A zeppelin.</p>", "Gas"
    entry.slug = f"renamed-{n}"
    entry.save()


@write
def delete_of_an_entry(desk, n):
    _at(Submission.objects.filter(next_version__isnull=True), n).delete()


@write
def another_day_and_round(desk, n):
    new, _ = Round.objects.get_or_create(year=2020 + n % 4, defaults={"name": f"Round {n % 4}"})
    Submission.objects.filter(pk=_published(n).pk).update(round=new, published_on=date(2026, 5, 1 + n % 9))


@write
def names(desk, n):
    """Of everything an entry shows by name, at once."""
    for model in (Theme, Partner, Category, Contact, DeliveryBody, Round):
        model.objects.filter(pk=_at(model, n).pk).update(name=f"Zeppelin {n}")
    Borough.objects.filter(pk=_pk_of(_published(n).boroughs.first())).update(name=f"Zepp {n}", aliases=["Airport"])
    Category.objects.filter(pk=_at(Category, n).pk).update(title=f"On zeppelins {n}")


@write
def name_of_a_theme(desk, n):
    Theme.objects.filter(pk=_at(ThemedSubmission, n).tag_id).update(name=f"Zeppelin {n}", order=99 - n)


@write
def name_of_a_borough(desk, n):
    borough = _published(n).boroughs.first()
    borough.name, borough.slug = f"Zepp {n}", f"zepp-{n}"
    borough.save()


@write
def name_of_a_partner(desk, n):
    partner = _at(Partner, n)
    partner.name, partner.slug = f"Zeppelin Trust {n}", f"zeppelin-trust-{n}"
    partner.save()


@write
def name_of_a_category(desk, n):
    category = _at(Category, n)
    category.name, category.title, category.slug = f"Air {n}", f"On air {n}", f"air-{n}"
    category.save()


@write
def name_of_a_delivery_body(desk, n):
    DeliveryBody.objects.filter(submissions__isnull=False).update(name=f"Zeppelin Body {n}")


@write
def name_of_a_round(desk, n):
    Round.objects.filter(pk=_at(Round, n).pk).update(name=f"Zeppelin round {n}")


@write
def name_of_a_contact(desk, n):
    Contact.objects.filter(pk=_at(Contact, n).pk).update(name="Ada Zeppelin", role="", email=f"ada{n}@brent.gov.uk")


@write
def a_contact_silent(desk, n):
    Contact.objects.update(silent_since="2026-01-01" if n % 2 else None, confirmed_on="2026-02-02")


@write
def two_contacts_made_one(desk, n):
    other = Contact.objects.create(name="Other Zeppelin", email="")
    SubmissionContact.objects.create(submission=_published(n), contact=other)
    merge(other, [_at(Contact, n)]) if n % 2 else merge(_at(Contact, n), [other])


@write
def a_body_of_a_borough(desk, n):
    Borough.objects.filter(submissions=_published(n)).update(delivery_body=DeliveryBody.objects.first())


@write
def a_new_term(desk, n):
    GlossaryTerm.objects.create(term="PA" if n % 2 else "KEY", expansion="Personal adviser", definition="Who helps.")
    Submission.objects.filter(pk=_published(n).pk).update(body="<p>The PA has the KEY of the house. CAMHS has not.</p>")


@write
def a_term_removed(desk, n):
    _at(GlossaryTerm, n).delete()


@write
def synonyms_of_a_term(desk, n):
    GlossaryTerm.objects.filter(pk=_at(GlossaryTerm, n).pk).update(synonyms=["zeppelin"], also=["money"], shown=n % 2)


@write
def earlier_slugs(desk, n):
    FormerSlug.objects.get_or_create(slug="zeppelin-once", defaults={"submission": _published(n)})
    FormerThemeSlug.objects.get_or_create(slug="zeppelin", defaults={"theme": _at(Theme, n)})
    FormerThemeSlug.objects.filter(slug="zeppelin").update(theme=_at(Theme, n + 1))


@write
def a_figure(desk, n):
    _at(OutcomeMetric, n).delete()
    other = _at(OutcomeMetric, n)
    if other:
        OutcomeMetric.objects.filter(pk=other.pk).update(submission=_published(n), status="confirmed", label="zeppelin")


@write
def a_voice(desk, n):
    voice = _at(Voice, n)
    voice.restore() if voice.withdrawn_at else voice.withdraw()


@write
def a_voice_moved(desk, n):
    Voice.objects.filter(pk=_at(Voice, n).pk).update(submission=_published(n), speaker="Zeppelin pilot")


@write
def links_removed(desk, n):
    """One line of each table that ties an entry to something."""
    for rows in (Submission.boroughs.through, Submission.partners.through, Submission.categories.through):
        rows.objects.filter(pk=_pk_of(_at(rows, n))).delete()
    for rows in (ThemedSubmission, SubmissionContact, SupportingItem, Headline.themes.through):
        rows.objects.filter(pk=_pk_of(_at(rows, n))).delete()


@write
def links_made(desk, n):
    entry = _published(n)
    entry.boroughs.add(_at(Borough, n))
    entry.partners.add(_at(Partner, n))
    entry.categories.add(_at(Category, n))
    entry.themes.add(_at(Theme, n))
    SubmissionContact.objects.get_or_create(submission=entry, contact=_at(Contact, n))
    SupportingItem.objects.create(submission=entry, title="Zeppelin leaflet")


@write
def links_moved(desk, n):
    """To another entry, and to another place."""
    for rows in (SubmissionContact, SupportingItem, Submission.partners.through):
        with suppress(DatabaseError), transaction.atomic():  # it may be there already
            rows.objects.filter(pk=_pk_of(_at(rows, n))).update(submission=_published(n + 1))
    SubmissionContact.objects.update(position=9 - n % 3)
    ThemedSubmission.objects.filter(pk=_pk_of(_at(ThemedSubmission, n))).update(content_object=_published(n + 1))


@write
def a_sign_off(desk, n):
    if n % 2:
        SignOff.objects.update(voided_at=timezone.now(), revoked_at=timezone.now())
    else:
        SignOff.objects.filter(submission=_published(n)).delete()
        record_page_sign_off(_published(n), "Approved.")


@write
def the_survey(desk, n):
    Headline.objects.update(sentence=f"{n} zeppelins have homes")
    Statistic.objects.update(note="Contradicted on page 3." if n % 2 else "")
    Section.objects.update(slug=f"homes-{n}")
    Survey.objects.update(most_responses=22 + n)


@write
def a_line_of_the_survey(desk, n):
    Headline.objects.first().themes.set([_at(Theme, n)])


@write
def a_categorys_people(desk, n):
    Administrator.objects.update(name=f"Zeppelin {n}")
    BoroughMention.objects.update(borough=_at(Borough, n))


@write
def an_old_address(desk, n):
    OldAddress.objects.update(target="/themes/health/" if n % 2 else "/themes/money/")


# --- plain SQL -----------------------------------------------------------------------------------------------------


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@write
def sql_on_an_entry(desk, n):
    _sql(
        "UPDATE submissions_submission SET title = %s, body = %s WHERE id = %s",
        "By hand",
        "Zeppelin",
        _at(Submission, n).pk,
    )


@write
def sql_on_names(desk, n):
    _sql("UPDATE submissions_partner SET name = %s WHERE id = %s", f"Zeppelin {n}", _at(Partner, n).pk)
    _sql("UPDATE boroughs_contact SET email = '', name = 'Ada Zeppelin' WHERE id = %s", _at(Contact, n).pk)
    _sql("UPDATE submissions_theme SET slug = %s WHERE id = %s", f"by-hand-{n}", _at(ThemedSubmission, n).tag_id)


@write
def sql_without_links(desk, n):
    _sql("DELETE FROM submissions_themedsubmission WHERE content_object_id = %s", _published(n).pk)
    _sql("DELETE FROM submissions_voice WHERE submission_id = %s", _published(n + 1).pk)


# --- what never was ------------------------------------------------------------------------------------------------


class _Never(Exception):
    pass


@write
def a_change_read_and_rolled_back(desk, n):
    """Whoever looks inside the transaction sees the change; afterwards it never was."""
    try:
        with transaction.atomic():
            Submission.objects.filter(pk=_published(n).pk).update(title="Never a zeppelin", status="withdrawn")
            for address in ("/submissions/?q=zeppelin", f"/submissions/{_at(Submission, n).slug}/"):
                Client().get(address)
            raise _Never
    except _Never:
        pass
