"""The places of entries on a list and beside an entry come from memory: they must be those of the database."""

import re
from itertools import chain

import pytest
from django.http import QueryDict

from submissions.filters import SubmissionFilter

pytestmark = pytest.mark.django_db

MEMBERS = {
    "": lambda entry: True,
    "theme=housing": lambda entry: "housing" in slugs(entry.themes),
    "borough=merton&borough=brent&has=voices": lambda entry: (
        slugs(entry.boroughs) & {"merton", "brent"} and entry.voices.exists()
    ),
    "q=entry": lambda entry: True,
    "q=entry&theme=housing": lambda entry: "housing" in slugs(entry.themes),
}
ORDERS = {
    "newest": lambda entry: (-entry.published_on.toordinal(), entry.pk),
    "title": lambda entry: (entry.title.lower(), entry.pk),
    "borough": lambda entry: (
        min(entry.boroughs.values_list("name", flat=True)),
        -entry.published_on.toordinal(),
        entry.pk,
    ),
}


def slugs(related):
    return set(related.values_list("slug", flat=True))


@pytest.mark.parametrize("sort", ["relevance", *ORDERS])
@pytest.mark.parametrize("query", MEMBERS)
def test_the_pages_of_a_list_are_its_entries_in_order(query, sort, mixed_catalogue):
    filterset = SubmissionFilter(QueryDict(f"{query}&sort={sort}"))
    keys = list(filterset.keys)
    paged = [filterset.keys[start : start + 7] for start in range(0, filterset.total, 7)]
    expected = [entry for entry in mixed_catalogue if entry.is_published and MEMBERS[query](entry)]
    assert len(expected) > 7
    assert sorted(keys) == sorted(entry.pk for entry in expected)
    if filterset.sorting != "relevance":
        assert keys == [entry.pk for entry in sorted(expected, key=ORDERS[filterset.sorting])]
    assert list(chain.from_iterable(paged)) == keys


def beside(client, entry, heading):
    """Titles of the cards in a section of an entry's page, and the section itself."""
    page = client.get(entry.get_absolute_url()).content.decode()
    section = re.search(rf'<section class="section" aria-labelledby="{heading}">.*?</section>', page, re.S)
    return re.findall(r'data-submission="([\w-]+)"', section[0]) if section else [], section and section[0]
