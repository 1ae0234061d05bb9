"""What search knows besides the entries' index: their words, the terms, and the names of boroughs and themes.

Kept in memory per version of the catalogue, so that an edit in any process is known to the next search in all.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from boroughs.models import Borough
from submissions.models import GlossaryTerm, SearchStem, SearchWord, Submission, Theme
from submissions.search.engines import engine_of
from submissions.search.query import Concept, Query
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, stems_of, words
from submissions.version import once_per_version

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


class Knowledge:
    def __init__(self, version):
        self.version = version
        self.entries = dict(SearchStem.objects.filter(entries__gt=0).values_list("stem", "entries"))
        rows = SearchWord.objects.values_list("word", "stem", "parts")
        rows = [row for row in rows if row[1] in self.entries]
        self.words = sorted(word for word, _, _ in rows)
        self.parts = {word: tuple(parts.split()) for word, _, parts in rows if parts}
        self.total = Submission.objects.published().count()
        self.terms = defaultdict(list)  # {stems: [Term]}
        self.meanings = {}  # {word: [meaning]}
        self.shown_terms = []  # [(label, the words of its term, label and expansion)]
        self._read_terms()
        self.names = defaultdict(Name)  # {stems: Name}
        self.borough_labels, self.theme_labels = [], []  # [(slug, name, [the words of its name and earlier slugs])]
        self._read_boroughs()
        self._read_themes()
        self._find_ambiguous_names()
        self.longest = max(map(len, [*self.terms, *self.names]), default=1)

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

    def knows(self, word):
        """Some entry has the word, in whatever form."""
        return stem(word) in self.entries

    def is_named(self, word):
        """The word is in a term or a name, or is a stop word or a short form."""
        return word in STOP_WORDS or word in self.meanings or stem(word) in self.named_stems

    @cached_property
    def named_stems(self):
        return {part for key in (*self.terms, *self.names) for part in key}

    @cached_property
    def spellings(self):
        """Every word a typing error may be corrected to."""
        named = {word for terms in self.terms.values() for term in terms for text in term.same for word in words(text)}
        named |= {word for name in self.names.values() for form in name.forms for word in words(form)}
        named |= {word for name in self.names.values() for _, label in name.themes for word in words(label)}
        return sorted(word for word in named.union(self.words) if len(word) > 2 and word not in STOP_WORDS)

    @cached_property
    def _spelled(self):
        """{stem: the words that have it}."""
        found = defaultdict(list)
        for word in self.words:
            found[stem(word)].append(word)
        return found

    def beginnings(self, stem):
        """Letters that each spelling of a stem begins with, as they stand in a text: few, and none within another."""
        found = {word.removesuffix("s") for word in self._spelled.get(stem, ())}
        found |= {self.parts[word][0] for word in self._spelled.get(stem, ()) if word in self.parts}
        return {word for word in found if not any(word != other and word.startswith(other) for other in found)}

    def beginning_with(self, beginning, limit):
        """Words of entries that begin so, the most frequent first, one for each stem."""
        start = bisect_left(self.words, beginning)
        end = bisect_left(self.words, beginning + "\U0010ffff")
        found = {stem(word): word for word in reversed(self.words[start:end])}
        return sorted(found.values(), key=lambda word: (-self.entries[stem(word)], word))[:limit]

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
        return self.entries.get(stem, 0) / max(self.total, 1)


_COMMON = {"and", "upon", "city", "of", "london", "forest", "hamlets", "tower", "thames"}


@once_per_version
def knowledge(stamp):
    """What is known of the catalogue as it is now."""
    return Knowledge(stamp)


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
