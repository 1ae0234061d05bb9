"""What search knows besides the entries' index: the terms, the names of boroughs and themes, and the entries' words.

Terms and names are held in memory until one of them changes. Of the words only what was asked for is, until anything
changes: they are many, and the database finds each in no time.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from string import ascii_lowercase

from django.db import connection

from boroughs.models import Borough
from submissions.models import GlossaryTerm, Submission, Theme
from submissions.search.engines import engine_of
from submissions.search.query import Concept, Query
from submissions.search.spelling import nearest
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, stems_of, words
from submissions.version import once_per_names, once_per_version

SHORT_FORM = 4  # letters at most: “LBHF”


@dataclass
class Term:
    """A term of the thesaurus. `same`: the words for it. `also`: looked for in addition when it is searched."""

    same: list[str]
    also: list[str]


@dataclass
class Name:
    """What a name or alias stands for: boroughs (several, for a delivery body) or a theme."""

    boroughs: list[tuple[str, str]] = field(default_factory=list)  # (slug, name)
    themes: list[tuple[str, str]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)  # all names of the one borough


class Asked(dict):
    """Answers of the database, each read when it is first asked for. `answers(keys)` gives some of them, as a dict."""

    MOST = 50_000

    def __init__(self, answers):
        super().__init__()
        self.answers = answers

    def __missing__(self, key):
        self.ask([key])
        return self[key]

    def ask(self, keys):
        """Read many in one query."""
        if new := [key for key in dict.fromkeys(keys) if key not in self]:
            if len(self) > self.MOST:
                self.clear()
            self.update(self.answers(new))


class Knowledge:
    """`terms`: {stems: [Term]}. `meanings`: {word: [meaning]}. `names`: {stems: Name}. `total`: the published entries.
    `entries`: {stem: how many of them have it}. `parts`: {joined word: its parts}."""

    def __init__(self):
        self.terms, self.meanings = defaultdict(list), {}
        self.shown_terms = []  # [(label, the words of its term, label and expansion)]
        self._read_terms()
        self.names = defaultdict(Name)
        self.borough_labels, self.theme_labels = [], []  # [(slug, name, [the words of its name and earlier slugs])]
        self._read_boroughs()
        self._read_themes()
        self._find_ambiguous_names()
        self.longest = max(map(len, [*self.terms, *self.names]), default=1)
        self.named_stems = {part for key in (*self.terms, *self.names) for part in key}
        self.named_words = self._named_words()

    def with_words(self):
        """The same names, with the words of the entries as they are now."""
        present = copy(self)
        present.entries, present.parts, present._beginnings = Asked(_entries), Asked(_parts), Asked(_beginnings)
        present.total = Submission.objects.published().count()
        return present

    def _read_terms(self):
        for term in GlossaryTerm.objects.all():
            if term.meanings:
                self.meanings[_key(term.term)] = list(term.meanings)
            known = Term(_distinct([term.term, term.shown_as, term.expansion, *term.synonyms]), list(term.also))
            if term.shown:
                self.shown_terms.append((term.label, [words(t) for t in (term.term, term.label, term.expansion) if t]))
            for word in known.same:
                self.terms[stems_of(word)].append(known)
        for key in self.meanings:
            # A short form of several things leads to none of them.
            self.terms.pop((stem(key),), None)

    def _read_boroughs(self):
        for borough in Borough.objects.select_related("delivery_body").prefetch_related("former_slugs"):
            self.borough_labels.append((borough.slug, borough.name, _forms(borough)))
            body = borough.delivery_body
            own = {borough.name, borough.official_name, *borough.aliases}
            shared = {body.name, *body.aliases} if body else set()
            for name in own | shared | (set(words(borough.name)) - _COMMON):
                _add(self.names[stems_of(name)].boroughs, (borough.slug, borough.name))
            for name in own:
                self.names[stems_of(name)].forms |= own

    def _read_themes(self):
        for theme in Theme.objects.prefetch_related("former_slugs"):
            self.theme_labels.append((theme.slug, theme.name, _forms(theme)))
            pieces = theme.name.replace(" and ", ",").split(",")
            earlier = [former.slug for former in theme.former_slugs.all()]
            for name in {theme.name, theme.slug, *earlier, *map(str.strip, pieces)}:
                _add(self.names[stems_of(name)].themes, (theme.slug, theme.name))

    def _find_ambiguous_names(self):
        """A short form of several boroughs, of their own and not of a body they share, has several meanings."""
        for name in self.names.values():
            short = {_key(form) for form in name.forms if len(form) <= SHORT_FORM}
            if len(short) == 1 and len(name.boroughs) > 1:
                self.meanings.setdefault(short.pop(), [label for _, label in name.boroughs])

    def _named_words(self):
        """The words of terms and names that a typing error may be corrected to, whether or not entries have them."""
        named = {word for terms in self.terms.values() for term in terms for text in term.same for word in words(text)}
        named |= {word for name in self.names.values() for form in name.forms for word in words(form)}
        named |= {word for name in self.names.values() for _, label in name.themes for word in words(label)}
        return sorted(named)

    def look_up(self, spelled):
        """Ask for all of these words at once."""
        self.entries.ask(map(stem, spelled))
        self.parts.ask(spelled)

    def knows(self, word):
        """Some entry has the word, in whatever form."""
        return self.entries[stem(word)] > 0

    def is_named(self, word):
        """The word is in a term or a name, or is a stop word or a short form."""
        return word in STOP_WORDS or word in self.meanings or stem(word) in self.named_stems

    def nearest(self, word, most):
        """The known word that this one most likely means, with at most so many other letters; None if there is none."""
        begins, params = engine_of(connection).begins_with("word", word[:1])
        slips = [word[1:2] + word[:1] + word[2:], *(letter + word for letter in ascii_lowercase)]
        found = _rows(
            "word FROM submissions_searchword",
            f"{begins} AND length(word) BETWEEN %s AND %s OR word IN {_places(slips)}",
            [*params, len(word) - most, len(word) + most, *slips],
        )
        spellings = {*self.named_words, *(word for (word,) in found)} - STOP_WORDS
        spellings = sorted(word for word in spellings if len(word) > 2)
        return nearest(word, spellings, lambda found: self.entries[stem(found)], most)

    def beginnings(self, *stems):
        """Letters that each spelling of these stems begins with, as they stand in a text: of one stem few, and none
        within another."""
        self._beginnings.ask(stems)
        return {word for part in stems for word in self._beginnings[part]}

    def beginning_with(self, beginning, limit):
        """Words of entries that begin so, the most frequent first, one for each stem."""
        begins, params = engine_of(connection).begins_with("word", beginning)
        found = _rows(
            "MIN(word) FROM submissions_searchword JOIN submissions_searchstem counted USING (stem)",
            f"{begins} GROUP BY stem, counted.entries ORDER BY counted.entries DESC, 1 LIMIT %s",
            [*params, limit],
        )
        return [word for (word,) in found]

    def has(self, way):
        """Some entry has these stems side by side."""
        return self.has_all([Concept("", (way,))])

    def has_all(self, concepts):
        """Some entry has every one of these concepts. One query."""
        sql, params = engine_of(connection).matches(Query(concepts=tuple(concepts)))
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT 1", params)
            return cursor.fetchone() is not None

    def share(self, stem):
        """The share of entries that have a stem, 0 to 1."""
        return self.entries[stem] / max(self.total, 1)


_COMMON = {"and", "upon", "city", "of", "london", "forest", "hamlets", "tower", "thames"}


@once_per_names
def _names(_stamp):
    return Knowledge()


@once_per_version
def knowledge(_stamp):
    """What is known of the catalogue as it is now."""
    return _names().with_words()


def _entries(stems):
    found = _rows("stem, entries FROM submissions_searchstem", f"stem IN {_places(stems)}", stems)
    return dict.fromkeys(stems, 0) | dict(found)


def _parts(spelled):
    found = _rows("word, parts FROM submissions_searchword", f"parts <> '' AND word IN {_places(spelled)}", spelled)
    return dict.fromkeys(spelled) | {word: tuple(parts.split()) for word, parts in found}


def _beginnings(stems):
    found = {part: set() for part in stems}
    for part, word, parts in _rows("stem, word, parts FROM submissions_searchword", f"stem IN {_places(stems)}", stems):
        found[part] |= {word.removesuffix("s"), *parts.split()[:1]}
    return {
        part: {word for word in own if not any(word != other and word.startswith(other) for other in own)}
        for part, own in found.items()
    }


def _places(values):
    return f"({', '.join(['%s'] * len(values))})"


def _rows(selected, where, params):
    """As plain SQL, because a search asks several times."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selected} WHERE {where}", params)
        return cursor.fetchall()


def _forms(record):
    """The words of a record's name, and of every slug it has had."""
    return [words(record.name), *(words(former.slug) for former in record.former_slugs.all())]


def _key(text):
    return "".join(words(text))


def _add(places, place):
    if place not in places:
        places.append(place)


def _distinct(texts):
    return [text for text in dict.fromkeys(texts) if text]
