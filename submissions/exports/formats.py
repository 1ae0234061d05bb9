"""A table's rows as a file: CSV, JSON, an Atom feed, and an Excel workbook with real dates, numbers and links."""

import csv
import io
import json
import re
import tempfile
from datetime import date, datetime, time
from itertools import chain

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks

from spotlight.wording import ALLIANCE
from submissions.exports import licence
from submissions.exports.table import Kind, clean
from submissions.sharing.addresses import absolute

LIIA = f"{ALLIANCE} (LIIA)"
# What spreadsheets take for a formula at the start of a cell, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MONTHS = "jan(uary)? feb(ruary)? mar(ch)? apr(il)? may june? july? aug(ust)? sept?(ember)? oct(ober)? nov(ember)?"
_MONTH = f"(?:{'|'.join([*_MONTHS.split(), 'dec(ember)?'])})"
_NUMBER_OF_MONTH = "(?:0?[1-9]|1[0-2])"
# Texts that a spreadsheet would store as something else, so that its reader sees another: 1/2 as a day in February.
_CONVERTED = re.compile(
    rf"""\d{{1,2}}[/-]{_NUMBER_OF_MONTH} | {_NUMBER_OF_MONTH}[/-](\d{{1,2}}|\d{{4}})  # 3-4, 1/2, 6/2024
    | \d{{4}}[/-]{_NUMBER_OF_MONTH} | \d+\s+\d+/\d+                  # 2024-05, 1 1/2
    | \d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}                     # 2024-05-06, 1.2.24
    | \d{{1,4}}[\s/-]*{_MONTH}\.?([\s/,-]*\d{{2,4}})?               # 5 March, 5-Mar-24
    | {_MONTH}\.?[\s/,-]*\d{{1,4}}(,?\s*\d{{4}})?                   # March 2024, May 5
    | \d{{1,2}}(:\d{{2}}){{0,2}}\s+[ap]m? | \d+(:\d+){{1,2}}         # 9 am, 10:30
    | 0\d+ | \d+(\.\d+)?e[+-]?\d+ | \d*\.\d*0 | \d{{12,}}           # 007, 1E5, 5.10, an account number
    | \([\d.,]+\)                                               # (5), which would be less than nothing
    """,
    re.I | re.X,
)
BETWEEN = "; "  # the values of a list in one cell

LONGEST = 32_767  # what a cell of Excel holds, in units of UTF-16
CUT = " … [cut here: a cell holds no more. The whole text is in the JSON file and on its page.]"
LINKS = 10_000  # beyond, addresses are plain text: Excel allows 65,530, and each link costs memory
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def csv_file(table, batches, _details):
    """CSV (RFC 4180) that Excel opens rightly: UTF-8 with a byte order mark, no cell that would run as a formula, no
    text that would turn into a day, a time or another number. Bytes, a part for each batch of rows."""
    yield "\ufeff".encode() + _lines([[column.name for column in table.columns]])
    for rows in batches:
        yield _lines([[_cell(column, row[column.name]) for column in table.columns] for row in rows])


