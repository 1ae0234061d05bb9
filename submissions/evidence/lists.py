"""What the pages of figures and of voices have in common: choices that are told when unknown, and pages."""

import django_filters

from boroughs.models import Borough
from submissions.facet_index import current_index
from submissions.models import Theme
from submissions.paging import page_of

PAGE_SIZE = 30


class EvidenceFilter(django_filters.FilterSet):
    """Evidence by the theme and borough of its entry. `problems` says, a sentence each, which values nobody knows;
    those are left out."""

    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(),
        field_name="submission__themes",
        to_field_name="slug",
        label="Theme",
        empty_label="Any",
    )
    borough = django_filters.ModelChoiceFilter(
        queryset=Borough.objects.all(),
        field_name="submission__boroughs",
        to_field_name="slug",
        label="Borough",
        empty_label="Any",
    )

    def __init__(self, data, queryset):
        """An earlier slug, or a value in capitals, counts as the present one, as on the list."""
        meant, index = data.copy(), current_index()
        for name in ("theme", "borough"):
            if value := index.present(name, data.get(name, "")):
                meant[name] = value
        for name in ("kind", "sort"):
            if name in data:
                meant[name] = data[name].lower()
        super().__init__(meant, queryset)

    @property
    def problems(self):
        asked = [(name, self.data.get(name, "")) for name in self.form.errors]
        return [f"There is no {name} “{value[:60]}”. It was left out." for name, value in asked]

    @property
    def is_narrowed(self):
        return any(value for name, value in self.form.cleaned_data.items() if name != "sort")

    @property
    def query(self):
        """The parameters as an address carries them, without the page."""
        params = self.data.copy()
        params.pop("page", None)
        return params.urlencode()


def evidence_page(queryset, request):
    """One page; a number out of range is not found."""
    return page_of(queryset, PAGE_SIZE, request.GET.get("page", ""))
