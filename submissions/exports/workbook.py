"""An Excel workbook with real dates, numbers and links, row by row in a temporary file."""

import tempfile

import xlsxwriter
from django.utils import timezone

from submissions.exports import licence
from submissions.exports.formats import as_text, is_risky
from submissions.exports.table import Kind

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
