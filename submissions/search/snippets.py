"""Why an entry was found: a piece of the field that matched, its words marked."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import islice

from django.utils.safestring import SafeString, mark_safe

from submissions.entry_fields import Kind, of_kind
from submissions.models import Submission
from submissions.related import related
from submissions.search.knowledge import knowledge
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, without_tags, words

LENGTH = 240  # characters
MOST_PLACES = 25  # of one spelling in one field: enough to choose from
LONGEST_WAY = 8  # words
_PIECE = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*['’]?")
_PART = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*['’]?")
_SPACES = re.compile(r"\s+")
_FACTS = [field for field in of_kind(Kind.TEXT) if field.in_short]
_OWN = ("title", "summary", "body", "supporting", *(field.name for field in _FACTS))
# What entries share or point to: {part: how it is called}.
_RELATED = {"themes": "Themes", "partners": "Partners", "contacts": "Contact", "metrics": "Figures"}
_RELATED |= {"supporting_items": "Supporting items", "official_names": "Borough"}


@dataclass(frozen=True)
class Snippet:
    """`field`: where the words stand, such as “Partners”. `html`: the piece, escaped, with the words in <mark>."""

    field: str
    html: SafeString


def snippets(keys, query):
    """{pk: Snippet} for the entries of one page; one without a word in its shown fields is left out.

    One query for their own texts, and one for other records if the summary or the text of some entry does not say
    everything."""
    if not query.concepts:
        return {}
    marker = _Marker(query)
    entries = Submission.objects.filter(pk__in=keys).values("pk", *_OWN)
    entries = {entry["pk"]: entry for entry in entries}
    best = {pk: _best(_own_fields(entry), marker) for pk, entry in entries.items()}
    short = [pk for pk, piece in best.items() if piece is None or piece.covered < marker.wanted]
    others = related(short, _RELATED)
    for pk in short:
        other = _best(_other_fields(entries[pk], others[pk]), marker)
        if other and (best[pk] is None or other.covered > best[pk].covered):
            best[pk] = other
    return {pk: found.snippet() for pk, found in best.items() if found}


def _own_fields(entry):
    yield "Summary", without_tags(entry["summary"])
    yield "Text", without_tags(entry["body"])


def _other_fields(entry, several):
    """Each further field with its text, in the order of their worth."""
    joined = [(label, "; ".join(several[name])) for name, label in _RELATED.items()]
    yield from joined[:3]
    yield from ((field.label, entry[field.name]) for field in _FACTS)
    yield joined[3]
    yield "Supporting information", without_tags(entry["supporting"])
    yield from joined[4:]
    yield "Title", entry["title"]


def _best(fields, marker):
    """The field that has the most concepts; of two, the first."""
    best = None
    for field, text in fields:
        piece = marker.piece(field, text.strip()) if text else None
        if piece and (best is None or (piece.covered, piece.typed) > (best.covered, best.typed)):
            best = piece
            if best.covered == best.typed == marker.wanted:
                break  # nothing is better
    return best


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
                parts.append(f"{_escaped(self.text[place:first])}<mark>{escape(self.text[first:last])}</mark>")
                place = last
        parts.append(_escaped(self.text[place:end]))
        before, after = "… " if start else "", " …" if end < len(self.text) else ""
        # Safe: each part of the text was escaped.
        return Snippet(self.field, mark_safe(f"{before}{''.join(parts)}{after}"))  # noqa: S308

    def _window(self):
        """The stretch of text with the most concepts, then the most marks, at whole words."""
        dense = self._densest()
        start = max(0, dense - 40)
        end = min(len(self.text), start + LENGTH)
        if start:
            start = self.text.find(" ", start, dense) + 1 or dense
        if end < len(self.text):
            end = max(self.text.rfind(" ", start, end), min(last for _, last, _ in self.marks if last > dense))
        return start, end

    def _densest(self):
        """The mark after which the most concepts, then the most marks, are near; the first such."""
        near, last, best, place = Counter(), 0, (0, 0), 0
        for n, (start, _, concept) in enumerate(self.marks):
            while last < len(self.marks) and self.marks[last][0] < start + LENGTH - 60:
                near[self.marks[last][2]] += 1
                last += 1
            if (len(near), last - n) > best:
                best, place = (len(near), last - n), start
            near[concept] -= 1
            if not near[concept]:
                del near[concept]
        return place


def _escaped(text):
    return escape(_SPACES.sub(" ", text))


class _Marker:
    """Finds a query's words in a text, by their stems and with the neighbours they need.

    Only places where a known spelling begins are looked at: reading every word of twenty entries would take longer than
    the whole search."""

    def __init__(self, query):
        self.wanted = len(query.concepts)
        self.ways = {}  # {first stem: [(all stems, concept, typed)]}
        for number, concept in enumerate(query.concepts):
            for ways, typed in ((concept.typed, True), (concept.also, False)):
                for way in ways:
                    for stems in [way.stems] if way.adjacent else [(part,) for part in way.stems]:
                        self.ways.setdefault(stems[0], []).append((stems, number, typed))
        known = knowledge()
        self.beginnings = known.beginnings(*self.ways)

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
        part = _PART.match(text, place)
        if not part:
            return
        if text.startswith("-", part.end()):
            whole = _PIECE.match(text, place)
            for stems, number, typed in self.ways.get(stem("".join(words(whole[0].replace("-", "")))), ()):
                if len(stems) == 1:
                    yield place, whole.end(), number, typed
        first = _stems(part[0])
        for stems, number, typed in self.ways.get(first[0], ()) if first else ():
            if len(stems) == 1:
                yield place, part.end(), number, typed
            elif end := _end_of(stems, text, place):
                yield place, end, number, typed


def _end_of(stems, text, place):
    """Where words with these stems, one after the other from a place on, end; None if others are there."""
    found = ((each, part.end()) for part in _PART.finditer(text, place) for each in _stems(part[0]))
    ends = [end for wanted, (each, end) in zip(stems, islice(found, LONGEST_WAY), strict=False) if each == wanted]
    return ends[-1] if len(ends) == len(stems) else None


@lru_cache(maxsize=20_000)
def _stems(part):
    """The stems of the words in a part of a text, without stop words."""
    return tuple(stem(word) for word in words(part) if word not in STOP_WORDS)


def _apart(marks):
    """Marks that do not overlap: of two that do, the one that begins first, and the longer."""
    separate = []
    for mark in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if not separate or mark[0] >= separate[-1][1]:
            separate.append(mark)
    return separate
