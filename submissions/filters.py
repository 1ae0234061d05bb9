"""The one filter behind the list page, its counts and every download of the list."""

import django_filters
from django.db.models import Min
from django.http import QueryDict
from django.utils.functional import cached_property

from submissions.facet_index import current_index
from submissions.facets import FACETS

SORTS = {"newest": "Newest first", "title": "Title, A to Z", "borough": "Borough, A to Z"}


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
    """Filters from a query string. A value nobody knows is left out and told in `problems`, one sentence each."""

    theme = AnyOf(field_name="theme")
    borough = AnyOf(field_name="borough")
    category = AnyOf(field_name="category")
    partner = AnyOf(field_name="partner")
    has = AllOf(field_name="has")
    sort = django_filters.ChoiceFilter(choices=tuple(SORTS.items()), method="sorted_by")

    def __init__(self, data, queryset):
        self.index = current_index()
        known, self.problems = self._known_values(data)
        super().__init__(known, queryset)
        for name, choices in self.index.options.items():
            self.filters[name].extra["choices"] = [(value, label) for value, label, _ in choices]

    def _known_values(self, data):
        known, problems = QueryDict(mutable=True), []
        for name, choices in self.index.options.items():
            values = {value for value, _, _ in choices}
            asked = list(dict.fromkeys(filter(None, data.getlist(name))))
            known.setlist(name, [value for value in asked if value in values])
            problems += [f"There is no {name} “{value}”. It was left out." for value in asked if value not in values]
        sort = data.get("sort") or "newest"
        if sort not in SORTS:
            problems.append(f"The list cannot be sorted by “{sort}”. It shows the newest first.")
            sort = "newest"
        known["sort"] = sort
        return known, problems

    def chosen(self, name):
        """The values ticked in one facet, in the order asked for."""
        return self.data.getlist(name)

    @property
    def sorting(self):
        return self.data["sort"]

    @property
    def is_narrowed(self):
        """Whether anything is ticked."""
        return any(self.chosen(name) for name in FACETS)

    def entries_without(self, left_out=None):
        """The entries that all facets but this one let through, as a set of bits of the index."""
        entries = self.index.everything
        for name in FACETS:
            if name != left_out and (ticked := self.chosen(name)):
                entries &= (self.index.all_of if name == "has" else self.index.any_of)(name, ticked)
        return entries

    @cached_property
    def total(self):
        """How many entries the list has."""
        return self.entries_without().bit_count()

    def sorted_by(self, queryset, _name, value):
        if value == "title":
            return queryset.by_title()
        if value == "borough":
            return queryset.annotate(first_borough=Min("boroughs__name")).order_by(
                "first_borough", "-published_on", "pk"
            )
        return queryset.newest_first()

    def query(self, **changes):
        """The address of this list (“?theme=housing&…”) with some values changed; page 1 unless said."""
        params = QueryDict(mutable=True)
        for name in FACETS:
            params.setlist(name, changes.get(name, self.chosen(name)))
        if (sort := changes.get("sort", self.sorting)) != "newest":
            params["sort"] = sort
        if changes.get("page", 1) != 1:
            params["page"] = changes["page"]
        return f"?{params.urlencode()}" if params else "."
