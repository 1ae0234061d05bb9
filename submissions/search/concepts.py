"""From tokens to concepts: the longest term or name first, then joined words, then single words."""

import math

from submissions.search.query import Concept, Place, Way
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, is_filler, stems_of, words

MOST_SYNONYMS = 40  # ways of one concept: more would cost time and find chance


class Concepts:
    """Reads tokens from left to right. `found`, `also`, `boroughs`, `themes`, `ambiguous`: see `Query`."""

    def __init__(self, typed, known, exact):
        self.typed, self.known, self.exact = typed, known, exact
        self.found, self.also, self.boroughs, self.themes, self.ambiguous = [], [], [], [], []
        self.named = []  # the concepts that name a borough

    def read(self, tokens):
        rest = tokens
        while rest:
            rest = rest[self._next(rest) :]
        return self

    @property
    def different(self):
        """The concepts without those that were asked for twice."""
        return list({concept.typed: concept for concept in reversed(self.found)}.values())[::-1]

    def read_phrase(self, phrase):
        """Words in quotation marks: side by side, nothing else."""
        stems = tuple(stem(word) for word in phrase if word not in STOP_WORDS)
        if stems:
            self.found.append(self._concept(" ".join(phrase), (Way(stems),)))

    def _next(self, tokens):
        """Read what comes first; returns how many tokens that is."""
        for length in range(min(len(tokens), self.known.longest), 1, -1):
            if self._read_term(tokens[:length]):
                return length
        if len(tokens) > 1 and self._read_joined(tokens[:2]):
            return 2
        self._read_word(tokens[0])
        return 1

    def _read_term(self, tokens):
        key = tuple(token.stem for token in tokens)
        stems = tuple(token.stem for token in tokens if not token.is_stop_word)
        if not stems or not (key in self.known.terms or key in self.known.names):
            return False
        self._note_places(key, tokens)
        if self.exact:
            return False
        # A term is one thing: its words belong together, if any entry has them so.
        ways = [
            way for way in (Way(stems), Way((stem("".join(token.word for token in tokens)),))) if self._is_said(way)
        ]
        if ways:
            self._add(self._label(tokens), key, tuple(ways))
        elif not self._read_as_synonyms(self._label(tokens), key):
            self._add(self._label(tokens), key, (Way(stems, adjacent=False),))
        return True

    def _is_said(self, way):
        return all(self.known.entries[part] for part in way.stems) and (len(way.stems) == 1 or self.known.has(way))

    def _read_as_synonyms(self, label, key):
        """A term that no entry has, by what else it is called: its words apart mean other things (“learn to drive”)."""
        synonyms = self._synonyms(key, ()) if key in self.known.terms else ()
        if synonyms:
            self.also.append((label, tuple(text for text, _ in synonyms)))
            self.found.append(self._concept(label, tuple(way for _, way in synonyms), is_term=True))
        return bool(synonyms)

    def _read_joined(self, tokens):
        """“co production”, “co-production” where entries also say “coproduction”."""
        first, second = tokens
        whole = self.typed.compounds.get((first.word, second.word), first.word + second.word)
        if first.is_stop_word or second.is_stop_word or not self.known.knows(whole) or whole.isdigit():
            return False
        ways = (Way((first.stem, second.stem)), Way((stem(whole),)))
        self._add(self._label(tokens), (stem(whole),), ways)
        return True

    def _read_word(self, token):
        word, key = token.word, (token.stem,)
        if token.is_stop_word or self._is_filler(token):
            return
        if word in self.known.meanings:
            self.ambiguous.append((token.typed.upper(), tuple(self.known.meanings[word])))
            if word not in STOP_WORDS:
                self.found.append(self._concept(token.typed, (Way(key),)))
            return
        if token.capitals and self._is_only_short_form(token):
            return
        self._note_places(key, [token])
        parts = (self.known.parts[word], *token.ways)
        ways = [Way(tuple(stem(part) for part in way if part not in STOP_WORDS)) for way in parts if way]
        self._add(self._label([token]), key, (Way(key), *ways))

    def _is_filler(self, token):
        return self.typed.is_sentence and is_filler(token.word) and not token.capitals

    def _is_only_short_form(self, token):
        """“HE” is higher education and never the word “he”: only what it stands for can be searched."""
        if token.word not in STOP_WORDS:
            return False
        also = () if self.exact else self._synonyms((token.stem,), ())
        if also:
            self.also.append((token.typed.upper(), tuple(label for label, _ in also)))
            self.found.append(self._concept(token.typed, tuple(way for _, way in also)))
        return True

    def _note_places(self, key, tokens):
        name = self.known.names.get(key)
        if name is None:
            return
        typed = self.typed.surface(tokens)
        self.boroughs += [Place(*place, typed) for place in name.boroughs]
        self.themes += [Place(*place, typed) for place in name.themes]
        if name.boroughs:
            self.named.append(self._label(tokens))

    def _label(self, tokens):
        """The words as typed, or as they were corrected."""
        if any(token.corrected for token in tokens):
            return " ".join(token.word for token in tokens)
        return self.typed.surface(tokens)

    def _add(self, label, key, ways):
        """A concept with its synonyms, unless only the typed words are wanted."""
        if self.exact:
            self.found.append(self._concept(label, ways))
            return
        is_term = key in self.known.terms or key in self.known.names
        ways += tuple(way for way in dict.fromkeys(self._other_names(key)) if not _is_within(way, ways))
        synonyms = self._synonyms(key, ways)
        if synonyms:
            self.also.append((label, tuple(text for text, _ in synonyms)))
        self.found.append(self._concept(label, ways, tuple(way for _, way in synonyms), is_term))

    def _other_names(self, key):
        """A borough's other names are the same words in another spelling."""
        name = self.known.names.get(key)
        if name is None or len(name.boroughs) != 1:
            return []
        return [way for form in sorted(name.forms) if (way := self._way(form))]

    def _synonyms(self, key, typed):
        """[(words, way)] of all terms of this key, as far as some entry has the words."""
        found, texts = {}, [text for term in self.known.terms.get(key, ()) for text in (*term.same, *term.also)]
        self.known.entries.ask(part for text in texts for part in stems_of(text))
        for text in texts:
            way = self._way(text)
            if way and not _is_within(way, typed) and way not in found:
                found[way] = text
        return [(text, way) for way, text in found.items()][:MOST_SYNONYMS]

    def _way(self, text):
        """How to search a term's words; None if no entry can have them, or if only “in” or “the” tells them apart."""
        asked = words(text)
        stems = tuple(stem(word) for word in asked if word not in STOP_WORDS)
        if not stems or (len(stems) == 1 < len(asked)) or not all(self.known.entries[part] for part in stems):
            return None
        return Way(stems)

    def _concept(self, label, typed, also=(), is_term=False):
        return Concept(label, typed, also, self._telling(typed, also), is_term)

    def _telling(self, typed, also):
        """How rare a concept is: 0 for what every entry has, about 7 for one entry of a thousand."""
        share = max((self._share(way) for way in typed), default=0) or max(
            (self._share(way) for way in also), default=0
        )
        return math.log(1 + (1 - share) / max(share, 1 / (self.known.total + 1)))

    def _share(self, way):
        return min(self.known.share(part) for part in way.stems)


def _is_within(way, typed):
    """Whatever has this way has one of the typed ways already."""
    for other in typed:
        if not other.adjacent and set(other.stems) <= set(way.stems):
            return True
        n = len(other.stems)
        if any(way.stems[start : start + n] == other.stems for start in range(len(way.stems) - n + 1)):
            return True
    return False
