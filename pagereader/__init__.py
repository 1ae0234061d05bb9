"""Reading a published category page: text in, plain records and doubts out. Pure: no Django, no files."""

from .read import read
from .records import Authority, Block, Doubt, KnownTheme, NotAPage, Page, Reference
from .reference import reference_from
from .rendering import to_html, to_text
from .telling import as_json
from .text.cleaning import clean_typed, unwrapped, unwrapped_in, unwrapped_links
from .text.decoding import decode
from .text.labels import form_label
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
