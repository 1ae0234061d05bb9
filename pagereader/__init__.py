"""Reading a published category page: text in, plain records and doubts out. Pure: no Django, no files."""

from .decoding import decode
from .labels import form_label
from .reading import read
from .records import Authority, Block, Doubt, KnownTheme, NotAPage, Page, Reference
from .reference import reference_from
from .rendering import to_html, to_text
from .tables import Cell, lines_of_rows
from .telling import as_json
from .typed import clean_typed, unwrapped, unwrapped_in, unwrapped_links

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
