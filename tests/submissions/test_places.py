"""The places of entries on a list and beside an entry come from memory: they must be those of the database."""

import re
from itertools import chain

import pytest
from django.http import QueryDict
from django.urls import reverse

from submissions.facet_index import current_index
from submissions.filters import SubmissionFilter
from submissions.models import Submission

pytestmark = pytest.mark.django_db

LISTS = [
    f"{start}&sort={sort}"
    for start in ("", "theme=housing", "borough=merton&borough=brent&has=voices", "q=entry", "q=entry&theme=housing")
    for sort in ("relevance", "newest", "title", "borough")
]


@pytest.mark.parametrize("query", LISTS)
def test_the_pages_of_a_list_are_its_queryset_in_order(query, mixed_catalogue):
    filterset = SubmissionFilter(QueryDict(query), Submission.objects.published())
    expected = list(filterset.qs.values_list("pk", flat=True))
    paged = [[entry.pk for entry in filterset.page(start, start + 7)] for start in range(0, filterset.total, 7)]
    assert len(expected) > 7
    assert list(chain.from_iterable(paged)) == expected


def beside(client, entry, heading):
    """Titles of the cards in a section of an entry's page, and the section itself."""
    page = client.get(entry.get_absolute_url()).content.decode()
    section = re.search(rf'<section class="section" aria-labelledby="{heading}">.*?</section>', page, re.S)
    return re.findall(r'data-submission="([\w-]+)"', section[0]) if section else [], section and section[0]


def test_on_the_same_themes_who_shares_most_comes_first_then_the_newest(client, make_entry):
    entry = make_entry(slug="this", themes=["housing", "money", "leisure"])
    make_entry(slug="one", themes=["money"])
    make_entry(slug="all", themes=["leisure", "money", "housing"])
    make_entry(slug="two", themes=["housing", "leisure", "identity"])
    make_entry(slug="none", themes=["identity"])
    make_entry(slug="draft", themes=["housing", "money"], status="draft")
    assert beside(client, entry, "same-themes")[0] == ["all", "two", "one"]


def test_an_entry_without_themes_is_on_nobodys_themes(make_entry):
    make_entry(themes=["housing"])
    assert current_index().sharing("theme", [], 5) == []


def test_a_borough_with_many_entries_shows_six_and_leads_to_all(client, make_entry):
    entry = make_entry(slug="this", boroughs=["merton"])
    others = [make_entry(boroughs=["merton", "brent"]) for _ in range(6)]
    shown, section = beside(client, entry, "same-borough")
    assert sorted(shown) == sorted(other.slug for other in others)
    assert "All " not in section
    make_entry(boroughs=["merton"])
    shown, section = beside(client, entry, "same-borough")
    assert len(shown) == 6
    assert f'<a href="{reverse("submissions")}?borough=merton">All 8 entries from Merton</a>' in section
