"""The desk's lists: what they find, and that thirty records cost the database no more than three."""

import pytest

from boroughs.models import Borough, Contact
from submissions.models import Category, Doubt, Submission

# What each list asks the database, signing in and counts beside the filters included.
QUERIES = {
    "submissions/submission": 17,
    "boroughs/contact": 8,
    "submissions/doubt": 9,
    "submissions/theme": 6,
    "submissions/partner": 6,
    "submissions/category": 6,
    "submissions/round": 6,
    "boroughs/borough": 9,
    "boroughs/deliverybody": 7,
}


def fill(make_entry, number):
    for n in range(number):
        entry = make_entry(
            boroughs=["merton", "brent"],
            themes=["housing", "money"],
            partners=[f"Partner {n}"],
            contact=f"person{n}@example.org",
            status=["published", "draft"][n % 2],
        )
        line = {"category": entry.categories.get(), "line": n, "kind": "contact-address", "message": f"Doubt {n}"}
        Doubt.objects.create(submission=entry, contact=entry.contacts.get(), **line)


@pytest.mark.parametrize("number", [3, 30])
@pytest.mark.parametrize("name", QUERIES)
def test_a_list_asks_the_same_of_the_database_however_long_it_is(
    desk, make_entry, django_assert_num_queries, name, number
):
    fill(make_entry, number)
    with django_assert_num_queries(QUERIES[name]):
        assert desk.get(f"/admin/{name}/").status_code == 200


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
    settled.doubts.get().settle(administrator)
    assert titles(desk.get("/admin/submissions/submission/", {"doubts": "open"})) == {"Doubtful"}
    assert titles(desk.get("/admin/submissions/submission/", {"doubts": "none"})) == {"Settled"}
    assert "1 to settle" in desk.get("/admin/submissions/submission/").content.decode()


def test_a_list_carries_no_long_text(desk, make_entry):
    make_entry(body="<p>A very long text.</p>")
    (entry,) = desk.get("/admin/submissions/submission/").context["cl"].result_list
    assert entry.get_deferred_fields() == {"summary", "body", "supporting"}


def test_counts_beside_groups_include_drafts(desk, make_entry):
    make_entry(partners=["Settle"], status="draft")
    make_entry(partners=["Settle"])
    (partner,) = desk.get("/admin/submissions/partner/").context["cl"].result_list
    assert partner.n_entries == 2
    # Of a borough readers' own count is shown, as on the map.
    merton = desk.get("/admin/boroughs/borough/", {"q": "Merton"}).context["cl"].result_list[0]
    assert (merton, merton.entries) == (Borough.objects.get(slug="merton"), 1)
    assert Submission.objects.count() == 2