def plain_csv(rows):
    """A small file as bytes, from rows of texts and numbers: every text as safe as in the tables."""
    cells = ([defused(clean(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return "\ufeff".encode() + _lines(cells)


def attachment(content, name, kind="text/csv; charset=utf-8"):
    """An answer that a browser saves as a file of this name."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _lines(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(column, value):
    if value is None or value == []:
        return column.missing
    if column.kind in (Kind.WHOLE, Kind.NUMBER):
        return value
    text = as_text(column, value)
    return defused(text) if column.kind in (Kind.TEXT, Kind.LIST) else text


def as_text(column, value):
    """A value that is there as one text: a list with semicolons, a time in London's."""
    if column.kind is Kind.LIST:
        return BETWEEN.join(value)
    if column.kind is Kind.TIME:
        return timezone.localtime(value).isoformat(timespec="seconds")
    return str(value)


def defused(text):
    return f"'{text}" if is_risky(text) else text


def is_risky(text):
    """Whether a spreadsheet would take this text for a formula, a day, a time or a number that looks otherwise."""
    return text.startswith(_FORMULA) or (len(text) < 40 and _CONVERTED.fullmatch(text.strip()) is not None)


def json_file(_table, batches, details):
    """JSON: what the list is, its rows under `results`, and last how many there were. Bytes, a part for each batch."""
    head = {"title": details.title, "url": details.address, "licence": licence.ADDRESS, "credit": licence.CREDIT}
    yield f'{_as_json(head)[:-1]},"results":['.encode()
    count = 0
    for rows in batches:
        yield b"".join((b"," if count + n else b"") + b"\n" + _as_json(row).encode() for n, row in enumerate(rows))
        count += len(rows)
    yield f'\n],"count":{count}}}\n'.encode()


def _as_json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain_value)


def plain_row(row):
    """A row with nothing in it but what JSON has words for."""
    return {name: plain_value(value) if isinstance(value, date) else value for name, value in row.items()}


def plain_value(value):
    """What JSON has no word for: a day, and a moment in London's time."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")


class ListFeed(Atom1Feed):
    """A feed that is changed when the last of its entries was, also when it has none. It names its other parts as a
    paged feed does (RFC 5005, section 3)."""

    def latest_post_date(self):
        return self.feed["updated"]

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for relation, address in self.feed["parts"].items():
            handler.addQuickElement("link", None, {"rel": relation, "href": address})


def feed(_table, batches, details):
    """An Atom feed of a list, as bytes: subscribe to “Housing, from Merton” and hear of each new entry."""
    atom = ListFeed(
        details.title,
        details.address,
        None,
        language="en-GB",
        author_name=LIIA,
        subtitle="Examples of practice from London’s local authorities.",
        feed_url=details.part_address(details.part.number),
        feed_copyright=licence.CREDIT,
        feed_guid=details.file,
        updated=details.updated,
        parts=details.other_parts,
    )
    for row in chain.from_iterable(batches):
        atom.add_item(**_item(row))
    yield atom.writeString("utf-8").encode()


def _item(row):
    """An entry of the feed. Its lasting short address is its name, whatever becomes of its title."""
    return {
        "title": row["title"],
        "link": row["url"],
        "description": linebreaks(row["summary"], autoescape=True) if row["summary"] else "No summary stated.",
        "author_name": " and ".join(row["boroughs"]) or LIIA,
        "pubdate": timezone.make_aware(datetime.combine(row["published_on"], time())),
        "updateddate": row["changed_at"],
        "unique_id": absolute(f"/s/{row['id']}"),
        "categories": row["themes"],
    }


def xlsx_file(table, batches, details):
    """An open temporary file at its beginning; two of the same rows are the same bytes."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        # Excel's own date of making would differ at each download.
        book.set_properties({"title": details.title, "author": "LIIA", "created": _naive(details.updated)})
        sheet = Sheet(book, table)
        for rows in batches:
            for row in rows:
                sheet.add(row)
        sheet.finish()
        _about(book, table, details)
    file.seek(0)
    return file


class Sheet:
    """The sheet of rows, with its header frozen and its columns wide enough to read."""

    def __init__(self, book, table):
        self.columns = table.columns
        self.sheet = book.add_worksheet(table.title)
        self.row_number = self.links = 0
        self.formats = {
            Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.TIME: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        self.as_typed = book.add_format({"quote_prefix": True})  # stays text, also when somebody edits the cell
        self.sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True, "bottom": 1})
        for n, column in enumerate(self.columns):
            self.sheet.set_column(n, n, column.width)
            self.sheet.write_string(0, n, column.name, bold)

    def add(self, row):
        self.row_number += 1
        for n, column in enumerate(self.columns):
            self._write(n, column, row[column.name])

    def _write(self, n, column, value):
        at = self.row_number, n
        if value is None or value == []:
            self.sheet.write_string(*at, column.missing)
        elif column.kind in (Kind.WHOLE, Kind.NUMBER):
            self.sheet.write_number(*at, value)
        elif column.kind in self.formats:
            self.sheet.write_datetime(*at, _naive(value), self.formats[column.kind])
        elif column.kind is Kind.ADDRESS and self.links < LINKS:
            self.links += 1
            self.sheet.write_url(*at, value)
        else:
            text = fitting(as_text(column, value))
            self.sheet.write_string(*at, not_markup(text), self.as_typed if is_risky(text) else None)

    def finish(self):
        self.sheet.autofilter(0, 0, self.row_number, len(self.columns) - 1)


def fitting(text):
    """The text, or as much of it as a cell holds and a mark that says where the whole is."""
    if len(text) * 2 <= LONGEST or len(text.encode("utf-16-le")) <= LONGEST * 2:
        return text
    return text.encode("utf-16-le")[: (LONGEST - len(CUT) - 1) * 2].decode("utf-16-le", errors="ignore") + CUT


def not_markup(text):
    """XlsxWriter writes a text between <r> and </r> unescaped; a space after it makes it text again."""
    return f"{text} " if text.endswith("</r>") else text


def _naive(moment):
    """Excel knows no time zones: London's time."""
    return timezone.localtime(moment).replace(tzinfo=None) if hasattr(moment, "hour") else moment


def _about(book, table, details):
    """A second sheet that says where the rows come from, on what terms, and what each column means."""
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    lines = [("List", details.title), ("Address", details.address), ("Licence", licence.CREDIT)]
    lines += [("Not covered", sentence) for sentence in licence.NOT_COVERED]
    lines += [("", ""), *((column.name, column.meaning) for column in table.columns)]
    for n, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(n, column, text)
