"""Whatever writes and however, the next search finds the new words and not the old."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.derived import rebuild, renew
from submissions.models import (
    CatalogueVersion,
    EntryToRenew,
    GlossaryTerm,
    OutcomeMetric,
    Partner,
    SearchRow,
    SearchStem,
    SearchWord,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
)
from submissions.search import matching_ids, understand
from submissions.search.engines import engine_of
from submissions.search.knowledge import Knowledge, knowledge
from submissions.search.stems import stem


def ids(text):
    return matching_ids(understand(text, exact=True))


@pytest.fixture
def entry(catalogue):
    return Submission.objects.get(title="Our Leisure")


def test_a_saved_text_is_found_at_once_and_the_old_one_no_more(entry):
    entry.title = "Zeppelin rides"
    entry.save()
    assert ids("zeppelin") == [entry.pk]
    entry.title = "Our Leisure"
    entry.save()
    assert ids("zeppelin") == []


@pytest.mark.parametrize(
    "make",
    [
        lambda entry: entry.partners.add(Partner.objects.create(name="Zeppelin Trust", slug="zeppelin")),
        lambda entry: entry.themes.add(Theme.objects.create(name="Zeppelin", slug="zeppelin", description="x")),
        lambda entry: entry.boroughs.add(new_borough()),
        lambda entry: SupportingItem.objects.create(submission=entry, title="Zeppelin leaflet"),
        lambda entry: SubmissionContact.objects.create(
            submission=entry, contact=Contact.objects.create(name="Ada Zeppelin")
        ),
        lambda entry: OutcomeMetric.objects.create(
            submission=entry,
            figure="7",
            label="zeppelins",
            quote="7",
            value=7,
            unit="x",
            kind="outcome",
            status="confirmed",
        ),
    ],
    ids=["partner", "theme", "borough", "item", "contact", "figure"],
)
def test_a_new_part_is_found(entry, make):
    made = make(entry)
    assert ids("zeppelin") == [entry.pk]
    if made is not None:
        made.delete()
        assert ids("zeppelin") == []


def new_borough():
    return Borough.objects.create(
        name="Zeppelin", official_name="Zeppelin", slug="zeppelin", ons_code="E0", dfe_code="1", ring="Outer",
        sub_region="x", website="x", tile_row=99, tile_column=99, tile_label="ZEP",
    )  # fmt: skip


def test_removed_links_are_forgotten(entry):
    partner = Partner.objects.create(name="Zeppelin Trust", slug="zeppelin")
    entry.partners.add(partner)
    entry.partners.clear()
    assert ids("zeppelin") == []
    partner.submissions.add(entry)
    assert ids("zeppelin") == [entry.pk]
    partner.submissions.clear()
    assert ids("zeppelin") == []
    partner.submissions.set([entry])
    partner.submissions.clear()
    partner.delete()
    assert ids("zeppelin") == []
    entry.themes.set([Theme.objects.create(name="Zeppelin", slug="zeppelin", description="x")])
    entry.themes.clear()
    assert ids("zeppelin") == []


def test_a_changed_name_is_found_on_every_entry(catalogue):
    contact = Contact.objects.get(name="Rosemary Frimpong")
    contact.name = "Rosemary Zeppelin"
    contact.save()
    assert len(ids("zeppelin")) == contact.submissions.count() == 3
    assert ids("frimpong") == []
    borough = Borough.objects.get(slug="merton")
    borough.aliases = [*borough.aliases, "Wombletown"]
    borough.save()
    assert len(ids("wombletown")) == borough.submissions.count() == 5


@pytest.mark.parametrize(
    ("model", "find"),
    [
        (Partner, {"name": "GLL Better Leisure"}),
        (Contact, {"name": "Janna Scott"}),
        (Borough, {"slug": "merton"}),
        (Theme, {"slug": "leisure"}),
        (DeliveryBody, {"name": "Achieving for Children"}),
        (OutcomeMetric, {"submission__title": "Our Leisure"}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_name_changed_by_a_bulk_update_is_found_on_every_entry(model, find, catalogue):
    named = model.objects.filter(**find)
    entries = set(ids_of(named.get() if model is not OutcomeMetric else named.first()))
    assert entries
    assert ids("zeppelin") == []
    if model is OutcomeMetric:
        model.objects.filter(pk=named.first().pk).update(label="Zeppelin", status="confirmed")
    else:
        named.update(name="Zeppelin")
    assert set(ids("zeppelin")) == entries


def ids_of(record):
    """The entries that show the record's name."""
    if isinstance(record, OutcomeMetric):
        return [record.submission_id]
    if isinstance(record, Theme):
        return Submission.objects.filter(themes=record).values_list("pk", flat=True)
    if isinstance(record, DeliveryBody):
        return Submission.objects.filter(boroughs__delivery_body=record).values_list("pk", flat=True)
    return record.submissions.values_list("pk", flat=True)


