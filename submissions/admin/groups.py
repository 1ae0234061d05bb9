"""How entries are grouped and found, at LIIA's desk: themes, partners, categories, rounds, old addresses and words.

Words are what readers may call a thing, and what they searched for in vain.
"""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.html import format_html

from spotlight.desk.base import DeskAdmin, DeskInline
from submissions.admin.rich_text import RichText, RichTextAdmin, RichTextForm
from submissions.models import (
    Administrator,
    BoroughMention,
    Category,
    FailedSearch,
    GlossaryTerm,
    OldAddress,
    Partner,
    Round,
    Submission,
    Theme,
)
from submissions.models.old_addresses import trimmed


class AtAnAddress(DeskAdmin):
    """Records with a page of their own: an old address that leads to it uses it."""

    def other_users(self, record):
        address = record.get_absolute_url()
        if "#" in address:  # a place on the page of another record
            return []
        here = trimmed(address)
        return [old for old in OldAddress.objects.all() if trimmed(old.target).partition("?")[0] == here]

    def view_on_site(self, record):
        return record.get_absolute_url()


class Counted(DeskAdmin):
    """Shows beside each record how many entries have it, drafts included."""

    entries = "submissions"
    discarded = {"submissions__status": Submission.Status.DISCARDED}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(n_entries=Count(self.entries, filter=~Q(**self.discarded)))

    @admin.display(description="entries", ordering="n_entries")
    def number_of_entries(self, record):
        return record.n_entries


@admin.register(Theme)
class ThemeAdmin(AtAnAddress, Counted):
    purpose = "The ways in by subject, in LIIA's own words."
    not_uses = ("former_slugs",)
    moves_to = "another theme"
    entries = "themed"
    discarded = {"themed__content_object__status": Submission.Status.DISCARDED}
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


@admin.register(Partner)
class PartnerAdmin(Counted):
    purpose = "Organisations that worked on entries. One record for each, however its name is spelt."
    moves_to = "another partner"
    list_display = ["name", "other_spellings", "number_of_entries"]
    search_fields = ["name", "aliases"]
    search_help_text = "Search by name or another spelling."
    fields = ["name", "slug", "aliases"]
    prepopulated_fields = {"slug": ["name"]}

    @admin.display(description="other spellings")
    def other_spellings(self, partner):
        return ", ".join(partner.aliases) or "–"


@admin.register(Round)
class RoundAdmin(Counted):
    purpose = "The calls for submissions, such as the 2024 round."
    moves_to = "another round"
    list_display = ["name", "year", "number_of_entries"]


class AdministratorInline(DeskInline):
    model = Administrator
    verbose_name = "person at LIIA"
    verbose_name_plural = "people at LIIA whom the page names"
    fields = ["name", "role", "email"]


class MentionInline(DeskInline):
    model = BoroughMention
    fields = ["printed", "borough", "delivery_body", "sentence"]
    autocomplete_fields = ["borough"]
    classes = ["collapse"]


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
class CategoryAdmin(AtAnAddress, Counted, RichTextAdmin):
    purpose = "LIIA's pages of submissions: their introductions, and whom readers can ask."
    not_uses = ("former_slugs",)
    moves_to = "another category"
    form = CategoryForm
    inlines = [AdministratorInline, MentionInline]
    list_display = ["title", "number", "name", "number_of_entries"]
    search_fields = ["title", "name"]


@admin.register(OldAddress)
class OldAddressAdmin(DeskAdmin):
    purpose = "Addresses of LIIA's former pages that people still have, and where they lead on this site."
    list_display = ["path", "target"]
    search_fields = ["path", "target"]
    search_help_text = "Search by a part of either address."


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(DeskAdmin):
    purpose = "Words that mean the same to a search, and plain English for readers. An edit counts at the next search."
    list_display = ["term", "label", "expansion", "other_words", "shown"]
    list_filter = ["shown"]
    search_fields = ["term", "shown_as", "expansion", "synonyms"]
    search_help_text = "Search by the term or any of its other words."
    fields = ["term", "shown_as", "expansion", "definition", "synonyms", "also", "meanings", "shown"]

    @admin.display(description="other words")
    def other_words(self, term):
        return ", ".join(term.synonyms) or "–"


@admin.register(FailedSearch)
class FailedSearchAdmin(DeskAdmin):
    purpose = "What readers looked for and did not find. A missing word is added with one click."
    never = ("add", "change")
    list_display = ["text", "day", "count", "add_word"]
    list_filter = ["day"]
    search_fields = ["text"]
    list_display_links = None

    @admin.display(description="add the word")
    def add_word(self, search):
        address = f"{reverse('admin:submissions_glossaryterm_add')}?{urlencode({'term': search.text, 'shown': ''})}"
        return format_html('<a href="{}">Add “{}” to the words</a>', address, search.text)
