"""The description in OpenAPI 3.1: every address, parameter, answer and column, with examples that hold."""

import jsonschema
import pytest
from django.core.cache import caches

from submissions.exports.tables import TABLES
from submissions.facets import FACETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client, make_entry):
    caches["requests"].clear()
    make_entry(slug="homes", themes=["housing"], partners=["Settle"])
    return client.get("/api/openapi.json").json()


def test_it_describes_each_address(told):
    assert told["openapi"] == "3.1.1"
    assert sorted(told["paths"]) == [
        "/api/boroughs",
        "/api/outcomes",
        "/api/submissions",
        "/api/submissions/{slug}",
        "/api/themes",
    ]
    for path in told["paths"].values():
        assert set(path) == {"get"}
        assert {"200", "400", "404", "429"} <= set(path["get"]["responses"])
        assert path["get"]["summary"]
        assert path["get"]["description"]


def test_it_lists_the_filters_of_the_list_with_their_values(told):
    parameters = {p["name"]: p for p in told["paths"]["/api/submissions"]["get"]["parameters"]}
    assert set(parameters) == {*FACETS, "q", "exact", "sort", "page", "limit"}
    assert len(parameters["borough"]["schema"]["items"]["enum"]) == 33
    assert parameters["partner"]["schema"]["items"]["enum"] == ["settle"]
    assert "title" in parameters["sort"]["schema"]["enum"]
    assert parameters["limit"]["schema"]["maximum"] == 200
    (slug,) = told["paths"]["/api/submissions/{slug}"]["get"]["parameters"]
    assert slug["example"] == "homes"


def test_it_explains_every_column(told):
    for name, table in TABLES.items():
        row = told["components"]["schemas"][f"{name.title()}Row"]["properties"]
        assert list(row) == [column.name for column in table.columns]
        for column in table.columns:
            assert row[column.name]["description"] == column.meaning


def test_its_examples_and_the_real_answers_are_as_described(told, client):
    for path, methods in told["paths"].items():
        described = methods["get"]["responses"]["200"]["content"]["application/json"]
        schema = described["schema"] | {"components": told["components"]}
        for example in described.get("examples", {}).values():
            jsonschema.validate(example["value"], schema)
        jsonschema.validate(client.get(path.replace("{slug}", "homes")).json(), schema)
