"""The desk's lists: what they find, and that thirty records cost the database no more than three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boroughs.models import Borough, Contact
from submissions.models import Category, Doubt, Partner, Submission

# What each list asks the database; seven of these are the session, the person and their rights.
QUERIES = {
    "submissions/submission": 16,
    "boroughs/contact": 13,
    "submissions/doubt": 10,
    "submissions/outcomemetric": 10,
    "submissions/theme": 10,
    "submissions/partner": 10,
    "submissions/category": 10,
    "submissions/round": 10,
    "boroughs/borough": 11,
    "boroughs/deliverybody": 11,
}


def fill(make_entry, number):
    for n in range(number):
        entry = make_entry(
            boroughs=["merton", "brent"],
            themes=["housing", "money"],
            partners=[f"Partner {n}"],
            figures=["proposed"],
            contact=f"person{n}@example.org",
            status=["published", "draft"][n % 2],
        )
        line = {"category": entry.categories.get(), "line": n, "kind": "contact-address", "message": f"Doubt {n}"}
        Doubt.objects.create(submission=entry, contact=entry.contacts.get(), **line)


def queries_of(desk, address):
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("number", [3, 30])
def test_a_list_asks_the_same_of_the_database_however_long_it_is(desk, make_entry, number):
    fill(make_entry, number)
    assert {name: queries_of(desk, f"/admin/{name}/") for name in QUERIES} == QUERIES


def titles(response):
    return {record.title for record in response.context["cl"].result_list}


def test_entries_are_found_by_what_people_remember_of_them(desk, make_entry):
    make_entry(title="Suitcases", boroughs=["camden"], partners=["Centrepoint"], contact="ann@example.org")
    make_entry(title="Driving", boroughs=["brent"], themes=["leisure"], status="draft", category="Early help")
    Contact.objects.update(name="Ann Other")
    for question in ("suit", "camden", "centrep", "ann other"):
        assert titles(desk.get("/admin/submissions/submission/", {"q": question})) == {"Suitcases"}
    filters = {"theme": "leisure", "borough": "brent", "category": "early-help", "status__exact": "draft"}
    for name, value in filters.items():
        assert titles(desk.get("/admin/submissions/submission/", {name: value})) == {"Driving"}
    assert titles(desk.get("/admin/submissions/submission/", {"theme": "no such theme"})) == set()


def test_entries_with_open_doubts_are_found_and_marked(desk, make_entry, administrator):
    doubtful, settled = make_entry(title="Doubtful"), make_entry(title="Settled")
    for entry in (doubtful, settled):
        Doubt.objects.create(submission=entry, category=Category.objects.get(), line=1, kind="empty-label", message="?")
    settled.doubts.get().settle(by=administrator)
    assert titles(desk.get("/admin/submissions/submission/", {"doubts": "open"})) == {"Doubtful"}
    assert titles(desk.get("/admin/submissions/submission/", {"doubts": "none"})) == {"Settled"}
    assert "1 to settle" in desk.get("/admin/submissions/submission/").content.decode()


def test_a_list_carries_no_long_text(desk, make_entry):
    make_entry(body="<p>A very long text.</p>")
    (entry,) = desk.get("/admin/submissions/submission/").context["cl"].result_list
    assert entry.get_deferred_fields() == {"summary", "body", "supporting"}


def test_a_partner_is_found_by_another_spelling_in_the_list_and_beside_the_field(desk, make_entry):
    make_entry(partners=["Barnardo’s", "Settle"])
    Partner.objects.filter(name="Barnardo’s").update(aliases=["Barnados"])
    (partner,) = desk.get("/admin/submissions/partner/", {"q": "barnad"}).context["cl"].result_list
    assert partner.name == "Barnardo’s"
    field = {"app_label": "submissions", "model_name": "submission", "field_name": "partners", "term": "barnad"}
    assert [found["text"] for found in desk.get("/admin/autocomplete/", field).json()["results"]] == ["Barnardo’s"]


def test_counts_beside_groups_include_drafts(desk, make_entry):
    make_entry(partners=["Settle"], status="draft")
    make_entry(partners=["Settle"])
    (partner,) = desk.get("/admin/submissions/partner/").context["cl"].result_list
    assert partner.n_entries == 2
    # Of a borough readers' own count is shown, as on the map.
    merton = desk.get("/admin/boroughs/borough/", {"q": "Merton"}).context["cl"].result_list[0]
    assert (merton, merton.entries) == (Borough.objects.get(slug="merton"), 1)
    assert Submission.objects.count() == 2
