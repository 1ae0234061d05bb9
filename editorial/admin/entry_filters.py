"""The choices beside the list of entries. Only what some entry has is offered."""

from django.contrib import admin
from django.db.models import Q

from boroughs.models import Borough
from editorial.models import Plan
from submissions.models import Category, Doubt, Theme


class ByRecord(admin.SimpleListFilter):
    """Entries linked to one record, named by its slug. `entries`: the way from the record to its entries."""

    model = None
    entries = "submissions"

    def lookups(self, request, model_admin):
        used = self.model.objects.filter(**{f"{self.entries}__isnull": False})
        return used.values_list("slug", "name").distinct()

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(pk__in=self.model.objects.filter(slug=self.value()).values(self.entries))


class ByTheme(ByRecord):
    title = parameter_name = "theme"
    model = Theme
    entries = "themed__content_object"


class ByBorough(ByRecord):
    title = parameter_name = "borough"
    model = Borough


class ByCategory(ByRecord):
    title = parameter_name = "category"
    model = Category


class ByPlan(admin.SimpleListFilter):
    title = "plans"
    parameter_name = "plan"

    def lookups(self, request, model_admin):
        return [("open", "Something is planned")]

    def queryset(self, request, queryset):
        planned = Plan.objects.open().values("submission")
        return queryset.filter(pk__in=planned) if self.value() == "open" else queryset


class ByDoubt(admin.SimpleListFilter):
    title = "open doubts"
    parameter_name = "doubts"

    def lookups(self, request, model_admin):
        return [("open", "With open doubts"), ("none", "Without")]

    def queryset(self, request, queryset):
        doubtful = Q(pk__in=Doubt.objects.open().filter(submission__isnull=False).values("submission"))
        return {"open": queryset.filter(doubtful), "none": queryset.filter(~doubtful)}.get(self.value(), queryset)
