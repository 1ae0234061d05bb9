"""The facet index, renewed row by row, is the one read from nothing."""

from copy import deepcopy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from submissions import facets
from submissions.facet_fields import FACETS
from submissions.facets import FacetIndex, Keys, current_index
from submissions.models import Theme

SLUGS = ["a", "b", "c"]
TITLES, DAYS = ["One", "one", "Two", "élan"], ["2024-02-01", "2025-01-31"]


def stored(number):
    """What is stored of the facets of an entry, any of 2,048; nothing for the last quarter."""
    values = {
        name: [slug for n, slug in enumerate(SLUGS) if number >> n + place & 1] for place, name in enumerate(FACETS)
    }
    moment = f"2026-0{1 + number % 5}-01T12:30:00.000001+00:00"
    own = {"title": TITLES[number % 4], "published_on": DAYS[number >> 2 & 1], "changed_at": moment}
    return values | own if number < 1536 else {}


changes = st.lists(st.dictionaries(st.integers(1, 9), st.integers(0, 2047).map(stored), max_size=4), max_size=5)
LABELS = {name: [(slug, slug.upper()) for slug in SLUGS if name != "borough"] for name in FACETS if name != "category"}
NAMES = ({"category": []} | LABELS, {name: [] for name in FACETS}, [])


def known_of(index):
    everything, theme = index.everything, index.having("theme", "a")
    scores = [(pk, pk % 2) for pk in range(1, 12)]
    lists = [list(Keys(index, everything, order, scores)) for order in ("newest", "title", "relevance")]
    lists += [list(Keys(index, theme, order, ())) for order in ("newest", "title")]
    return everything, index.bits, index.options, lists, index.last_change(everything), index.last_change(theme)


@pytest.mark.parametrize("most_placed", [0, 2000])
@given(changes=changes)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
def test_a_renewed_index_is_the_one_read_from_nothing(most_placed, changes):
    present, index = {}, FacetIndex()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facets, "MOST_PLACED", most_placed)
        patch.setattr(facets, "_names", lambda: NAMES)  # no database
        for serial, entries in enumerate([{}, *changes]):
            rows = {pk: (pk, serial, own) for pk, own in entries.items()}
            before, seen = index, deepcopy((index.everything, index.bits))
            index = before.renewed(list(rows.values()))
            present |= rows
            assert known_of(index) == known_of(FacetIndex().renewed(list(present.values())))
            assert (before.everything, before.bits) == seen  # by those who read it meanwhile


def test_what_was_rolled_back_is_forgotten(make_entry):
    entry = make_entry()
    before = current_index().everything
    with transaction.atomic():
        make_entry()
        assert current_index().everything.bit_count() == before.bit_count() + 1
        transaction.set_rollback(True)
    assert current_index().everything == before == 1 << entry.pk


def test_names_are_read_again_when_one_is_changed(db):
    current_index()
    theme = Theme.objects.create(name="Rain", slug="rain", order=1)
    assert ("rain", "Rain", True) in current_index().options["theme"]
    Theme.objects.filter(pk=theme.pk).update(name="Snow")
    assert ("rain", "Snow", True) in current_index().options["theme"]
