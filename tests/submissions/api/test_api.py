"""The API's answers: the list's own entries and words, page by page, and sentences where it refuses."""

import json
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.urls import reverse

from editorial.workflow import transition
from submissions.api.rules import PerMachine
from submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    caches["requests"].clear()


def slugs(answer):
    return [row["url"].split("/")[-2] for row in answer["results"]]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"theme": ["housing", "money"], "sort": "title"},
        {"borough": ["merton"], "has": ["outcomes", "voices"]},
        {"q": "felt safe", "category": ["care-leavers"]},
        {"q": "entry", "exact": "1", "sort": "relevance"},
    ],
    ids=str,
)
def test_the_same_entries_as_the_list_on_screen(client, mixed_catalogue, parameters):
    file = [row["id"] for row in json.loads(client.get("/submissions.json", parameters).getvalue())["results"]]
    found, address = [], f"/api/submissions?{urlencode({**parameters, 'limit': 7}, doseq=True)}"
    while address:
        page = client.get(address).json()
        assert page["count"] == len(file)
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert found == file


def test_pages_lead_on_and_back(client, make_entry):
    for n in range(5):
        make_entry(slug=f"e{n}", themes=["housing"])
    first = client.get("/api/submissions?theme=housing&limit=2").json()
    assert (first["count"], first["previous"]) == (5, None)
    assert first["next"] == "http://testserver/api/submissions?theme=housing&limit=2&page=2"
    last = client.get("/api/submissions?theme=housing&limit=2&page=3").json()
    assert (slugs(last), last["next"]) == (["e4"], None)
    assert last["previous"].endswith("page=2")


def test_an_entry_with_its_whole_text_and_nobodys_address(client, make_entry):
    entry = make_entry(
        slug="homes",
        contact="a.person@merton.gov.uk",
        figures=["confirmed", "proposed"],
        voices=["“It helped.”"],
        body='<h3>How</h3><p>Ask <a href="mailto:a.person@merton.gov.uk">a.person@merton.gov.uk</a> &amp; go.</p>',
    )
    entry.supporting_items.create(title="A film", url="https://example.org/film")
    entry.supporting_items.create(title="A paper")
    response = client.get("/api/submissions/homes")
    told = response.json()
    assert "person" not in response.content.decode()
    assert "@" not in response.content.decode()
    assert told["text_html"] == "<h3>How</h3><p>Ask [address on the entry’s own page] &amp; go.</p>"
    assert told["text_plain"] == "How\nAsk [address on the entry’s own page] & go."
    assert [figure["sentence"] for figure in told["outcomes"]] == ["75% felt safe."]
    assert told["voices"] == [{"quote": "“It helped.”", "speaker": None}]
    assert [item["url"] for item in told["supporting_items"]] == ["https://example.org/film", None]
    assert told["changed_at"] == client.get("/api/submissions").json()["results"][0]["changed_at"]


def test_the_small_tables(client, make_entry):
    make_entry(themes=["housing"], figures=["confirmed"])
    assert client.get("/api/boroughs?limit=200").json()["count"] == 33
    assert client.get("/api/themes").json()["count"] == 17
    assert client.get("/api/outcomes").json()["results"][0]["sentence"] == "75% felt safe."


def test_drafts_and_withdrawn_entries_are_behind_no_address(client, make_entry):
    for status in ("draft", "withdrawn"):
        make_entry(slug=status, title="Secret", status=status, themes=["housing"], figures=["confirmed"])
    for address in ("submissions", "submissions?theme=housing", "outcomes", "openapi.json", ""):
        content = client.get(f"/api/{address}").content.decode()
        assert "Secret" not in content, address
        assert '"withdrawn"' not in content, address
    for status in ("draft", "withdrawn"):
        response = client.get(f"/api/submissions/{status}")
        assert response.status_code == 404
        assert response.json() == {"error": f"There is no entry “{status}”."}


