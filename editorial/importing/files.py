"""One way in for a page, whatever it comes as: the plain text of a file or of a paste, as the reader knows it."""

import re

from editorial.importing.markup import text_of_markup
from editorial.importing.word import markup_of_word, unpacked
from submissions.page import NotAPage, decode

LARGEST_FILE = 5_000_000  # bytes; the longest category page so far has 95,000 characters
SAVE_AS = "Open it where it was made, save it as a Word document (.docx) or as plain text, and choose that file."
# How a file begins whose kind people choose by mistake.
KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word or Office file (.doc)",
    b"{\\rtf": "a rich text file (.rtf)",
}
ZIP = b"PK\x03\x04"
MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|table|meta)\b",
    re.I | re.S,
)


def text_of_file(data):
    """The page's text from the bytes of a .txt, .html or .docx file; what they are decides, not the file's name.

    Raises NotAPage with a sentence that says what the file is instead, and what to do.
    """
    refuse_by_size(len(data))
    for beginning, kind in KINDS.items():
        if data.startswith(beginning):
            raise NotAPage(f"This is {kind}, from which the text cannot be read. {SAVE_AS}")
    if data.startswith(ZIP):
        return text_of_markup(markup_of_word(unpacked(data)))
    return text_of_paste(decode(data))


def text_of_paste(text):
    """As `text_of_file`, for text that somebody pasted: plain, or a page's HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text_of_markup(text) if MARKUP.match(text) else text


def refuse_by_size(size):
    """Raises NotAPage for a file of more bytes than a page can have, so that nobody needs to read it first."""
    if size > LARGEST_FILE:
        raise NotAPage(
            f"The file has {size:,} bytes, and a category page at most {LARGEST_FILE:,}. Take pictures out of it, or "
            "save it as plain text."
        )
