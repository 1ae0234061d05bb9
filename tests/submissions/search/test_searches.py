"""Searches written down before tuning, and what must come of them."""

import tomllib
from pathlib import Path

import pytest
from django.db import connection

from submissions.search import matching_ids, scored_ids, understand
from tests.entries import list_asked

GROUPS, LATER = (
    tomllib.loads((Path(__file__).parent / name).read_text()) for name in ("searches.toml", "later_searches.toml")
)
CASES = [
    (group, case["q"], case.get("first"))
    for written in (GROUPS, LATER)
    for group, found in written.items()
    for case in found["searches"]
]


# Found there too, only lower: its ranking knows nothing of how long an entry is.
LOWER_ON_POSTGRESQL = {"budgetting", "psychotherapsit", "teaching social workers about children's rights"}


@pytest.mark.parametrize(("group", "text", "first"), CASES, ids=[f"{group}: {text}" for group, text, _ in CASES])
def test_the_right_entry_comes_first(group, text, first, find):
    if text in LOWER_ON_POSTGRESQL and connection.vendor == "postgresql":
        pytest.xfail("ts_rank puts a longer entry first")
    found = find(text)
    if first is None:
        assert found == []
    else:
        wanted = [first] if isinstance(first, str) else first
        assert any(part in found[0] for part in wanted)


@pytest.mark.parametrize(
    "text", ["prison packs", "who helps care leavers get a job?", "mental health", "fostering", "jail"]
)
def test_ids_and_scores_are_those_of_the_list(text, catalogue):
    query = understand(text)
    newest = {pk: place for place, pk in enumerate(catalogue.newest_first().values_list("pk", flat=True))}
    scored = sorted(scored_ids(query), key=lambda row: (row[1], newest[row[0]]))
    found = list(list_asked(q=text).keys)
    assert [pk for pk, _ in scored] == found
    assert sorted(matching_ids(query)) == sorted(found)


def test_there_are_forty_in_four_groups():
    assert {name: len(group["searches"]) for name, group in GROUPS.items()} == {
        "exact": 10,
        "forms": 10,
        "other_words": 10,
        "nothing": 10,
    }