def test_an_earlier_address_leads_on_unless_the_entry_is_gone(client, make_entry):
    entry = make_entry(slug="before")
    entry.slug = "after"
    entry.save()
    response = client.get("/api/submissions/before")
    assert (response.status_code, response["Location"]) == (301, "/api/submissions/after")
    transition(entry, "withdraw")
    assert client.get("/api/submissions/before").status_code == 404


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("submissions?theme=houses", 400, "There is no theme “houses”."),
        ("submissions?sort=best", 400, "The list cannot be sorted by “best”."),
        ("submissions?them=housing", 400, "There is no parameter “them” here. Those there are: q, theme, borough,"),
        ("submissions?theme=", 400, "“theme” has no value. Give it one, or leave it out."),
        ("submissions?exact=yes", 400, "“exact” is 1, or is left out."),
        ("submissions?page=0", 400, "“page” is a whole number from 1 on, not “0”."),
        ("submissions?page=٢", 400, "“page” is a whole number from 1 on, not “٢”."),
        ("submissions?limit=201", 400, "“limit” is a whole number from 1 to 200, not “201”."),
        ("submissions?limit=-5", 400, "“limit” is a whole number from 1 to 200, not “-5”."),
        ("submissions?page=2", 404, "There is no page 2: with 50 on each, there is only one."),
        ("boroughs?theme=housing", 400, "There is no parameter “theme” here. Those there are: page, limit."),
        ("submissions/x?page=1", 400, "There is no parameter “page” here. Those there are: none."),
        ("submissions/%E2%82%AC", 404, "There is nothing at /api/submissions/€. /api/ says what there is."),
        ("people", 404, "There is nothing at /api/people. /api/ says what there is."),
    ],
)
def test_a_refusal_is_a_sentence(client, make_entry, address, status, sentence):
    make_entry()
    response = client.get(f"/api/{address}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert response.json()["error"].startswith(sentence)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_for_reading(client, make_entry, method):
    make_entry(slug="homes")
    for address in ("submissions", "submissions/homes", "boroughs"):
        response = getattr(client, method)(f"/api/{address}", {}, content_type="application/json")
        assert response.status_code == 405
        assert response.json() == {"error": "This API is for reading: use GET."}
        assert "GET" in response["Allow"]


def test_an_unchanged_answer_is_not_sent_again(client, make_entry):
    entry = make_entry(slug="homes")
    for address in ("/api/submissions", "/api/submissions/homes", "/api/boroughs", "/api/openapi.json"):
        first = client.get(address)
        unchanged = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")
    first = client.get("/api/submissions")
    Submission.objects.filter(pk=entry.pk).update(title="Edited")
    again = client.get("/api/submissions", headers={"if-none-match": first["ETag"]})
    assert again.json()["results"][0]["title"] == "Edited"


def test_other_sites_may_ask(client, make_entry):
    make_entry()
    preflight = client.options(
        "/api/submissions", headers={"origin": "https://example.org", "access-control-request-method": "GET"}
    )
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD"
    for address in ("/api/submissions", "/api/submissions?theme=x", "/api/nothing"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies


def test_it_speaks_json_whatever_is_asked_for(client, make_entry):
    make_entry()
    for accept in ("text/html", "text/csv", "*/*", "nonsense"):
        response = client.get("/api/submissions", headers={"accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_too_much_at_once_is_told_when_to_come_back(client, make_entry, monkeypatch):
    monkeypatch.setattr(PerMachine, "get_rate", lambda self: "3/minute")
    make_entry()
    statuses = [client.get("/api/themes", {"limit": n}).status_code for n in range(1, 5)]
    assert statuses == [200, 200, 200, 429]
    refused = client.get("/api/themes?limit=9")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Ask again in" in refused.json()["error"]
    assert client.get("/api/themes?limit=9", REMOTE_ADDR="198.51.100.7").status_code == 200


def test_the_limit_keeps_no_address_and_believes_no_header(client, make_entry, monkeypatch):
    monkeypatch.setattr(PerMachine, "get_rate", lambda self: "1/minute")
    kept = []
    monkeypatch.setattr(PerMachine.cache, "set", lambda key, *rest: kept.append(key))
    make_entry()
    for n in (1, 2):
        client.get("/api/themes", {"limit": n}, headers={"x-forwarded-for": f"10.0.0.{n}"}, REMOTE_ADDR="198.51.100.7")
    assert len(kept) == 2
    assert len(set(kept)) == 1
    assert "198.51" not in kept[0]


@pytest.mark.parametrize("entries", [3, 30])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("submissions?theme=housing", 3), ("submissions/entry-1", 11), ("boroughs", 3), ("themes", 3), ("outcomes", 3)],
)
def test_the_api_asks_the_database_as_often_for_3_as_for_30(
    client, make_entry, entries, address, queries, django_assert_num_queries
):
    for _ in range(entries):
        make_entry(themes=["housing"], figures=["confirmed"], partners=["Settle"], voices=["“One.”"])
    client.get("/submissions/")  # builds the index of this catalogue
    with django_assert_num_queries(queries):
        client.get(f"/api/{address}")


def test_its_page_names_every_address_and_value(client, make_entry):
    make_entry(slug="homes", themes=["housing"])
    page = client.get(reverse("api")).content.decode()
    for path in client.get("/api/openapi.json").json()["paths"]:
        assert f"<code>GET http://127.0.0.1:8000{path}</code>" in page
    assert "<code>participation</code>" in page
    assert "600 requests a minute from one address are welcome" in page
    assert "&quot;title&quot;: &quot;KickStart Futures&quot;" in page