def test_a_name_changed_by_plain_sql_is_found_and_the_old_one_no_more(entry):
    before = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE boroughs_contact SET name = 'Ada Zeppelin' WHERE name = 'Janna Scott'")
        cursor.execute("UPDATE submissions_submission SET team = 'Balloonists' WHERE id = %s", [entry.pk])
    assert ids("zeppelin balloonists") == [entry.pk]
    assert ids("Janna") == []
    after = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
    assert (before["janna"], after.get("janna"), after["zeppelin"]) == (1, None, 1)


def test_a_record_moved_to_another_entry_is_found_there_and_no_more_here(entry):
    other = Submission.objects.exclude(pk=entry.pk).first()
    item = SupportingItem.objects.create(submission=entry, title="Zeppelin leaflet")
    assert ids("zeppelin") == [entry.pk]
    SupportingItem.objects.filter(pk=item.pk).update(submission=other)
    assert ids("zeppelin") == [other.pk]


def test_a_change_of_nothing_that_entries_show_notes_nothing(entry):
    ids("care")  # what loading noted is renewed
    Submission.objects.filter(pk=0).update(title="Zeppelin")
    Submission.objects.filter(pk=entry.pk).update(title=entry.title)
    OutcomeMetric.objects.filter(pk=0).delete()
    Contact.objects.update(no_checks_since="2026-01-01")
    Borough.objects.update(email_domains=[])
    for record in (entry.partners.first(), entry.contacts.first(), entry.boroughs.first()):
        record.save()
    assert not EntryToRenew.objects.exists()


def test_a_change_of_no_row_leaves_the_catalogue_as_it_is(entry):
    before = CatalogueVersion.objects.get().stamp
    Submission.objects.filter(pk=0).update(title="Zeppelin")
    Contact.objects.filter(pk=0).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO boroughs_deliverybody (name, aliases) SELECT name, aliases FROM boroughs_deliverybody "
            "WHERE name = 'Nobody'"
        )
    assert CatalogueVersion.objects.get().stamp == before
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin")
    assert CatalogueVersion.objects.get().stamp != before


def test_a_request_that_writes_leaves_nothing_to_the_next_search(entry, admin_client):
    """And one that does not write asks nothing about it."""
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides")
    admin_client.get("/admin/")
    assert EntryToRenew.objects.exists()
    admin_client.post("/admin/logout/")
    assert not EntryToRenew.objects.exists()
    assert SearchStem.objects.filter(stem="zeppelin").exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_search_that_cannot_renew_answers_and_leaves_it_to_the_next(entry):
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert ids("zeppelin") == []
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert ids("zeppelin") == [entry.pk]


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_page_drawn_while_the_index_could_not_be_renewed_is_drawn_again_afterwards(entry, client):
    Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            before = client.get("/submissions/?q=zeppelin")
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert entry.slug not in before.content.decode()
    renew()
    after = client.get("/submissions/?q=zeppelin", headers={"if-none-match": before.get("ETag", "")})
    assert entry.slug in after.content.decode()


def test_a_search_of_a_catalogue_that_did_not_change_asks_nothing_about_notes(entry, django_assert_num_queries):
    """Not at all while the catalogue is as it was: the version and the entries are what it asks for."""
    ids("care")
    with django_assert_num_queries(2):
        ids("care")


def test_only_confirmed_figures_are_found(entry):
    figure = OutcomeMetric.objects.create(
        submission=entry, figure="7", label="zeppelins", quote="7", value=7, unit="x", kind="outcome"
    )
    assert ids("zeppelin") == []
    figure.status = "confirmed"
    figure.save()
    assert ids("zeppelin") == [entry.pk]


def test_a_deleted_entry_leaves_nothing(entry):
    pk = entry.pk
    before = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
    assert ids("GLL") == [pk]
    entry.delete()
    assert ids("GLL") == []
    assert not SearchRow.objects.filter(pk=pk).exists()
    after = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
    assert "gll" not in after
    assert after["care"] == before["care"] - 1


