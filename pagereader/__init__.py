"""Reading a published category page: text in, plain records and doubts out. No Django, no file but its word lists.

`read` goes one way: lines, which know their marks, labels and addresses (`text`); the headings and sections of entries
(`entries`); blocks of running text (`text`); the people and the figures in them (`people`, `figures`); themes; doubts.
"""

from .read import read
from .records import Doubt, Page, as_json, to_html, to_text
from .reference import Authority, KnownTheme, Reference, reference_from
from .text.cleaning import clean_typed, unwrapped, unwrapped_in, unwrapped_links
from .text.labels import form_label
from .text.lines import NotAPage, decode
from .text.passages import Block
from .text.tables import Cell, lines_of_rows

__all__ = [
    "Authority",
    "Block",
    "Cell",
    "Doubt",
    "KnownTheme",
    "NotAPage",
    "Page",
    "Reference",
    "as_json",
    "clean_typed",
    "decode",
    "form_label",
    "lines_of_rows",
    "read",
    "reference_from",
    "to_html",
    "to_text",
    "unwrapped",
    "unwrapped_in",
    "unwrapped_links",
]
