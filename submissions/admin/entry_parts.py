"""What stands inside an entry's form: its contacts, its figures, people's words, documents and links."""

from spotlight.desk.base import DeskInline
from submissions.models import OutcomeMetric, SubmissionContact, SupportingItem, Voice


class Part(DeskInline):
    classes = ["collapse"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "position":
            field.label = "Place"
            field.help_text = "1 stands first."
        return field


class ContactInline(Part):
    model = SubmissionContact
    verbose_name_plural = "contacts"
    autocomplete_fields = ["contact"]
    fields = [("contact", "position")]
    classes = []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "contact":
            field.help_text = (
                "Type a few letters of the name. The pencil opens the person's own record, "
                "and what you change there changes on every entry that names them."
            )
        return field


class MetricInline(Part):
    model = OutcomeMetric
    fields = [
        ("figure", "label"),
        "quote",
        ("kind", "status", "position"),
        ("value", "unit", "comparator", "period"),
    ]


class VoiceInline(Part):
    model = Voice
    fields = ["quote", ("speaker", "position")]


class SupportingItemInline(Part):
    model = SupportingItem
    verbose_name = "document or link"
    verbose_name_plural = "documents and links"
    fields = ["title", ("url", "position")]
