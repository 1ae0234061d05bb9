"""What the search box offers while somebody types: entries, themes, boroughs, terms."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse

from submissions.models import Submission
from submissions.search.engines import engine_of
from submissions.search.knowledge import knowledge
from submissions.search.reading import cleaned
from submissions.search.stems import stem
from submissions.search.words import STOP_WORDS, words
from submissions.withheld import withhold

SHORTEST = 2  # letters before anything is offered
MOST_WORDS = 12  # that are read
MOST_ENTRIES = 4  # so that the other kinds have a place
_MOST_ENDINGS = 30  # words that begin like the one being typed


@dataclass(frozen=True)
class Suggestion:
    kind: str  # entry, theme, borough or term
    label: str
    url: str


def suggest(text, limit=8):
    """At most `limit` suggestions for what has been typed so far: entries by their title, then the ways in by name."""
    asked = words(cleaned(text or ""))[:MOST_WORDS]
    if sum(map(len, asked)) < SHORTEST:
        return []
    known = knowledge()
    named = [*_places(asked, known), *_terms(asked, known)][: limit - 1]
    entries = _entries(asked, known, min(MOST_ENTRIES, limit) if named else limit)
    found = [*named[: limit - len(entries)], *entries]
    return [replace(suggestion, label=withhold(suggestion.label)) for suggestion in found]


def _entries(asked, known, limit):
    """Published entries whose title has all words, the last one perhaps not finished."""
    *whole, last = asked
    wanted = [[stem(word)] for word in whole if word not in STOP_WORDS]
    # “cooking w” may become “cooking with”, and little words are not stored.
    if not any(word.startswith(last) for word in STOP_WORDS):
        wanted.append(sorted({stem(last), *map(stem, known.beginning_with(last, _MOST_ENDINGS))}))
    elif not wanted:
        return []
    in_title = RawSQL(*engine_of(connection).in_title(wanted))  # noqa: S611 (our own SQL; words as parameters)
    found = Submission.objects.published().filter(pk__in=in_title).newest_first().only("title", "slug")[:limit]
    return [Suggestion("entry", entry.title, entry.get_absolute_url()) for entry in found]


def _places(asked, known):
    for kind, address, labels in (("theme", "theme", known.theme_labels), ("borough", "borough", known.borough_labels)):
        for slug, label, forms in labels:
            if any(_begins(asked, form) for form in forms):
                yield Suggestion(kind, label, reverse(address, args=[slug]))


def _terms(asked, known):
    for label, forms in known.shown_terms:
        if any(_begins(asked, form) for form in forms):
            yield Suggestion("term", label, f"{reverse('submissions')}?{urlencode({'q': label})}")


def _begins(asked, label):
    """The words typed so far begin the label's words, in order, from some word on."""
    *whole, last = asked
    n = len(asked)
    for start in range(len(label) - n + 1):
        if label[start : start + n - 1] == whole and label[start + n - 1].startswith(last):
            return True
    return False
