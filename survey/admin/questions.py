"""A question of a survey with its answers, at LIIA's desk."""

from django import forms
from django.contrib import admin
from django.db.models import TextField

from boroughs.desk import DeskAdmin
from submissions.admin.groups import AtAnAddress
from survey.admin.parts import LastingAddress, OptionInline, SampleResponseInline
from survey.models import Question


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
