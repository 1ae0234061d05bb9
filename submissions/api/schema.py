"""The API's description in OpenAPI 3.1, and the page that is drawn from it.

A table's columns as serializers describe the answers; the rows themselves come from the table.
"""

import json

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework import serializers

from submissions.exports import licence
from submissions.exports.formats import plain_value
from submissions.exports.table import Kind
from submissions.exports.tables import TABLES
from submissions.facets import current_index
from submissions.filters import SORTS
from submissions.models import Submission
from submissions.sharing.addresses import absolute

JSON = {"ensure_ascii": False, "indent": 1}
SHOWN = 8  # values of a parameter on the page; the description has all
FIELDS = {
    Kind.WHOLE: serializers.IntegerField,
    Kind.NUMBER: serializers.FloatField,
    Kind.TEXT: serializers.CharField,
    Kind.LIST: lambda **options: serializers.ListField(child=serializers.CharField(), **options),
    Kind.DATE: serializers.DateField,
    Kind.TIME: serializers.DateTimeField,
    Kind.ADDRESS: serializers.URLField,
}


def described(name, columns):
    """A serializer class with one field for each column."""
    fields = {c.name: FIELDS[c.kind](help_text=c.meaning, allow_null=c.optional) for c in columns}
    return type(name, (serializers.Serializer,), fields)


ROWS = {name: described(f"{name.title()}Row", table.columns) for name, table in TABLES.items()}


def page_serializer(name):
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


PAGES = {name: page_serializer(name) for name in TABLES}


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


def description():
    """The whole description, with the values each filter takes today."""
    return SchemaGenerator().get_schema(request=None, public=True)


def with_known_values(result, **_):
    """Hook of drf-spectacular: what a filter takes is listed, as the list page lists it; and an entry that is there."""
    values = {name: [slug for slug, _, _ in options] for name, options in current_index().options.items()}
    for path in result["paths"].values():
        for parameter in path["get"].get("parameters", []):
            if parameter["name"] == "sort":
                parameter["schema"]["enum"] = list(SORTS)
            elif parameter["name"] == "slug" and (newest := Submission.objects.published().newest_first().first()):
                parameter["example"] = newest.slug
            elif known := values.get(parameter["name"]):
                parameter["schema"]["items"]["enum"] = known
                parameter["example"] = known[:1]
    return result


@require_safe
def openapi(request):
    return JsonResponse(description(), json_dumps_params=JSON)


@require_safe
def documentation(request):
    """The description for people: every address with its parameters, answers and an example."""
    schema = description()
    context = {
        "operations": [_operation(path, methods["get"]) for path, methods in schema["paths"].items()],
        "about": schema["info"]["description"],
        "rate": settings.API_RATE.replace("/", " requests a "),
        "licence": licence,
        "site": absolute(""),
    }
    return render(request, "submissions/api.html", context)


def _operation(path, operation):
    answers = operation["responses"]
    example = answers["200"]["content"]["application/json"].get("examples", {})
    return {
        "path": path,
        "summary": operation["summary"],
        "about": operation["description"],
        "parameters": [_parameter(parameter) for parameter in operation.get("parameters", [])],
        "answers": [(status, answer.get("description")) for status, answer in answers.items()],
        "example": next((json.dumps(e["value"], default=plain_value, **JSON) for e in example.values()), ""),
    }


def _parameter(parameter):
    schema = parameter["schema"]
    values = schema.get("items", schema).get("enum", [])
    wording = "any words"
    if parameter["in"] == "path":
        wording = f"such as {parameter.get('example', 'kickstart-futures')}"
    elif schema["type"] == "integer":
        wording = f"from 1 to {schema['maximum']}" if "maximum" in schema else "from 1"
    return {
        "name": parameter["name"],
        "about": parameter.get("description", "The last part of the entry’s address."),
        "values": values[:SHOWN],
        "more": len(values[SHOWN:]),
        "wording": wording,
    }
