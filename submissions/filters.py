"""The one filter behind the list page, its counts and every download of the list."""

import django_filters
from django.http import QueryDict
from django.utils.functional import cached_property

from submissions.facet_index import current_index
from submissions.facets import FACETS
from submissions.models import Submission
from submissions.querysets import ORDERS
from submissions.search import matching, matching_ids, ranked, scored_ids, understand

SORTS = {
    "relevance": "Best match first",
    "newest": "Newest first",
    "title": "Title, A to Z",
    "borough": "Borough, A to Z",
}


class AnyOf(django_filters.MultipleChoiceFilter):
    """Entries that have at least one of the chosen values; a subquery, so that nothing is counted twice."""

    def filter(self, queryset, value):
        return queryset.filter(FACETS[self.field_name].having(value)) if value else queryset


class AllOf(django_filters.MultipleChoiceFilter):
    """Entries that have everything asked for: outcomes, voices or both."""

    def filter(self, queryset, value):
        for name in value:
            queryset = queryset.filter(FACETS[self.field_name].having([name]))
        return queryset


class SubmissionFilter(django_filters.FilterSet):
    """Search words and filters from a query string. A value nobody knows is left out and told in `problems`; an earlier
    slug, or a value in capitals, counts as the present one.

    `asked` is the search as it was understood (`exact=1`: only the words typed)."""

    q = django_filters.CharFilter(method="searched")

    theme = AnyOf(field_name="theme")
    borough = AnyOf(field_name="borough")
    category = AnyOf(field_name="category")
    partner = AnyOf(field_name="partner")
    has = AllOf(field_name="has")
    sort = django_filters.ChoiceFilter(choices=tuple(SORTS.items()), method="sorted_by")

    def __init__(self, data, queryset):
        self.index = current_index()
        self.asked = understand(data.get("q", ""), exact=bool(data.get("exact")))
        known, self.problems = self._known_values(data)
        super().__init__(known, queryset)
        for name, choices in self.index.options.items():
            self.filters[name].extra["choices"] = [(value, label) for value, label, _ in choices]

    def _known_values(self, data):
        known, problems = QueryDict(mutable=True), []
        for name in self.index.options:
            meant = {value: self.index.present(name, value) for value in data.getlist(name) if value}
            known.setlist(name, list(dict.fromkeys(filter(None, meant.values()))))
            unknown = [asked for asked, value in meant.items() if not value]
            problems += [f"There is no {name} “{asked}”. It was left out." for asked in unknown]
        usual = self._usual_sort()
        sort = data.get("sort", "").lower() or usual
        if sort not in SORTS:
            problems.append(f"The list cannot be sorted by “{sort}”. It stands in its usual order.")
        known["q"] = self.asked.text
        known["sort"] = sort if sort in SORTS and (sort != "relevance" or self.asked.text) else usual
        return known, problems

    def chosen(self, name):
        """The values ticked in one facet, in the order asked for."""
        return self.data.getlist(name)

    @property
    def sorting(self):
        return self.data["sort"]

    def _usual_sort(self):
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
        labels = {name: {value: label for value, label, _ in self.index.options[name]} for name in FACETS}
        return [(name, value, labels[name][value]) for name in FACETS for value in self.chosen(name)]

    @property
    def unfiltered(self):
        """The address of the same search without any filter."""
        return self.query(**{name: [] for name in FACETS})

    def entries_without(self, left_out=None):
        """The entries that all facets but this one let through, as a set of bits of the index."""
        entries = self.matched
        for name in FACETS:
            if name != left_out and (ticked := self.chosen(name)):
                entries &= (self.index.all_of if name == "has" else self.index.any_of)(name, ticked)
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
    def total(self):
        """How many entries the list has."""
        return self.entries_without().bit_count()

    def searched(self, queryset, _name, _value):
        return matching(queryset, self.asked)

    def sorted_by(self, queryset, _name, value):
        if value == "relevance":
            return ranked(queryset, self.asked)
        return ORDERS[value](queryset)

    def page(self, start, stop):
        """The entries of `qs` from place `start` to before `stop`, ready for their cards. Places come from memory."""
        entries = self.entries_without()
        if self.sorting == "relevance":
            keys = self.index.best(entries, self.scores, start, stop)
        else:
            keys = self.index.page(entries, self.sorting, start, stop)
        return Submission.objects.published().for_listing().with_keys(keys)

    def query(self, **changes):
        """The address of this list (“?q=jobs&theme=housing&…”) with some values changed; page 1 unless said."""
        params = QueryDict(mutable=True)
        usual = self._usual_sort()
        single = {"q": self.asked.text, "exact": "1" if self.asked.exact else "", "sort": self.sorting, "page": 1}
        single |= {name: value for name, value in changes.items() if name in single}
        for name in FACETS:
            if values := changes.get(name, self.chosen(name)):
                params.setlist(name, values)
        for name, value in single.items():
            if value and (name, value) not in (("sort", usual), ("page", 1)):
                params[name] = value
        return f"?{params.urlencode()}" if params else "."
