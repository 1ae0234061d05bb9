"""Words at LIIA's desk: what readers may call a thing, and what they searched for in vain."""

from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from spotlight.desk.base import DeskAdmin
from submissions.models import FailedSearch, GlossaryTerm


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
    list_display = ["text", "day", "count", "add_word"]
    list_filter = ["day"]
    search_fields = ["text"]
    list_display_links = None

    @admin.display(description="add the word")
    def add_word(self, search):
        address = f"{reverse('admin:submissions_glossaryterm_add')}?{urlencode({'term': search.text, 'shown': ''})}"
        return format_html('<a href="{}">Add “{}” to the words</a>', address, search.text)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
