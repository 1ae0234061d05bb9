"""Why an entry was found: a piece of the field that matched, its words marked."""

import re
from dataclasses import dataclass
from itertools import islice

from django.db.models import prefetch_related_objects
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from submissions.entry_fields import Kind, of_kind
from submissions.search.knowledge import knowledge
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, without_tags, words

LENGTH = 240  # characters
MOST_PLACES = 25  # of one spelling in one field: enough to choose from
LONGEST_WAY = 8  # words
_PIECE = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*['’]?")
_PART = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*['’]?")
_SPACES = re.compile(r"\s+")
_RELATED = ("themes", "boroughs", "partners", "contact_lines__contact", "metrics", "supporting_items")


@dataclass(frozen=True)
class Snippet:
    """`field`: where the words stand, such as “Partners”. `html`: the piece, escaped, with the words in <mark>."""

    field: str
    html: SafeString


def snippets(entries, query):
    """{pk: Snippet} for the entries of one page; one without a word in its shown fields is left out.

    Reads other records (six queries in all) only if the summary or the text of some entry does not say everything."""
    entries = list(entries)
    if not query.concepts:
        return {}
    marker = _Marker(query)
    best = {entry.pk: _best(_own_fields(entry), marker) for entry in entries}
    short = [entry for entry in entries if best[entry.pk] is None or best[entry.pk].covered < len(query.concepts)]
    prefetch_related_objects(short, *_RELATED)
    for entry in short:
        other = _best(_related_fields(entry), marker)
        if other and (best[entry.pk] is None or other.covered > best[entry.pk].covered):
            best[entry.pk] = other
    return {pk: found.snippet() for pk, found in best.items() if found}


def _own_fields(entry):
    yield "Summary", without_tags(entry.summary)
    yield "Text", without_tags(entry.body)


def _related_fields(entry):
    yield "Themes", "; ".join(theme.name for theme in entry.themes.all())
    yield "Partners", "; ".join(partner.name for partner in entry.partners.all())
    yield "Contact", "; ".join(f"{line.contact.name}, {line.contact.role}" for line in entry.contact_lines.all())
    yield from ((field.label, getattr(entry, field.name)) for field in of_kind(Kind.TEXT) if field.in_short)
    confirmed = [metric for metric in entry.metrics.all() if metric.is_confirmed]
    yield "Figures", "; ".join(f"{metric.figure}: {metric.label}" for metric in confirmed)
    yield "Supporting information", without_tags(entry.supporting)
    yield "Supporting items", "; ".join(item.title for item in entry.supporting_items.all())
    yield "Borough", "; ".join(borough.official_name for borough in entry.boroughs.all())
    yield "Title", entry.title


def _best(fields, marker):
    """The field that has the most concepts; of two, the first."""
    found = [piece for field, text in fields if text and (piece := marker.piece(field, text.strip()))]
    return max(found, key=lambda piece: (piece.covered, piece.typed), default=None)


@dataclass(frozen=True)
class _Piece:
    field: str
    text: str
    marks: list[tuple[int, int, int]]  # from, to: characters of `text`, in order; the number of the concept
    covered: int  # concepts that the whole field has
    typed: int  # of them, those in the typed words

    def snippet(self):
        start, end = self._window()
        parts, place = [], start
        for first, last, _ in self.marks:
            if start <= first and last <= end:
                parts += [_escaped(self.text[place:first]), format_html("<mark>{}</mark>", self.text[first:last])]
                place = last
        parts.append(_escaped(self.text[place:end]))
        before, after = "… " if start else "", " …" if end < len(self.text) else ""
        return Snippet(
            self.field, format_html("{}{}{}", before, format_html_join("", "{}", ((part,) for part in parts)), after)
        )

    def _window(self):
        """The stretch of text with the most concepts, then the most marks, at whole words."""
        dense = max((first for first, _, _ in self.marks), key=self._worth)
        start = max(0, dense - 40)
        end = min(len(self.text), start + LENGTH)
        if start:
            start = self.text.find(" ", start, dense) + 1 or dense
        if end < len(self.text):
            end = max(self.text.rfind(" ", start, end), min(last for _, last, _ in self.marks if last > dense))
        return start, end

    def _worth(self, start):
        inside = [concept for first, _, concept in self.marks if start <= first < start + LENGTH - 60]
        return len(set(inside)), len(inside), -start


def _escaped(text):
    return conditional_escape(_SPACES.sub(" ", text))


class _Marker:
    """Finds a query's words in a text, by their stems and with the neighbours they need.

    Only places where a known spelling begins are looked at: reading every word of twenty entries would take longer than
    the whole search."""

    def __init__(self, query):
        self.ways = {}  # {first stem: [(all stems, concept, typed)]}
        for number, concept in enumerate(query.concepts):
            for ways, typed in ((concept.typed, True), (concept.also, False)):
                for way in ways:
                    for stems in [way.stems] if way.adjacent else [(part,) for part in way.stems]:
                        self.ways.setdefault(stems[0], []).append((stems, number, typed))
        known = knowledge()
        self.beginnings = {beginning for first in self.ways for beginning in known.beginnings(first)}

    def piece(self, field, text):
        """The field as a `_Piece`, or None if no concept is in it."""
        found = {mark for place in self._places(text) for mark in self._marks_at(text, place)}
        if not found:
            return None
        concepts = {number for _, _, number, _ in found}
        typed = {number for _, _, number, typed in found if typed}
        return _Piece(field, text, _apart({mark[:3] for mark in found}), len(concepts), len(typed))

    def _places(self, text):
        low = text.lower()
        if len(low) != len(text):
            return  # a letter of another script that changes its length: its entry is shown without marks
        for beginning in self.beginnings:
            place = low.find(beginning)
            for _ in range(MOST_PLACES):
                if place < 0:
                    break
                if place == 0 or not low[place - 1].isalnum():
                    yield place
                place = low.find(beginning, place + len(beginning))

    def _marks_at(self, text, place):
        """(from, to, concept, typed) of each way that begins at this place."""
        whole = _PIECE.match(text, place)
        if whole and "-" in whole[0]:
            for stems, number, typed in self.ways.get(stem("".join(words(whole[0].replace("-", "")))), ()):
                if len(stems) == 1:
                    yield place, whole.end(), number, typed
        tokens = list(islice(_tokens(text, place), LONGEST_WAY))
        if tokens and tokens[0][1] == place:
            for stems, number, typed in self.ways.get(tokens[0][0], ()):
                if tuple(token[0] for token in tokens[: len(stems)]) == stems:
                    yield place, tokens[len(stems) - 1][2], number, typed


def _tokens(text, place):
    """(stem, from, to) of the words from a place on, without stop words, each part of a compound for itself."""
    for match in _PART.finditer(text, place):
        for word in words(match[0]):
            if word not in STOP_WORDS:
                yield stem(word), match.start(), match.end()


def _apart(marks):
    """Marks that do not overlap: of two that do, the one that begins first, and the longer."""
    separate = []
    for mark in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if not separate or mark[0] >= separate[-1][1]:
            separate.append(mark)
    return separate
