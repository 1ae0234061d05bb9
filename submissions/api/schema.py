"""The API's description in OpenAPI 3.1, and the page that is drawn from it."""

import json

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from submissions.exports import licence
from submissions.exports.formats import plain_value
from submissions.facet_index import current_index
from submissions.filters import SORTS
from submissions.models import Submission

JSON = {"ensure_ascii": False, "indent": 1}
SHOWN = 8  # values of a parameter on the page; the description has all


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
    told = description()
    context = {
        "operations": [_operation(path, methods["get"]) for path, methods in told["paths"].items()],
        "about": told["info"]["description"],
        "rate": settings.API_RATE.replace("/", " requests a "),
        "licence": licence,
        "site": settings.SITE_URL.rstrip("/"),
    }
    return render(request, "submissions/api.html", context)


def _operation(path, told):
    answers = told["responses"]
    example = answers["200"]["content"]["application/json"].get("examples", {})
    return {
        "path": path,
        "summary": told["summary"],
        "about": told["description"],
        "parameters": [_parameter(parameter) for parameter in told.get("parameters", [])],
        "answers": [(status, answer.get("description")) for status, answer in answers.items()],
        "example": next((json.dumps(e["value"], default=plain_value, **JSON) for e in example.values()), ""),
    }


def _parameter(told):
    schema = told["schema"]
    values = schema.get("items", schema).get("enum", [])
    wording = "any words"
    if told["in"] == "path":
        wording = f"such as {told.get('example', 'kickstart-futures')}"
    elif schema["type"] == "integer":
        wording = f"from 1 to {schema['maximum']}" if "maximum" in schema else "from 1"
    return {
        "name": told["name"],
        "about": told.get("description", "The last part of the entry’s address."),
        "values": values[:SHOWN],
        "more": len(values[SHOWN:]),
        "wording": wording,
    }
