"""Text into words, the same way for what is stored and for what a reader types.

A word is a run of letters and digits, in lower case and without accents. “Co-production”, “co production” and
“coproduction” meet in the joined form, “Barnardo's” and “Barnardos” in the form without the apostrophe.
"""

import html
import re
import unicodedata

from submissions.search.stems import stem

LONGEST_WORD = 40  # characters; what is longer is no word and is cut, so that no index row can grow without bounds

# Words that only hold a sentence together. They are neither stored nor searched, so both engines agree about them.
STOP_WORDS = frozenset(
    """a am an and are as at be been but by can could did do does for from had has have he her hers him his how i if
    in into is it its me my nor of on or our ours she so than that the their theirs them then there these they this
    those to too us was we were what when where which who whom whose why will with would you your yours s t""".split()
)

_APOSTROPHES = "'’‘ʼ`´"
_TIDY = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, ""), **dict.fromkeys("‐‑‒", "-"), "\u00ad": "", "\u200b": "", "\u200d": "", "\ufeff": ""}
)
_TAG = re.compile(r"<[^<>]*>")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_AMPERSAND = re.compile(r"(?<=\w)&(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_CAMEL = re.compile(r"\b[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,})+\b")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def tidied(text):
    """Text as the word finder needs it: apostrophes out, one kind of hyphen, “H&F” as “HF”, “3,000” as “3000”."""
    text = text.translate(_TIDY)
    if "," in text:
        text = _THOUSANDS.sub("", text)
    return _AMPERSAND.sub("", text) if "&" in text else text


def folded(text):
    """Lower case without accents. The result may be longer or shorter than `text`."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def words(text):
    """All words of a plain text in order, stop words too."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(tidied(text)))]


def joined_words(text):
    """[(joined, [its parts])] of compounds in a plain text: “co-production”, “KickStart”."""
    text = tidied(text)
    parts = [match.split("-") for match in _COMPOUND.findall(text)] if "-" in text else []
    parts += [_HUMP.split(match) for match in _CAMEL.findall(text)]
    found = [[folded(part) for part in compound] for compound in parts]
    return [("".join(compound)[:LONGEST_WORD], compound) for compound in found]


def stored_words(text):
    """The words to store for a plain text: its words without stop words, then the joined forms and their parts.

    Returns (words in order, {joined form: its parts})."""
    text = tidied(text)
    found = [word[:LONGEST_WORD] for word in _WORD.findall(folded(text)) if word not in STOP_WORDS]
    joined = dict(joined_words(text))
    for whole, parts in joined.items():
        # A hyphen leaves the parts in place and lacks the whole; a capital inside a word, the other way round.
        found += [word for word in (whole, *parts) if word not in STOP_WORDS]
    return found, joined


def stems_of(text):
    """The stems of all words of a plain text, stop words too: the form in which names and terms are compared."""
    return tuple(stem(word) for word in words(text))


def without_stop_words(tokens):
    return [word for word in tokens if word not in STOP_WORDS]


def plain(markup):
    """Stored HTML as plain text, fast and only for the index: each tag a space."""
    text = _TAG.sub(" ", markup) if "<" in markup else markup
    return html.unescape(text) if "&" in text else text
