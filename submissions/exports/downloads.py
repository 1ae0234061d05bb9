"""The files' addresses: the list on screen with the same parameters, and every small table whole."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import condition, require_safe

from submissions.exports.entries import ENTRIES
from submissions.exports.formats import csv_file, feed, json_file
from submissions.exports.table import Table, clean
from submissions.exports.tables import TABLES
from submissions.exports.workbook import xlsx_file
from submissions.filters import SubmissionFilter
from submissions.list_titles import SITE, file_name, file_title
from submissions.models import Submission
from submissions.sharing.addresses import absolute
from submissions.version import current_version

WRITERS = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (json_file, "application/json"),
    "atom": (feed, "application/atom+xml; charset=utf-8"),
}
BEFORE_ANY_ENTRY = datetime(2024, 1, 1, tzinfo=UTC)


def last_change_of_all():
    return Submission.objects.published().aggregate(last=Max("changed_at"))["last"]


@dataclass
class Download:
    """What a file says of itself. `keys`: of its rows' records; `page`: the address that shows the same to people;
    `last_change`: a function that gives the time of the last change to any of its entries."""

    table: Table
    form: str
    keys: Iterable[int]
    title: str
    page: str
    name: str
    query: str = ""
    last_change: Callable[[], datetime | None] = last_change_of_all

    @property
    def address(self):
        return absolute(self.page + self.query)

    @property
    def file(self):
        return absolute(f"/{self.table.path}.{self.form}{self.query}")

    @cached_property
    def updated(self):
        return self.last_change() or BEFORE_ANY_ENTRY


@require_safe
def entry_list(request, form):
    """Exactly the entries of the list page with these parameters, in its order, without paging."""
    filterset = SubmissionFilter(request.GET)
    if filterset.problems:
        return refused(filterset.problems, form)
    title, name = clean(file_title(filterset)), file_name(filterset, form)
    query = filterset.query() if len(filterset.query()) > 1 else ""  # "." and "?" say nothing
    download = Download(
        ENTRIES, form, filterset.keys, title, reverse("submissions"), name, query, filterset.last_change
    )
    return file_response(request, download)


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
