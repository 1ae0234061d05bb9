"""What an entry's page shows: its text with anchors on sub-headings and voices, figures marked and terms explained, and
the entries to read next, each with the reason."""

import re
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from submissions.facets import current_index
from submissions.models import GlossaryTerm, Submission
from submissions.wording import plain

MOST_RELATED = 6
# How much nearer sharing one of these brings two entries: a partner is shared by few entries, a theme by many.
NEARER = {"partner": 2, "theme": 1, "borough": 1}
_HEADING = re.compile(r"<h3>(.*?)</h3>", re.S)
# What a term is not explained in: headings, quotations (a voice stays as it was spoken), links, and marks already made.
_SKIPPED = re.compile(
    r"(<h3.*?</h3>|<blockquote.*?</blockquote>|<q .*?</q>|<a .*?</a>|<button.*?</button>|<[^>]+>)", re.S
)


class EntryText:
    """Reads stored, sanitised HTML once and gives `summary`, `html` (the submission) and `supporting`, and for the last
    two `contents` and `supporting_contents`, lists of (anchor, heading)."""

    def __init__(self, entry):
        self.contents, self.supporting_contents = [], []
        body, supporting = self._with_anchors(entry.body, entry.supporting)
        body = _with_figures(body, entry.figures)
        body, supporting = _with_voices(body, supporting, entry.heard)
        # Safe: the texts were sanitised when they were stored, and nothing but escaped text was added here.
        parts = (mark_safe(part) for part in _with_terms(entry.summary, body, supporting))  # noqa: S308
        self.summary, self.html, self.supporting = parts

    def _with_anchors(self, body, supporting):
        used = set()
        return (
            _HEADING.sub(lambda match: _anchored(match, used, self.contents), body),
            _HEADING.sub(lambda match: _anchored(match, used, self.supporting_contents), supporting),
        )


def _anchored(match, used, contents):
    """A sub-heading with an anchor that no other has; it is added to the contents."""
    heading = plain(match[1])
    base = f"section-{slugify(heading) or 'part'}"
    anchor, n = base, 2
    while anchor in used:
        anchor, n = f"{base}-{n}", n + 1
    used.add(anchor)
    contents.append((anchor, heading))
    return f'<h3 id="{anchor}">{match[1]}</h3>'


def _with_figures(markup, figures):
    for quote, metrics in _by_sentence(figures).items():
        # The sentence is found as it is stored: escaped text inside one block. Reworded text is left unmarked.
        others = "".join(f'<span id="figure-{metric.pk}"></span>' for metric in metrics[1:])
        mark = f'<mark class="figure" id="figure-{metrics[0].pk}">{others}{quote}</mark>'
        markup = markup.replace(quote, mark, 1)
    return markup


def _by_sentence(figures):
    """{sentence as stored: its figures}: a sentence is marked once, however many figures it states."""
    sentences = {}
    for metric in figures:
        stored = metric.quote.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        sentences.setdefault(stored, []).append(metric)
    return sentences


def _with_voices(body, supporting, voices):
    """Both texts with an anchor at each voice, so that the page of voices can lead to its place."""
    for voice in voices:
        if place := voice.place_in(body):
            body = _with_voice(body, place, voice)
        elif place := voice.place_in(supporting):
            supporting = _with_voice(supporting, place, voice)
    return body, supporting


def _with_voice(markup, place, voice):
    """The voice as a quotation inside its sentence, or, where a quotation of its own holds it already, an anchor."""
    before, words, after = markup[: place.start()], place[0], markup[place.end() :]
    if "<" in words or before.rfind("<blockquote") > before.rfind("</blockquote"):
        return f'{before}<span id="voice-{voice.pk}"></span>{words}{after}'
    return f'{before}<q class="voice" id="voice-{voice.pk}">{words}</q>{after}'


def _with_terms(*texts):
    """The texts with the first use of each short form as a button that shows what it means: by touch, keyboard and
    screen reader."""
    terms = {term.term: term for term in GlossaryTerm.objects.explained()}
    if not terms:
        return texts
    forms = re.compile(r"(?<![\w.-])(" + "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) + r")(?![\w-])")

    def explained(match):
        term = terms.pop(match[1], None)
        return _explanation(term, match[1]) if term else match[1]

    return [
        "".join(part if n % 2 else forms.sub(explained, part) for n, part in enumerate(_SKIPPED.split(markup)))
        for markup in texts
    ]


def _explanation(term, form):
    anchor, meaning = f"term-{term.slug}", escape(f"{term.expansion}. {term.definition}")
    return (
        f'<button type="button" class="term" popovertarget="{anchor}">{form}'
        f'<span class="visually-hidden"> (what this means)</span></button>'
        f'<span popover id="{anchor}" class="meaning"><strong>{form}</strong>: {meaning}</span>'
    )


@dataclass(frozen=True)
class Related:
    entry: Submission
    reasons: list[str]  # as readers see them: “Same partner: Barnardo’s”


def related_to(entry):
    """At most six published entries, those that share most first; `entry` was read with `for_detail()`."""
    nearest = _nearest(entry)
    found = Submission.objects.published().for_listing().prefetch_related("partners").in_bulk(nearest)
    return [Related(found[pk], _reasons(entry, found[pk])) for pk in nearest if pk in found]


def _nearest(entry):
    """The keys of the entries that share most with this one, of equals the newest first. Counted on sets of bits."""
    index = current_index()
    others = index.everything & ~index.entries([entry.pk])
    at_least = [others]  # the entries that are near by at least so many steps
    for shared in _sets(entry, index):
        at_least.append(0)
        for steps in range(len(at_least) - 1, 0, -1):
            at_least[steps] |= at_least[steps - 1] & shared
    nearest = []
    for near in reversed(at_least[1:]):
        nearest += index.first(near & ~index.entries(nearest), MOST_RELATED - len(nearest))
    return nearest


def _sets(entry, index):
    """For everything the entry has, the set of entries that have it too, as often as it counts."""
    values = {"partner": entry.partners.all(), "theme": entry.themes.all(), "borough": entry.boroughs.all()}
    for facet, having in values.items():
        for value in having:
            yield from [index.having(facet, value.slug)] * NEARER[facet]


def _reasons(entry, other):
    """What two entries share, in words; both were read with partners, themes and boroughs."""
    partners = _shared(entry.partners.all(), other.partners.all())
    themes = _shared(entry.themes.all(), other.themes.all())
    boroughs = _shared(entry.boroughs.all(), other.boroughs.all())
    return [
        *_counted("Same partner: ", "Same partners: ", partners),
        *_counted("Same theme: ", "Same themes: ", themes),
        *_counted("Also from ", "Also from ", boroughs),
    ]


def _shared(own, others):
    return [value.name for value in own if value in others]


def _counted(one, several, names):
    return [(one if len(names) == 1 else several) + "; ".join(names)] if names else []