def test_counts_are_those_of_a_new_index(catalogue):
    for entry in Submission.objects.all()[:3]:
        entry.title += " zeppelin"
        entry.save()
    renew()
    kept = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
    rebuild()
    assert dict(SearchStem.objects.values_list("stem", "entries")) == kept


def test_a_spelling_that_no_entry_has_any_more_is_forgotten_though_its_stem_is_not(entry):
    """Else it would be offered to readers who mistype, from a text that they may not see."""
    other = Submission.objects.exclude(pk=entry.pk).first()
    Submission.objects.filter(pk=entry.pk).update(team="Zeppelins")
    Submission.objects.filter(pk=other.pk).update(team="A zeppelin")
    assert set(ids("zeppelin")) == {entry.pk, other.pk}
    Submission.objects.filter(pk=entry.pk).update(status="withdrawn")
    assert ids("zeppelin") == [other.pk]
    assert list(SearchWord.objects.filter(stem="zeppelin").values_list("word", "entries")) == [("zeppelin", 1)]


def test_bulk_words_of_the_queryset_keep_the_index(entry):
    entries = Submission.objects
    entries.filter(pk=entry.pk).update(summary="<p>Zeppelin</p>")
    assert ids("zeppelin") == [entry.pk]
    entry.summary = "Airship"
    entries.bulk_update([entry], ["summary"])
    assert (ids("zeppelin"), ids("airship")) == ([], [entry.pk])
    shown = {"status": "published", "published_on": "2026-01-01", "round": entry.round}
    [made] = entries.bulk_create([Submission(title="Blimp", slug="blimp", **shown)])
    assert ids("blimp") == [made.pk]
    entries.filter(pk=made.pk).update(status="withdrawn")
    assert ids("blimp") == []


def test_a_change_that_is_rolled_back_is_not_found(entry):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        entry.title = "Zeppelin"
        entry.save()
        raise ZeroDivisionError
    assert ids("zeppelin") == []


def test_an_entry_saved_and_deleted_at_once_stays_away(entry):
    entry.save()
    entry.delete()
    assert ids("GLL") == []


def test_all_entries_are_renewed_with_few_questions(catalogue, django_assert_max_num_queries):
    Submission.objects.update(team="Zeppelins")
    with django_assert_max_num_queries(40):
        renew(0)
    assert len(ids("zeppelins")) == catalogue.count()


def test_rebuild_says_how_far_it_is(catalogue, capsys):
    call_command("rebuild_search")
    said = capsys.readouterr().out
    assert "14 of 14 entries" in said
    assert "Wrote 14 entries" in said


def test_a_damaged_index_is_mended_by_rebuilding(catalogue):
    SearchRow.objects.all().delete()
    assert ids("GLL") == []
    call_command("rebuild_search", verbosity=0)
    assert len(ids("GLL")) == 1


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_engines_own_check_finds_no_fault(catalogue):
    Submission.objects.first().delete()
    Submission.objects.first().save()
    index = engine_of(connection).INDEX
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_what_search_knows_is_what_is_read_from_nothing(entry):
    """After each change: what is held in memory, and what was asked before the change and is asked again."""
    changes = [
        lambda: Submission.objects.filter(pk=entry.pk).update(title="Zeppelin rides", team="Airships"),
        lambda: GlossaryTerm.objects.create(term="zeppelin", expansion="rigid airship", synonyms=["dirigible"]),
        lambda: GlossaryTerm.objects.filter(term="zeppelin").update(synonyms=["aerostat"]),
        lambda: Borough.objects.filter(slug="barnet").update(name="Barnett"),
        lambda: Theme.objects.filter(pk=Theme.objects.first().pk).update(name="Rain, snow"),
        lambda: Submission.objects.filter(pk=entry.pk).update(status=Submission.Status.WITHDRAWN),
    ]
    for change in changes:
        before = knowledge()
        before.look_up(["zeppelin", "airships", "leisure"])
        change()
        known, new = knowledge(), Knowledge().with_words()
        assert known is not before
        for name in ("terms", "meanings", "names", "longest", "shown_terms", "borough_labels", "theme_labels", "total"):
            assert getattr(known, name) == getattr(new, name), name
        counted = dict(SearchStem.objects.values_list("stem", "entries"))
        assert {part: known.entries[part] for part in (*counted, stem("airships"))} == {stem("airships"): 0} | counted
