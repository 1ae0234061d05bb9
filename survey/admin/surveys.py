"""A survey's own words about itself, at LIIA's desk."""

from django.contrib import admin

from submissions.admin.groups import AtAnAddress
from survey.admin.parts import LastingAddress
from survey.models import Survey


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
