"""What a reader typed, as tokens: cut to size, quoted phrases apart, mistakes mended, the last word completed."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from submissions.search.spelling import is_english, undoubled
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, is_filler, joined_words, words

LONGEST = 300  # characters that are read; more is cut, so that no search costs more than this
MOST_TOKENS = 24  # words that are read
SHORTEST_BEGINNING = 4  # letters: a short form of two or three letters is never completed
MOST_COMPLETIONS = 20
MOST_ERRORS = 3  # letters

_ADVERBS = (("ily", "y"), ("ically", "ic"), ("ly", ""), ("ly", "le"))

_QUOTED = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")
_ADDRESS = re.compile(r"([^\s@]+)(@[^\s@]+)")
_PIECE = re.compile(r"[^\W_]+(?:['’‘ʼ`´&,][^\W_]+)*")


@dataclass(frozen=True)
class Token:
    typed: str  # as it was typed
    word: str  # as it is searched
    start: int = 0  # its place in the text
    end: int = 0
    corrected: bool = False
    capitals: bool = False  # typed in capitals: “HE” is no “he”
    beginning: bool = False  # the word being typed: words that begin so count too
    fixed: bool = False  # part of an e-mail address: never corrected
    ways: tuple[tuple[str, ...], ...] = ()  # words side by side that mean the same: (“kick”, “start”)

    @property
    def stem(self):
        return stem(self.word)

    @property
    def is_stop_word(self):
        return self.word in STOP_WORDS and not self.capitals


@dataclass
class Typed:
    """`phrases`: words in quotation marks. `tokens`: all others, stop words too."""

    text: str
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    compounds: dict[tuple[str, ...], str] = field(default_factory=dict)  # {parts: joined form} as typed

    def surface(self, tokens):
        """The text of some neighbouring tokens, as it was typed."""
        return self.text[tokens[0].start : tokens[-1].end]

    @property
    def is_sentence(self):
        """Put as people speak, with the little words in it, and not as a row of key words."""
        return "?" in self.text or any(token.is_stop_word for token in self.tokens)


def read(text):
    """Never fails, whatever was typed."""
    text = cleaned(text)
    phrases = [tuple(words(quoted))[:MOST_TOKENS] for quoted in _QUOTED.findall(text)]
    # What is read already becomes as many spaces, so that places in the rest are places in the text.
    rest = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    addresses = [match.span(1) for match in _ADDRESS.finditer(rest)]
    rest = _ADDRESS.sub(lambda match: match[1] + " " * len(match[2]), rest)
    tokens = list(_tokens(rest, addresses))[:MOST_TOKENS]
    if tokens and rest[-1:].isalnum():
        tokens[-1] = replace(tokens[-1], beginning=True)
    compounds = {tuple(parts): whole for whole, parts in joined_words(rest)}
    return Typed(text, [phrase for phrase in phrases if phrase][:8], tokens, compounds)


def _tokens(text, addresses):
    shouted = _shouted(text)
    for match in _PIECE.finditer(text):
        fixed = any(start <= match.start() < end for start, end in addresses)
        for word in words(match[0]):
            yield Token(match[0], word, match.start(), match.end(), capitals=word in shouted, fixed=fixed)


def cleaned(text):
    """The text without control characters, one space between words, cut at a whole word."""
    text = text[: LONGEST * 2]
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") else c for c in text)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]


def _shouted(text):
    """Short forms typed in capitals, unless everything is."""
    pieces = re.findall(r"[^\W_]+", text)
    if len(pieces) > 1 and not any(c.islower() for c in text):
        return set()
    return {piece.lower() for piece in pieces if 1 < len(piece) <= 4 and piece.isupper()}


def mended(typed, known):
    """The tokens with unknown words completed, split or corrected; (tokens, completions, corrections, near words).

    Near words are only offered: a proper English word that no entry has is no typing error."""
    completions, corrections, offers, tokens = [], [], [], []
    for token in typed.tokens:
        word = token.word
        if not known.knows(word) and (found := _without_ending(word, known)):
            tokens.append(replace(token, ways=((found,),)))
        elif (
            token.is_stop_word
            or known.knows(word)
            or known.is_named(word)
            or token.fixed
            or _is_in_compound(token, typed)
        ):
            tokens.append(token)
        elif found := _completed(token, known):
            completions.append((token.typed, found))
            tokens.append(replace(token, ways=tuple((word,) for word in found)))
        elif found := _split(word, known):
            tokens.append(replace(token, ways=(found,)))
        elif typed.is_sentence and is_filler(word):
            tokens.append(token)
        else:
            near = known.nearest(word, most=1 if is_english(word) else MOST_ERRORS)
            # “Kelli” for “Keli”: one letter doubled or not is a slip of the pen in a proper word too.
            proper = is_english(word) and not (near and undoubled(word) == undoubled(near))
            if near:
                (offers if proper else corrections).append((token.typed, near))
            tokens.append(token if proper or not near else replace(token, word=near, corrected=True))
    return tokens, tuple(completions), tuple(corrections), tuple(offers)


def _completed(token, known):
    """Words that begin as the word being typed. A whole English word is not in the middle of being typed."""
    if not token.beginning or len(token.word) < SHORTEST_BEGINNING or is_english(token.word):
        return ()
    return tuple(known.beginning_with(token.word, MOST_COMPLETIONS))


def _without_ending(word, known):
    """“healthily” as “healthy”, “18s” as “18”: the word of entries that an adverb or an age comes from."""
    if word.endswith("s") and word[:-1].isdigit() and known.knows(word[:-1]):
        return word[:-1]
    return next(
        (root for ending, other in _ADVERBS if (root := _root(word, ending, other)) and known.knows(root)), None
    )


def _root(word, ending, other):
    return word.removesuffix(ending) + other if word.endswith(ending) and len(word) > len(ending) + 3 else None


def _split(word, known):
    """“careplan” as (“care”, “plan”): two words of entries that were typed as one."""
    if is_english(word):
        return ()
    for cut in range(3, len(word) - 2):
        pair = (word[:cut], word[cut:])
        if all(is_english(part) and part not in STOP_WORDS and known.knows(part) for part in pair):
            return pair
    return ()


def _is_in_compound(token, typed):
    return any(token.word in parts for parts in typed.compounds)
