"""One way in for a page, whatever it comes as: a file or a paste as plain text, and what was noticed on the way."""

import re

from editorial.importing.visible import Source, source_of_markup
from editorial.importing.word import source_of_word, unpacked
from pagereader import NotAPage, decode

LARGEST_FILE = 5_000_000  # bytes; the longest category page so far has 95,000 characters
SAVE_AS = "Open it where it was made, save it as a Word document (.docx) or as plain text, and choose that file."
# How a file begins whose kind people choose by mistake.
KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture, a binary file",
    b"\xff\xd8\xff": "a picture, a binary file",
    b"GIF8": "a picture, a binary file",
    b"\xd0\xcf\x11\xe0": "an old Word or Office file (.doc)",
    b"{\\rtf": "a rich text file (.rtf)",
}
ZIP = b"PK\x03\x04"
MARKUP = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|table|meta)\b", re.IGNORECASE
)


def source_of_file(data):
    """The page's Source from the bytes of a .txt, .html or .docx file; what they are decides, not the file's name.

    Raises NotAPage with a sentence that says what the file is instead, and what to do.
    """
    refuse_by_size(len(data))
    for beginning, kind in KINDS.items():
        if data.startswith(beginning):
            raise NotAPage(f"This is {kind}, from which the text cannot be read. {SAVE_AS}")
    if data.startswith(ZIP):
        return source_of_word(unpacked(data))
    return source_of_paste(decode(data))


def source_of_paste(text):
    """As `source_of_file`, for text that somebody pasted: plain, or a page's HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return source_of_markup(text) if MARKUP.match(text, _after_comments(text)) else Source(text)


def _after_comments(text):
    """Where a text begins that may have HTML comments before it."""
    at = len(text) - len(text.lstrip())
    while text.startswith("<!--", at) and (end := text.find("-->", at)) != -1:
        at = end + 3
        while text[at : at + 1].isspace():
            at += 1
    return at


def refuse_by_size(size):
    """Raises NotAPage for a file of more bytes than a page can have, so that nobody needs to read it first."""
    if size > LARGEST_FILE:
        raise NotAPage(
            f"The file has {size:,} bytes, and a category page at most {LARGEST_FILE:,}. Take pictures out of it, or "
            "save it as plain text."
        )
