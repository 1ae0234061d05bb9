"""The data page: what the files hold, on what terms, and lines that work when they are pasted."""

import json
import re
from html import unescape

import pytest

from submissions.exports.downloads import COVERAGE_COLUMNS, SURVEY_COLUMNS
from submissions.exports.tables import TABLES
from survey.charts import COLUMNS as survey_columns


@pytest.fixture
def shown(client, make_entry):
    make_entry()
    return client.get("/data/").content.decode()


@pytest.mark.django_db
def test_it_explains_every_column_of_every_table(shown):
    shown = " ".join(shown.split())
    for table in TABLES.values():
        for column in table.columns:
            assert f"<code>{column.name}</code></th> <td>{column.kind.wording}</td> <td> {column.meaning}" in shown
        for change in table.changes:
            assert change.what in shown


@pytest.mark.django_db
def test_every_file_it_names_is_there(client, shown):
    files = re.findall(r'<li><a href="(/[\w/]+\.(?:csv|xlsx|json|atom))">', shown)
    assert len(files) == 4 + 3 * 3 + 1
    for path in files:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.getvalue() if response.streaming else response.content


@pytest.mark.django_db
def test_the_files_of_other_rooms_have_the_columns_it_tells(client, shown):
    header = client.get("/coverage.csv").content.decode("utf-8-sig").splitlines()[0].split(",")
    assert (header[0], header[-1]) == (COVERAGE_COLUMNS[0][0], COVERAGE_COLUMNS[-1][0])
    assert tuple(name for name, _, _ in SURVEY_COLUMNS) == survey_columns
    for name, _, meaning in COVERAGE_COLUMNS + SURVEY_COLUMNS:
        assert f"<code>{name}</code></th>" in shown
        assert meaning in shown


@pytest.mark.django_db
def test_the_lines_for_power_bi_name_each_column_with_its_type(shown):
    query = unescape(re.search(r"<pre[^>]*Query of entries[^>]*><code>(.*?)</code>", shown, re.S)[1])
    assert 'Web.Contents("http://127.0.0.1:8000/submissions.csv")' in query
    assert '{"published_on", type date},' in query
    assert '{"changed_at", type datetimezone},' in query
    assert '{"figures_undecided", Int64.Type},' in query
    assert '{"what_it_took", type text}\n' in query
    assert query.count("{") == query.count("}") == 18 + 1
    assert query.count("(") == query.count(")")


@pytest.mark.django_db
def test_it_is_told_as_datasets(shown):
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', shown, re.S)[1]
    assert not set("<>&") & set(text)
    data = json.loads(text)
    assert [item["name"] for item in data["@graph"]] == [
        f"Practice Spotlight: {name}" for name in ("entries", "boroughs", "themes", "outcomes")
    ]
    first = data["@graph"][0]
    assert first["@type"] == "Dataset"
    assert 50 <= len(first["description"]) <= 5000
    assert {"text/csv", "application/json"} <= {file["encodingFormat"] for file in first["distribution"]}
