"""A table's columns as serializers: they describe the answers in OpenAPI; the rows themselves come from the table."""

from rest_framework import serializers

from submissions.exports.table import Kind
from submissions.exports.tables import TABLES

FIELDS = {
    Kind.WHOLE: serializers.IntegerField,
    Kind.NUMBER: serializers.FloatField,
    Kind.TEXT: serializers.CharField,
    Kind.LIST: lambda **told: serializers.ListField(child=serializers.CharField(), **told),
    Kind.DATE: serializers.DateField,
    Kind.TIME: serializers.DateTimeField,
    Kind.ADDRESS: serializers.URLField,
}


def described(name, columns):
    """A serializer class with one field for each column."""
    fields = {c.name: FIELDS[c.kind](help_text=c.meaning, allow_null=c.optional) for c in columns}
    return type(name, (serializers.Serializer,), fields)


ROWS = {name: described(f"{name.title()}Row", table.columns) for name, table in TABLES.items()}


def page_of(name):
    """The serializer of one page of a table."""
    return type(
        f"{name.title()}Page",
        (serializers.Serializer,),
        {
            "count": serializers.IntegerField(help_text="How many there are on all pages."),
            "next": serializers.URLField(allow_null=True, help_text="The next page, or null on the last."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before, or null on the first."),
            "results": ROWS[name](many=True),
        },
    )


PAGES = {name: page_of(name) for name in TABLES}


class Quotation(serializers.Serializer):
    quote = serializers.CharField(help_text="The words exactly as published.")
    speaker = serializers.CharField(allow_null=True, help_text="As the page says it, never more.")


class SupportingLink(serializers.Serializer):
    title = serializers.CharField()
    url = serializers.URLField(allow_null=True, help_text="Null where a document is named but was not supplied.")


class Entry(ROWS["entries"]):
    """An entry with its whole text. Whom to call stands on its own page, `url`, only."""

    text_html = serializers.CharField(help_text="The authority’s own text as sanitised HTML.")
    text_plain = serializers.CharField(help_text="The same as plain text, one line per paragraph.")
    supporting_html = serializers.CharField(help_text="Supporting information as sanitised HTML.")
    supporting_plain = serializers.CharField(help_text="The same as plain text.")
    outcomes = ROWS["outcomes"](many=True, help_text="Confirmed figures with their sentences.")
    voices = Quotation(many=True, help_text="People’s own words.")
    supporting_items = SupportingLink(many=True, help_text="Documents and pages that the entry names.")


class Problem(serializers.Serializer):
    error = serializers.CharField(help_text="What is wrong and what to do, in a sentence.")
