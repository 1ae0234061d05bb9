"""Surveys at LIIA's desk: the texts of a survey, a section, a question and a finding."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ManyToManyField, TextField

from spotlight.desk.base import DeskAdmin, Part
from submissions.admin.groups import AtAnAddress
from survey.models import (
    Consideration,
    GrowthIdea,
    Headline,
    NamedBorough,
    Option,
    Question,
    SampleResponse,
    Section,
    Statistic,
    Survey,
)


class LastingAddress:
    """For a form of the desk: what makes the address of a page stays as it was first saved, so that links last."""

    address_fields = ["slug"]

    def get_readonly_fields(self, request, obj=None):
        lasting = self.address_fields if obj else []
        return [*super().get_readonly_fields(request, obj), *lasting]


class OptionInline(Part):
    model = Option
    fields = ["position", "text", "count", "parts", "note"]
    classes = []


class SampleResponseInline(Part):
    model = SampleResponse
    fields = ["position", "text"]


class ConsiderationInline(Part):
    """Its figure, and the note on it, has a form of its own: a consideration need not have one."""

    model = Consideration
    verbose_name_plural = "key considerations"
    fields = ["position", "group", "text"]


class GrowthIdeaInline(Part):
    model = GrowthIdea
    verbose_name_plural = "what could be grown"
    fields = ["position", "text"]


class HeadlineForm(forms.ModelForm):
    class Meta:
        model = Headline
        fields = ["position", "sentence", "quote", "themes", "question", "consideration"]
        widgets = {"themes": forms.CheckboxSelectMultiple, "quote": forms.Textarea(attrs={"rows": 2, "cols": 80})}

    def clean(self):
        """What a line rests on must be words of its section."""
        cleaned = super().clean()
        section, quote = cleaned.get("section"), cleaned.get("quote")
        if section and section.pk and quote and not section.says(quote):
            message = "No answer, consideration or idea of this section says these words. Copy them exactly."
            raise ValidationError({"quote": message})
        return cleaned


class HeadlineInline(Part):
    model = Headline
    form = HeadlineForm
    verbose_name = "line to quote"
    verbose_name_plural = "lines to quote on entries and themes"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Questions and considerations of this section only."""
        if db_field.name in ("question", "consideration"):
            model = {"question": Question, "consideration": Consideration}[db_field.name]
            kwargs["queryset"] = model.objects.filter(section=request.resolver_match.kwargs.get("object_id"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NamedBoroughInline(Part):
    model = NamedBorough
    fields = ["borough", "quote"]
    autocomplete_fields = ["borough"]


@admin.register(Survey)
class SurveyAdmin(LastingAddress, AtAnAddress):
    purpose = "What London's authorities answered in one year, and how many of them did."
    address_fields = ["year"]
    list_display = ["name", "year", "who_answered"]
    fieldsets = [
        (None, {"fields": ["year", "name", "title"]}),
        (
            "Who answered",
            {"fields": ["responses_printed", "fewest_responses", "most_responses", "responses_note", "contents_note"]},
        ),
    ]


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


@admin.register(Question)
class QuestionAdmin(LastingAddress, AtAnAddress):
    purpose = "What was asked, with the answers and their numbers as printed."
    address_fields = ["section", "slug"]
    list_display = ["text", "section", "position", "base"]
    list_select_related = ["section"]
    list_filter = ["section"]
    search_fields = ["text"]
    search_help_text = "Search by the words of the question."
    fields = ["section", "position", "slug", "introduced_as", "text", "base"]
    formfield_overrides = DeskAdmin.formfield_overrides | {
        TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 80})}
    }
    inlines = [OptionInline, SampleResponseInline]
