"""A table: columns in order, and rows fetched a few hundred at a time so that memory stays flat."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from submissions.exports.columns import Column

CHUNK = 500


@dataclass(frozen=True)
class Change:
    """A line of a table's change log, for whoever reads its files by machine."""

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

    def found(self, keys):
        """{key: record} of those keys that readers may see."""
        return self.fetch(keys) if self.fetch else self.records().in_bulk(keys)

    def rows(self, chosen):
        """The rows of a queryset, in its order, as lists of up to 500.

        Only the keys are read at once: sorting and searching then carry no text, no cursor stays open while a slow
        reader downloads, and what is withdrawn meanwhile is left out.
        """
        keys = array("q", chosen.values_list("pk", flat=True).iterator())
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            found = self.found(list(chunk))
            yield [self.row(found[key]) for key in chunk if key in found]

    def addresses(self):
        """[(format, path)] of its files."""
        return [(form, f"/{self.path}.{form}") for form in self.formats]

    def example(self):
        """A row as JSON shows it."""
        return {column.name: column.example for column in self.columns}
