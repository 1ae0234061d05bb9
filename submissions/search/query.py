"""What a search was understood to ask: plain, frozen values that filters, counts, exports and pages share."""

import re
from dataclasses import dataclass
from typing import NamedTuple


class Way(NamedTuple):
    """One way to say a concept: stems that must stand side by side, or anywhere in the entry."""

    stems: tuple[str, ...]
    adjacent: bool = True


@dataclass(frozen=True)
class Concept:
    """One thing the reader asks for. An entry has it if it has any of its ways."""

    label: str  # as typed
    typed: tuple[Way, ...]
    also: tuple[Way, ...] = ()  # synonyms, which weigh less
    telling: float = 1.0  # how rare it is: 0 for what every entry has
    is_term: bool = False  # a word of the trade: the thesaurus, a borough or a theme has it


class Place(NamedTuple):
    """A borough or theme that a search names, and the word that named it."""

    slug: str
    name: str
    typed: str


class Neighbour(NamedTuple):
    slug: str
    name: str
    entries: int  # published ones


@dataclass(frozen=True)
class Absent:
    """A borough that was asked for and has no published entry."""

    slug: str
    name: str
    neighbours: tuple[Neighbour, ...]  # those with entries, by name


@dataclass(frozen=True)
class Query:
    """A search, understood. `text` is what was typed, cut to what was read."""

    text: str = ""
    concepts: tuple[Concept, ...] = ()
    in_order: tuple[str, ...] = ()  # stems of the typed words side by side, where that is worth a higher place
    corrections: tuple[tuple[str, str], ...] = ()  # (typed, used): “Showing results for …”
    completions: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (typed, words that begin so)
    also_searched: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (typed, synonyms): “Also searched: …”
    boroughs: tuple[Place, ...] = ()  # offer as filters
    themes: tuple[Place, ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (short form, its meanings, each a search of its own)
    absent: tuple[Absent, ...] = ()
    unknown: tuple[str, ...] = ()  # words that no entry has
    did_you_mean: tuple[tuple[str, str], ...] = ()  # (typed, near word): a proper word that no entry has; only offered
    left_out: tuple[str, ...] = ()  # words given up because no entry has all of them
    exact: bool = False  # only the words typed

    @property
    def is_empty(self):
        """Nothing was typed: the whole list."""
        return not self.text.strip()

    @property
    def used(self):
        """The text that was searched for: typed words with the corrections put in."""
        text = self.text
        for typed, word in self.corrections:
            text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", word, text)
        return text

    @property
    def changed(self):
        """Something besides the typed words was searched: a link to search only the words typed makes sense."""
        return bool(self.corrections or self.completions or self.also_searched or self.left_out)
