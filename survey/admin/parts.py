"""What stands inside the form of a section or a question."""

from django import forms
from django.core.exceptions import ValidationError

from submissions.admin.entry_parts import Part
from survey.models import Consideration, GrowthIdea, Headline, NamedBorough, Option, Question, SampleResponse


class LastingAddress:
    """For a form of the desk: what makes the address of a page stays as it was first saved, so that links last."""

    address_fields = ["slug"]

    def get_readonly_fields(self, request, obj=None):
        kept = self.address_fields if obj else []
        return [*super().get_readonly_fields(request, obj), *kept]


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
