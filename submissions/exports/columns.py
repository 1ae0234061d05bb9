"""A column: its name, kind, meaning and example, and how its value is got from a record."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from submissions.withheld import withhold, withhold_from_link

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

    def of(self, record):
        """int, float, str, [str], date, aware datetime or None; texts without addresses of people."""
        value = self.get(record)
        if self.kind is Kind.ADDRESS:
            return withhold_from_link(value)
        if self.kind is Kind.LIST:
            return [clean(text) for text in value]
        return (clean(value) or None if self.optional else clean(value)) if isinstance(value, str) else value


def clean(text):
    """Text for any file: nobody's e-mail address, and no sign that a file cannot hold."""
    text = withhold(text)
    return text if text.isprintable() else _UNPRINTABLE.sub("", text)
