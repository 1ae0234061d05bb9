"""How entries are grouped, at LIIA's desk: themes, partners, categories and rounds."""

from django.contrib import admin
from django.db.models import Count

from boroughs.desk import DeskAdmin, DeskFields, KeptWhileUsed
from submissions.admin.rich_text import RichText, RichTextAdmin, RichTextForm
from submissions.models import Administrator, BoroughMention, Category, Partner, Round, Theme


class Counted(DeskAdmin):
    """Shows beside each record how many entries have it, drafts included."""

    entries = "submissions"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n_entries=Count(self.entries))

    @admin.display(description="entries", ordering="n_entries")
    def number_of_entries(self, record):
        return record.n_entries


@admin.register(Theme)
class ThemeAdmin(Counted):
    purpose = "The ways in by subject, in LIIA's own words."
    entries = "themed"
    list_display = ["name", "description", "number_of_entries", "order"]
    search_fields = ["name", "description"]
    ordering = ["order", "name"]
    fields = ["name", "slug", "description", "order"]
    prepopulated_fields = {"slug": ["name"]}

    def get_form(self, request, obj=None, **kwargs):
        kwargs["help_texts"] = {
            "name": "The words a reader would look for.",
            "slug": "The last part of the theme's address. Every earlier address keeps working.",
        }
        return super().get_form(request, obj, **kwargs)

    def view_on_site(self, theme):
        return theme.get_absolute_url()


@admin.register(Partner)
class PartnerAdmin(KeptWhileUsed, Counted):
    purpose = "Organisations that worked on entries. One record for each, however its name is spelt."
    list_display = ["name", "other_spellings", "number_of_entries"]
    search_fields = ["name", "aliases"]
    search_help_text = "Search by name or another spelling."
    fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}

    def entries_naming(self, partner):
        return list(partner.submissions.all())

    @admin.display(description="other spellings")
    def other_spellings(self, partner):
        return ", ".join(partner.aliases) or "–"


@admin.register(Round)
class RoundAdmin(Counted):
    purpose = "The calls for submissions, such as the 2024 round."
    list_display = ["name", "year", "number_of_entries"]


class AdministratorInline(DeskFields, admin.StackedInline):
    model = Administrator
    verbose_name = "person at LIIA"
    verbose_name_plural = "people at LIIA whom the page names"
    fields = ["name", "role", "email"]
    extra = 0


class MentionInline(DeskFields, admin.StackedInline):
    model = BoroughMention
    fields = ["printed", "borough", "delivery_body", "sentence"]
    autocomplete_fields = ["borough"]
    classes = ["collapse"]
    extra = 0


class CategoryForm(RichTextForm):
    introduction = RichText(help_text="LIIA's introduction to the submissions, as published.")

    class Meta:
        model = Category
        fields = ["number", "title", "name", "slug", "scope", "sponsor", "panel", "introduction", "sign_off"]
        help_texts = {
            "title": "The category's name in full, as its page prints it.",
            "sponsor": "Who sponsored the category, in a sentence.",
            "slug": "The last part of the category's address. Every earlier address keeps working.",
        }


@admin.register(Category)
class CategoryAdmin(Counted, RichTextAdmin):
    purpose = "LIIA's pages of submissions: their introductions, and whom readers can ask."
    form = CategoryForm
    inlines = [AdministratorInline, MentionInline]
    list_display = ["title", "number", "name", "number_of_entries"]
    search_fields = ["title", "name"]

    def view_on_site(self, category):
        return category.get_absolute_url()
