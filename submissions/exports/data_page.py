"""The data page: every file with its columns, change log and licence, and lines to paste into Excel and Power BI."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from spotlight.wording import ALLIANCE
from submissions.exports import licence
from submissions.exports.downloads import WRITERS
from submissions.exports.tables import TABLES
from submissions.sharing.addresses import absolute
from submissions.sharing.citations import as_script

FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON", "atom": "Atom feed"}
COVERAGE_COLUMNS = (
    ("Borough", "text", "The local authority; in the last row “All boroughs”."),
    ("one for each theme", "whole number", "How many entries the borough has on the theme, joint ones included."),
    ("All entries", "whole number", "How many entries the borough has, each counted once."),
)
SURVEY_COLUMNS = (
    ("question", "text", "The question as it was asked."),
    ("answer", "text", "The answer as it was printed or grouped."),
    ("authorities", "whole number", "How many authorities gave it."),
    ("base", "text", "How many authorities were asked or answered."),
    ("note", "text", "What to know when reading the number."),
)
# What other pages draw: `address` is the name of its address, `wording` the words of the link to it.
OTHER_FILES = (
    {
        "name": "coverage",
        "title": "Coverage",
        "about": "Boroughs by themes: how many entries each has, empty squares included.",
        "address": "coverage_csv",
        "wording": "Coverage as CSV",
        "columns": COVERAGE_COLUMNS,
    },
    {
        "name": "survey",
        "title": "Survey",
        "about": "What the boroughs told LIIA. Each question has a file of its own, on its page.",
        "address": "surveys",
        "wording": "The survey’s questions, each with its CSV",
        "columns": SURVEY_COLUMNS,
    },
)


@require_safe
def data_page(request):
    tables = [
        {
            "table": table,
            "files": [(FORMATS[form], path, absolute(path)) for form, path in table.addresses()],
            "csv": absolute(f"/{table.path}.csv"),
            "power_query": power_query(absolute(f"/{table.path}.csv"), table.columns),
        }
        for table in TABLES.values()
    ]
    context = {
        "tables": tables,
        "others": OTHER_FILES,
        "licence": licence,
        "datasets": as_script({"@graph": [_dataset(table) for table in TABLES.values()]}),
    }
    return render(request, "submissions/data.html", context)


def _dataset(table):
    """A table as a schema.org Dataset, for search engines that list open data."""
    page = absolute(reverse("data"))
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
        "creator": {"@type": "Organization", "name": f"{ALLIANCE} (LIIA)"},
        "dateModified": max(change.day for change in table.changes).isoformat(),
        "variableMeasured": [column.name for column in table.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": FORMATS[form],
                "encodingFormat": WRITERS[form][1].partition(";")[0],
                "contentUrl": absolute(path),
            }
            for form, path in table.addresses()
        ],
    }


def power_query(address, columns):
    """Lines for Power BI or Excel's advanced editor, in their language M: the CSV file at `address`, with types."""
    types = ",\n".join(f"        {{{_quoted(column.name)}, {column.kind.power_query}}}" for column in columns)
    return f"""let
    File = Csv.Document(
        Web.Contents({_quoted(address)}),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Rows = Table.PromoteHeaders(File, [PromoteAllScalars = true]),
    Typed = Table.TransformColumnTypes(Rows, {{
{types}
    }}, "en-GB")
in
    Typed"""


def _quoted(value):
    return '"' + value.replace('"', '""') + '"'
