"""The form of an entry: what each field is for. Its state is changed by buttons, not by a field."""

from django import forms

from submissions.admin.rich_text import RichText, RichTextForm
from submissions.entry_fields import ABOUT, BELONGS, FIELDS, WHOSE, WORDS
from submissions.models import Submission, Theme

NOTES = {WORDS: "The words are the authority's own. Correct what the authority asks for, and no more."}
FIELDSETS = [
    (None, {"fields": ["title", "slug"]}),
    *(
        (group, {"description": NOTES.get(group), "fields": [field.name for field in FIELDS if field.group == group]})
        for group in (BELONGS, WHOSE, WORDS, ABOUT)
    ),
]
# Shown once the entry exists, before the fields that a person fills in and after them.
DOUBTS = ("Doubts to settle", {"fields": ["doubts_of"]})
BACKGROUND = (
    "Where this comes from",
    {"classes": ["collapse"], "fields": ["evidence_of_themes", "earlier_addresses", "published_on", "changed_at"]},
)


class SubmissionForm(RichTextForm):
    # Not taggit's own field: that one splits a name at every blank.
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every theme that a reader would expect this entry under. Most entries have two to four.",
    )
    summary = RichText(help_text="What the project is, in a few sentences. Its first sentence stands in lists.")
    body = RichText(label="Main text", help_text="The submission as the authority wrote it.")
    supporting = RichText(
        label="Supporting information",
        help_text="What the authority points to or adds. Documents and links have their own place below.",
    )

    class Meta:
        model = Submission
        fields = "__all__"
        widgets = {
            "boroughs": forms.CheckboxSelectMultiple,
            "categories": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": "The name of the project, without the name of the authority.",
            "round": "The call for submissions that the entry answered.",
            "categories": "The pages of LIIA's that the entry belongs to.",
            "boroughs": "Every local authority whose work this is.",
            "team": "The team or service that did the work, as the authority names it.",
            "partners": "Organisations that worked on it. Type a few letters. The plus sign adds one not yet there.",
        }

        error_messages = {
            "title": {"required": "An entry needs a title."},
            "slug": {
                "required": "An entry needs an address, such as “total-respect-training”.",
                "unique": "Another entry has this address already. Choose a different one.",
            },
            "round": {"required": "Choose the round that the entry belongs to."},
            "categories": {"required": "Tick at least one category, or readers will not find the entry."},
            "boroughs": {"required": "Tick at least one authority, or readers will not find the entry."},
        }
