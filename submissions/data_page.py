"""The data page: every file with its columns, change log and licence, and lines to paste into Excel and Power BI."""

import json

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from submissions.exports import licence
from submissions.exports.downloads import WRITERS
from submissions.exports.other_files import OTHER_FILES
from submissions.exports.power_query import power_query
from submissions.exports.tables import TABLES

FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "atom": "Atom feed"}
_INSIDE_SCRIPT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@require_safe
def data_page(request):
    site = settings.SITE_URL.rstrip("/")
    tables = [
        {
            "table": table,
            "files": [(FORMATS[form], path, site + path) for form, path in table.addresses()],
            "csv": f"{site}/{table.path}.csv",
            "power_query": power_query(f"{site}/{table.path}.csv", table.columns),
        }
        for table in TABLES.values()
    ]
    context = {
        "tables": tables,
        "others": OTHER_FILES,
        "licence": licence,
        "datasets": _script(_datasets(site)),
    }
    return render(request, "submissions/data.html", context)


def _datasets(site):
    """Each table as a schema.org Dataset, for search engines that list open data."""
    return {"@context": "https://schema.org", "@graph": [_dataset(site, table) for table in TABLES.values()]}


def _dataset(site, table):
    page = site + reverse("data")
    return {
        "@type": "Dataset",
        "@id": f"{page}#{table.name}",
        "name": f"Practice Spotlight: {table.title.lower()}",
        "description": f"{table.about} Part of Practice Spotlight: examples of practice from London’s authorities.",
        "url": f"{page}#{table.name}",
        "license": licence.ADDRESS,
        "creditText": licence.CREDIT,
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "spatialCoverage": "London",
        "creator": {"@type": "Organization", "name": "London Innovation and Improvement Alliance (LIIA)"},
        "dateModified": max(change.day for change in table.changes).isoformat(),
        "variableMeasured": [column.name for column in table.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": FORMATS[form],
                "encodingFormat": WRITERS[form][1].partition(";")[0],
                "contentUrl": site + path,
            }
            for form, path in table.addresses()
        ],
    }


def _script(data):
    """JSON that cannot end the script element it stands in."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_INSIDE_SCRIPT))  # noqa: S308
