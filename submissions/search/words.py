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
    those to too us was we were what when where which who whom whose why will with would you your yours s t""".split()  # noqa: SIM905
)

# Words that carry a question and not its meaning: left out of a search that is put as a sentence.
_FILLERS = """
about above achieve achieved across actually advise after again all allow almost already also always am another
answer any anybody anyone anything anywhere around ask asked asking available away back based become been before
begin being best better big borough boroughs bring call came case cases cause certain change come comes common
could council councils currently day deal describe did different difference do does doing done dont during each
easier easy effective else enough ensure entries entry etc even ever every everybody everyone everything
everywhere example examples exist explain face far few find finding fine first follow found free from full
further gave general get gets getting give given gives giving go goes going gone good got great had handle
happen happened happens hard hello help helped helpful helping helps here hey hi how however idea ideas im
improve improved improves improving include including info information instead interested involve is issue
issues just keen keep kind know known lets let like list little london look looked looking lot lots made main
make makes making manage many may maybe me mean means might more most much must myself near need needed needing
needs never new nice no nobody none nothing now offer offered offering offers often ok okay once one ones only
or other others out over own particular people person persons place places please plus possible practice present
problem problems project projects provide provided provides providing put question quite rather read really
recent recommend regarding related result results run running said same say says search see seem seen service
services several shall share show shows similar since so some somebody someone something somewhere soon sort
start started still stuff submission submissions such suggest suggestions sure take takes taken taking talk tell
thank thanks that thing things think thought through time times together told tried try trying two under until
up use used useful uses using various very via want wanted wants way ways well went whatever whether while whole
whoever wish within without wonder wondering word words work worked works working worth would yes yet anyone's
everyone's there's here's what's who's where's how's
""".split()  # noqa: SIM905 (three hundred quotation marks help nobody)

FILLERS = frozenset(stem(word.replace("'", "")) for word in _FILLERS)

_APOSTROPHES = "'’‘ʼ`´"
_TIDY = str.maketrans(
    {
        **dict.fromkeys(_APOSTROPHES, ""),
        **dict.fromkeys("‐‑‒", "-"),
        "\u00ad": "",
        "\u200b": "",
        "\u200d": "",
        "\ufeff": "",
    }
)
_TAG = re.compile(r"<[^<>]*>")
# Each pattern begins with the one character it looks for, which is many times faster than to look behind first.
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_AMPERSAND = re.compile(r"&(?<=\w&)(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_CAMEL = re.compile(r"\b[A-Z][a-z]{2,}(?:[A-Z][a-z]{2,})+\b")
_HYPHEN = re.compile("-")
_HAS_HUMP = re.compile(r"[A-Z](?<=[a-z].)")  # begins with what is rare, which is faster too
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Plain ASCII text goes through one table: letters in lower case, digits as they are, all else a space.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}


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
    return [word[:LONGEST_WORD] for word in _split(tidied(text))]


def joined_words(text):
    """[(joined, [its parts])] of compounds in a plain text: “co-production”, “KickStart”."""
    return _joined(tidied(text))


def _joined(text):
    parts = [match.split("-") for piece in _around(_HYPHEN, text) for match in _COMPOUND.findall(piece)]
    parts += [_HUMP.split(match) for piece in _around(_HAS_HUMP, text) for match in _CAMEL.findall(piece)]
    found = sorted([folded(part) for part in compound] for compound in parts)
    return [("".join(compound)[:LONGEST_WORD], compound) for compound in found]


def _around(pattern, text):
    """The stretches between spaces that hold the pattern; to read only these is ten times faster than all."""
    pieces, end = set(), 0
    for match in pattern.finditer(text):
        at = match.start()
        if at >= end:
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            pieces.add(text[text.rfind(" ", 0, at) + 1 : end])
    return pieces


def stored_words(text):
    """The words to store for a plain text: its words in order, stop words too, then the joined forms and their parts.

    Returns (words, {joined form: its parts})."""
    text = tidied(text)
    found = _split(text)
    joined = dict(_joined(text))
    for whole, parts in joined.items():
        # A hyphen leaves the parts in place and lacks the whole; a capital inside a word, the other way round.
        found += [whole, *parts]
    return found, joined


class _StoredStems(dict):
    """What is stored for a word: its stem, nothing for a stop word. One look-up for each word of a text: the index is
    made from millions."""

    def __missing__(self, word):
        if len(self) > 400_000:
            self.clear()
        self[word] = found = "" if word in STOP_WORDS else stem(word[:LONGEST_WORD])
        return found


_stored = _StoredStems()


def stored_stems(found):
    """The stems to store for words in order, without the stop words."""
    return list(filter(None, map(_stored.__getitem__, found)))


def _split(text):
    return text.translate(_ASCII).split() if text.isascii() else _WORD.findall(folded(text))


def stems_of(text):
    """The stems of all words of a plain text, stop words too: the form in which names and terms are compared."""
    return tuple(stem(word) for word in words(text))


def without_tags(markup):
    """Stored HTML as plain text, fast and only for the index: each tag a space."""
    text = _TAG.sub(" ", markup) if "<" in markup else markup
    return html.unescape(text) if "&" in text else text


def is_filler(word):
    return stem(word) in FILLERS
