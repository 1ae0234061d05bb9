"""The places of entries on a list and beside an entry come from memory: they must be those of the database."""

import re
from itertools import chain

import pytest
from django.http import QueryDict

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
