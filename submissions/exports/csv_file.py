"""CSV (RFC 4180) that Excel opens rightly: UTF-8 with a byte order mark, and no cell that would run as a formula."""

import csv
import io

from django.utils import timezone

from submissions.exports.columns import Kind

# What spreadsheets take for a formula at the start of a cell, in full width too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BETWEEN = "; "  # the values of a list in one cell


def csv_file(table, batches, _details):
    """The file as bytes, a part for each batch of rows."""
    yield "\ufeff".encode() + _lines([[column.name for column in table.columns]])
    for rows in batches:
        yield _lines([[_cell(column, row[column.name]) for column in table.columns] for row in rows])


def _lines(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(column, value):
    if value is None or value == []:
        return column.missing
    if column.kind in (Kind.WHOLE, Kind.NUMBER):
        return value
    return defused(as_text(column, value))


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
    """Whether a spreadsheet would take this text for a formula."""
    return text.startswith(_FORMULA)
