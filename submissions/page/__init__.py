"""Reading a published category page: text in, plain records and doubts out. Pure: no Django, no files."""

from .decoding import decode
from .reading import read
from .records import NotAPage, Page, Reference
from .reference import reference_from
from .rendering import to_html, to_text
from .telling import as_json

__all__ = ["NotAPage", "Page", "Reference", "as_json", "decode", "read", "reference_from", "to_html", "to_text"]
