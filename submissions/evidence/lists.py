"""What the pages of figures and of voices have in common: choices that are told when unknown, and pages."""

import django_filters
from django.core.paginator import Paginator
from django.http import Http404

from boroughs.models import Borough
from submissions.models import Theme

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


def page_of(queryset, request):
    """One page; a number out of range is not found."""
    paginator, number = Paginator(queryset, PAGE_SIZE), request.GET.get("page") or "1"
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= paginator.num_pages):
        raise Http404(f"This list has {paginator.num_pages} pages, and “{number[:20]}” is none of them.")
    return paginator.page(int(number))
