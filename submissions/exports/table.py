"""A table: columns in order, and rows fetched a few hundred at a time so that memory stays flat."""

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from submissions.withheld import withhold, withhold_from_link

CHUNK = 500
# What no XML, and so neither a feed nor a workbook, can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Kind(Enum):
    """How a column is called on the data page, and its type in Power Query's language."""

    WHOLE = ("whole number", "Int64.Type")
    NUMBER = ("number", "type number")
    TEXT = ("text", "type text")
    LIST = ("list of texts", "type text")
    DATE = ("date", "type date")
    TIME = ("date and time", "type datetimezone")
    ADDRESS = ("web address", "type text")

    def __init__(self, wording, power_query):
        self.wording = wording
        self.power_query = power_query


@dataclass(frozen=True)
class Column:
    """`missing`: what a spreadsheet's cell says where a record has nothing; JSON says null, or an empty list."""

    name: str
    kind: Kind
    meaning: str
    example: Any
    get: Callable[[Any], Any]
    optional: bool = False
    missing: str = ""
    width: int = 16  # characters, in a spreadsheet

    @property
    def described(self):
        return f"{self.meaning} Where there is none: “{self.missing}”." if self.missing else self.meaning

    def of(self, record):
        """int, float, str, [str], date, aware datetime or None; texts without addresses of people."""
        value = self.get(record)
        if self.kind is Kind.ADDRESS:
            return withhold_from_link(value)
        if self.kind is Kind.LIST:
            return list(map(_clean_name, value))
        return (clean(value) or None if self.optional else clean(value)) if isinstance(value, str) else value


def clean(text):
    """Text for any file: nobody's e-mail address, and no sign that a file cannot hold."""
    text = withhold(text)
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)


_clean_name = lru_cache(maxsize=5000)(clean)  # names in lists: many rows have the same


@dataclass(frozen=True)
class Change:
    """A line of a table's change log, for programmes that read its files."""

    day: date
    what: str


@dataclass(frozen=True)
class Table:
    """`path`: the address of its files without the ending. `records`: all that readers may see, ready to be read."""

    name: str
    title: str
    path: str
    about: str
    columns: tuple[Column, ...]
    records: Callable[[], QuerySet]
    changes: tuple[Change, ...]
    fetch: Callable[[list[int]], dict] | None = None  # {key: record}; else model objects of `records`
    formats: tuple[str, ...] = ("csv", "xlsx", "json")

    def row(self, record):
        """{column's name: value} of one record."""
        return {column.name: column.of(record) for column in self.columns}

    def records_of(self, keys):
        """{key: record} of those keys that readers may see."""
        return self.fetch(keys) if self.fetch else self.records().in_bulk(keys)

    def keys(self):
        """The keys of all its records, in order."""
        return self.records().values_list("pk", flat=True)

    def rows(self, keys):
        """The rows of these keys, in their order, as lists of up to 500.

        Only the keys are read at once: sorting and searching then carry no text, no cursor stays open while a slow
        reader downloads, and what is withdrawn meanwhile is left out.
        """
        keys = array("q", keys)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            records = self.records_of(list(chunk))
            yield [self.row(records[key]) for key in chunk if key in records]

    def addresses(self):
        """[(format, path)] of its files."""
        return [(form, f"/{self.path}.{form}") for form in self.formats]

    def example(self):
        """A row as JSON shows it."""
        return {column.name: column.example for column in self.columns}
