"""Short plain wordings of stored text, for cards and previews."""

import html
import re
from functools import lru_cache
from textwrap import shorten

from django.utils.html import strip_tags

TEASER_CHARACTERS = 260
_BLOCK_END = re.compile(r"</(?:p|li|h\d|blockquote|td|th|tr|caption|pre|div)>|<br\b[^>]*>")
_HEADINGS = re.compile(r"<h\d>.*?</h\d>", re.S)
# Written one way in one programme and another way in the next, or not to be seen at all.
_SHAPES = ("'‘’‚‛′", '"“”„‟″«»', "-‐‑‒–—−")
_ONE_SHAPE = str.maketrans(
    {shape: shapes[0] for shapes in _SHAPES for shape in shapes}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None)
)
_ANY_SHAPE = {shape: f"[{re.escape(shapes)}]" for shapes in _SHAPES for shape in shapes}
_SENTENCE_END = re.compile(r"(?<=[.!?:])[”’\"')]*\s+(?=[A-Z“‘•\"'])")


def plain(markup):
    """Stored HTML as plain text, one line per block."""
    return html.unescape(strip_tags(_BLOCK_END.sub("\n", markup))).strip()


def says(text, words):
    """Whether the words are in a plain text, one after the other and whole: no number within a longer one. Spacing, the
    shape of quotation marks and dashes, and what nobody can see do not count."""
    wanted = r"\s+".join(map(re.escape, words.translate(_ONE_SHAPE).split()))
    before, after = r"(?<!\w)(?<!\d[.,])(?=\d)|(?<!\w)(?!\d)", r"(?!\w)(?!(?<=\d)[.,]\d)"
    return re.search(rf"(?:{before}){wanted}{after}", text.translate(_ONE_SHAPE)) is not None


@lru_cache(maxsize=2000)  # the words of voices, which are looked for in each text that is drawn
def in_any_shape(words):
    """A regular expression that finds these words, whatever the shape of their quotation marks and dashes."""
    return "".join(_ANY_SHAPE.get(letter) or re.escape(letter) for letter in words)


@lru_cache(maxsize=100)  # a page says it three times
def first_sentence(markup):
    """The first sentence of stored HTML as plain text: no sub-heading, and cut at a whole word when very long."""
    first_block = plain(_HEADINGS.sub("", markup)).partition("\n")[0]
    return shorten(_SENTENCE_END.split(first_block, maxsplit=1)[0], TEASER_CHARACTERS, placeholder=" …")


def lower_first(name):
    """A name inside a sentence: “Housing” as “housing”, but “SEND” as it is."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
