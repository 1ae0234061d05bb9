"""A section of a survey, at LIIA's desk: its themes lead from a need to the practice that answers it."""

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField

from boroughs.desk import DeskAdmin
from submissions.admin.groups import AtAnAddress
from survey.admin.parts import (
    ConsiderationInline,
    GrowthIdeaInline,
    HeadlineInline,
    LastingAddress,
    NamedBoroughInline,
    Part,
)
from survey.models import Consideration, Section, Statistic


class StatisticInline(Part):
    model = Statistic
    verbose_name_plural = "its figure"
    fields = [("figure", "percent"), ("count", "base"), "note"]
    classes = []
    max_num = 1


@admin.register(Section)
class SectionAdmin(LastingAddress, AtAnAddress):
    purpose = "The parts of a survey. Their themes decide which entries are shown as an answer to them."
    address_fields = ["survey", "slug"]
    list_display = ["title", "survey", "position", "theme_names"]
    list_select_related = ["survey"]
    search_fields = ["title", "heading"]
    fieldsets = [
        (None, {"fields": ["survey", "position", "title", "heading", "slug"]}),
        ("What answers it", {"fields": ["themes"]}),
        ("What could be grown", {"fields": ["growth_lead"]}),
    ]
    formfield_overrides = DeskAdmin.formfield_overrides | {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    inlines = [HeadlineInline, NamedBoroughInline, ConsiderationInline, GrowthIdeaInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("themes")

    @admin.display(description="themes")
    def theme_names(self, section):
        return ", ".join(theme.name for theme in section.themes.all()) or "None: no entry answers it"


@admin.register(Consideration)
class ConsiderationAdmin(DeskAdmin):
    purpose = "The findings of each section. Here their figures and the notes on contradictions are worded."
    list_display = ["text", "section", "statistic_said", "note"]
    list_select_related = ["section", "statistic"]
    list_filter = ["section"]
    search_fields = ["text"]
    search_help_text = "Search by the words of the finding."
    fields = ["section", "position", "group", "text"]
    inlines = [StatisticInline]

    @admin.display(description="figure")
    def statistic_said(self, consideration):
        return str(getattr(consideration, "statistic", "–"))

    @admin.display(description="note")
    def note(self, consideration):
        return getattr(getattr(consideration, "statistic", None), "note", "") or "–"
