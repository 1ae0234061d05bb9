"""The files' addresses: the list on screen with the same parameters, every small table whole, and the data page.

The data page names every file with its columns, change log and licence, and has lines to paste into Excel and Power BI.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Max
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from spotlight.wording import ALLIANCE
from submissions.exports import licence
from submissions.exports.entries import ENTRIES
from submissions.exports.formats import csv_file, feed, json_file, xlsx_file
from submissions.exports.table import Table, clean
from submissions.exports.tables import TABLES
from submissions.facets import Keys
from submissions.filters import SubmissionFilter
from submissions.list_titles import SITE, file_name, file_title
from submissions.models import Submission
from submissions.paging import page_of
from submissions.sharing.addresses import absolute
from submissions.sharing.citations import as_script
from submissions.version import current_version

WRITERS = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (json_file, "application/json"),
    "atom": (feed, "application/atom+xml; charset=utf-8"),
}
BEFORE_ANY_ENTRY = datetime(2024, 1, 1, tzinfo=UTC)
FEED_SIZE = 100  # entries in each part of a feed

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


def last_change_of_all():
    return Submission.objects.published().aggregate(last=Max("changed_at"))["last"]


@dataclass
class Download:
    """What a file says of itself. `keys`: of its rows' records; `page`: the address that shows the same to people;
    `last_change`: a function that gives the time of the last change to any of its entries; `part`: of a feed, the page
    of entries it holds."""

    table: Table
    form: str
    keys: Iterable[int]
    title: str
    page: str
    name: str
    query: str = ""
    last_change: Callable[[], datetime | None] = last_change_of_all
    part: Page | None = None

    @property
    def address(self):
        return absolute(self.page + self.query)

    @property
    def file(self):
        return absolute(f"/{self.table.path}.{self.form}{self.query}")

    def part_address(self, number):
        """The first part's address is the feed's own."""
        return f"{self.file}{'&' if self.query else '?'}part={number}" if number > 1 else self.file

    @property
    def other_parts(self):
        """{relation: address} of a feed's parts as seen from this one; none where there is only one."""
        last = self.part.paginator.num_pages
        parts = {"first": 1, "previous": self.part.number - 1, "next": self.part.number + 1, "last": last}
        return {name: self.part_address(n) for name, n in parts.items() if last > 1 and 1 <= n <= last}

    @cached_property
    def updated(self):
        return self.last_change() or BEFORE_ANY_ENTRY


@require_safe
def entry_list(request, form):
    """Exactly the entries of the list page with these parameters, in its order, without paging; a feed in parts."""
    filterset = SubmissionFilter(request.GET)
    if filterset.problems:
        return refused(filterset.problems, form)
    title, name = clean(file_title(filterset)), file_name(filterset, form)
    query = filterset.query() if len(filterset.query()) > 1 else ""  # "." and "?" say nothing
    download = Download(
        ENTRIES, form, filterset.keys, title, reverse("submissions"), name, query, filterset.last_change
    )
    if form == "atom":
        _take_part(download, filterset, request.GET.get("part", ""))
    return file_response(request, download)


def _take_part(download, filterset, number):
    """Limit a feed to one part, the newest entries first among the parts; inside a part they stand as on the list."""
    keys, index = filterset.keys, filterset.index
    download.part = page_of(Keys(index, keys.entries, "newest", ()), number, FEED_SIZE)
    download.keys = Keys(index, index.entries(download.part), keys.order, keys.scores)
    records = Submission.objects.filter(pk__in=list(download.part))
    download.last_change = lambda: records.aggregate(last=Max("changed_at"))["last"]


@require_safe
def table_file(request, name, form):
    """A whole table. That of entries lives beside the list."""
    table = TABLES.get(name)
    if table is None or form not in table.formats:
        raise Http404("There is no such file. The data page, /data/, names them all.")
    if table is ENTRIES:
        return redirect(f"entries_{form}", permanent=True)
    title = f"{SITE}: {table.title.lower()}"
    page = f"{reverse('data')}#{name}"
    file = f"practice-spotlight-{name}.{form}"
    return file_response(request, Download(table, form, table.keys().iterator(), title, page, file))


def sentences(problems):
    """The list's own sentences without the last of each, which says what the list shows instead."""
    return [f"{first}." if (first := problem.rpartition(". ")[0]) else problem for problem in problems]


def refused(problems, form):
    """400 with a sentence for each problem, in the form asked for where that has words.

    A file with too much in it would be wrong unseen.
    """
    refusal = " ".join([*sentences(problems), "No file was made. /data/ says which values there are."])
    if form == "json":
        return JsonResponse({"error": refusal}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(f"{refusal}\n", status=400, content_type="text/plain; charset=utf-8")


def stamp(request, _download):
    """The file's ETag: it holds until somebody edits the catalogue or a release changes how files are made."""
    parts = (_code(), current_version(), settings.SITE_URL, request.get_full_path())
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


@condition(etag_func=stamp)
def file_response(request, download):
    """The download, streamed; 304 where the reader's copy still holds."""
    write, kind = WRITERS[download.form]
    batches = () if request.method == "HEAD" else download.table.rows(download.keys)
    body = write(download.table, batches, download)
    respond = FileResponse if download.form == "xlsx" else StreamingHttpResponse
    response = respond(body, content_type=kind)
    if download.form != "atom":
        response["Content-Disposition"] = f'attachment; filename="{download.name}"'
    response["Cache-Control"] = "no-cache"  # keep it, but ask each time whether it still holds
    return response


@cache
def _code():
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@require_safe
def data_page(request):
    tables = [
        {
            "table": table,
            "files": [(FORMATS[form], path, absolute(path)) for form, path in table.addresses()],
            "columns": [(column.name, column.kind.wording, column.described) for column in table.columns],
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
