"""Short plain wordings of stored text, for cards and previews."""

import html
import re
from textwrap import shorten

from django.utils.html import strip_tags

TEASER_CHARACTERS = 260
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote)>")
_HEADINGS = re.compile(r"<h\d>.*?</h\d>", re.S)
_SENTENCE_END = re.compile(r"(?<=[.!?:])[”’\"')]*\s+(?=[A-Z“‘•\"'])")


def plain(markup):
    """Stored HTML as plain text, one line per block."""
    return html.unescape(strip_tags(_BLOCK_END.sub("\n", markup))).strip()


def says(text, words):
    """Whether the words are in a plain text, one after the other and whole. Spacing does not count."""
    wanted = r"\s+".join(map(re.escape, words.split()))
    return re.search(rf"(?<!\w){wanted}(?!\w)", text) is not None


def first_sentence(markup):
    """The first sentence of stored HTML as plain text: no sub-heading, and cut at a whole word when very long."""
    first_block = plain(_HEADINGS.sub("", markup)).partition("\n")[0]
    return shorten(_SENTENCE_END.split(first_block, maxsplit=1)[0], TEASER_CHARACTERS, placeholder=" …")
