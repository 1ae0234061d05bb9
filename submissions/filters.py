"""The one way a list is asked: for its page, its counts, its map and picture, every file, the feed and the API."""

from copy import copy
from urllib.parse import quote_plus

import django_filters
from django.http import QueryDict
from django.utils.functional import cached_property

from submissions.facets import FACETS, Keys, current_index
from submissions.models import Submission
from submissions.search import matching_ids, scored_ids, understand

SORTS = {
    "relevance": "Best match first",
    "newest": "Newest first",
    "title": "Title, A to Z",
    "borough": "Borough, A to Z",
}
PARAMETERS = ("q", *FACETS, "sort", "exact")


def unknown_value(name, value):
    """The sentence for a reader who asks for a value that is not known."""
    return f"There is no {name} “{value}”. It was left out."


class FacetFilter(django_filters.MultipleChoiceFilter):
    """The entries that have one of the values ticked in a facet; of evidence, all of them."""

    def filter(self, entries, values):
        """`entries`, and the answer: sets of bits of the index."""
        return entries & self.parent.index.having(self.field_name, *values) if values else entries

    def __deepcopy__(self, _memo):
        """A FilterSet copies its filters for each request; of these only the choices differ."""
        filter_ = copy(self)
        filter_.extra = self.extra.copy()
        return filter_


class SubmissionFilter(django_filters.FilterSet):
    """Search words and filters from a query string. A value that is not known is left out, with a sentence in
    `problems`; an earlier slug, or a value in capitals, counts as the present one.

    `asked` is the search as it was understood (`exact=1`: only the words typed), `keys` the list: the keys of its
    entries in its order, and `qs` the entries themselves."""

    q = django_filters.CharFilter()
    sort = django_filters.ChoiceFilter(choices=tuple(SORTS.items()))

    @classmethod
    def get_filters(cls):
        return super().get_filters() | {name: FacetFilter(field_name=name) for name in FACETS}

    def __init__(self, data):
        self.index = current_index()
        self.asked = understand(data.get("q", ""), exact=bool(data.get("exact")))
        self.problems = []
        known = QueryDict(mutable=True)
        for name in FACETS:
            known.setlist(name, self._known_values(name, data.getlist(name)))
        known["q"], known["sort"] = self.asked.text, self._known_sort(data.get("sort", "").lower())
        super().__init__(known, Submission.objects.published())
        for name in FACETS:
            self.filters[name].extra["choices"] = [(slug, label) for slug, label, _ in self.index.options[name]]

    def filter_queryset(self, queryset):
        """`qs`: all entries of the list, ready for their cards, in its order."""
        return queryset.for_listing().with_keys(list(self.keys))

    def _known_values(self, name, values):
        meant = {value: self.index.present(name, value) for value in values if value}
        self.problems += [unknown_value(name, asked) for asked, value in meant.items() if not value]
        return list(dict.fromkeys(filter(None, meant.values())))

    def _known_sort(self, sort):
        usual = self.usual_sort
        if sort and sort not in SORTS:
            self.problems.append(f"The list cannot be sorted by “{sort}”. It stands in its usual order.")
        return sort if sort in SORTS and (sort != "relevance" or self.asked.text) else usual

    def chosen(self, name):
        """The values ticked in one facet, in the order asked for."""
        return self.data.getlist(name)

    @property
    def sorting(self):
        return self.data["sort"]

    @property
    def usual_sort(self):
        return "newest" if self.asked.is_empty else "relevance"

    @property
    def sorts(self):
        """[(sort, label, address)] to offer; relevance only to somebody who searches."""
        offered = {name: label for name, label in SORTS.items() if name != "relevance" or not self.asked.is_empty}
        return [(name, label, self.query(sort=name)) for name, label in offered.items()]

    @property
    def is_narrowed(self):
        """Whether anything is ticked."""
        return any(self.chosen(name) for name in FACETS)

    @property
    def ticked(self):
        """[(facet, value, label)] of all that is ticked: what a new search keeps."""
        labels = {
            name: {value: label for value, label, _ in self.index.options[name]} for name in FACETS if self.chosen(name)
        }
        return [(name, value, labels[name][value]) for name in labels for value in self.chosen(name)]

    @property
    def unfiltered(self):
        """The address of the same search without any filter."""
        return self.query(**{name: [] for name in FACETS})

    def entries_without(self, left_out=None):
        """The entries that all facets but this one let through, as a set of bits of the index."""
        entries = self.matched
        for name in FACETS:
            if name != left_out:
                entries = self.filters[name].filter(entries, self.chosen(name))
        return entries

    @cached_property
    def matched(self):
        """The entries that the search finds, before any filter, as a set of bits; all when nothing is searched."""
        if self.asked.is_empty:
            return self.index.everything
        by_relevance = self.sorting == "relevance"  # then the search engine is asked once for both
        return self.index.entries([pk for pk, _ in self.scores] if by_relevance else matching_ids(self.asked))

    @cached_property
    def scores(self):
        """[(key, score)] of what the search finds."""
        return scored_ids(self.asked)

    @cached_property
    def keys(self):
        """The keys of the list's entries, in its order."""
        scores = self.scores if self.sorting == "relevance" else ()
        return Keys(self.index, self.entries_without(), self.sorting, scores)

    @property
    def total(self):
        """How many entries the list has."""
        return len(self.keys)

    def last_change(self):
        """When any of its entries was last changed; None of an empty list."""
        return self.index.last_change(self.keys.entries)

    def query(self, **changes):
        """The address of this list (“?q=jobs&theme=housing&…”) with some values changed; page 1 unless given."""
        parts = self._parts | {name: self._part(name, value) for name, value in changes.items()}
        address = "&".join(filter(None, parts.values()))
        return f"?{address}" if address else "."

    @cached_property
    def _parts(self):
        """{parameter: its part of the address}, in their order there: a page has a hundred addresses of lists."""
        exact = "1" if self.asked.exact else ""
        own = {name: self.chosen(name) for name in FACETS} | {"q": self.asked.text, "exact": exact}
        return {name: self._part(name, value) for name, value in (own | {"sort": self.sorting, "page": 1}).items()}

    def _part(self, name, value):
        if not value or (name, value) in (("sort", self.usual_sort), ("page", 1)):
            return ""
        values = value if name in FACETS else [value]
        return "&".join(f"{name}={quote_plus(str(one))}" for one in values)
