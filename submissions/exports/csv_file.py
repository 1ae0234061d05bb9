"""CSV (RFC 4180) that Excel opens rightly: UTF-8 with a byte order mark, no cell that would run as a formula, no text
that would turn into a day, a time or another number."""

import csv
import io
import re

from django.utils import timezone

from submissions.exports.columns import Kind, clean

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


def csv_file(table, batches, _details):
    """The file as bytes, a part for each batch of rows."""
    yield "\ufeff".encode() + _lines([[column.name for column in table.columns]])
    for rows in batches:
        yield _lines([[_cell(column, row[column.name]) for column in table.columns] for row in rows])


def plain_csv(rows):
    """A small file as bytes, from rows of texts and numbers: every text as safe as in the tables."""
    cells = ([defused(clean(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return "\ufeff".encode() + _lines(cells)


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
