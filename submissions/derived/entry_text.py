"""The texts of an entry as its page shows them: with anchors on sub-headings and voices, figures marked and terms
explained."""

import re

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from submissions.models import GlossaryTerm
from submissions.wording import plain

_HEADING = re.compile(r"<h3>(.*?)</h3>", re.S)
# What a term is not explained in: headings, quotations (a voice stays as it was spoken), links, and marks already made.
_SKIPPED = re.compile(
    r"(<h3.*?</h3>|<blockquote.*?</blockquote>|<q .*?</q>|<a .*?</a>|<button.*?</button>|<[^>]+>)", re.S
)


class EntryText:
    """Reads stored, sanitised HTML once and gives `summary`, `html` (the submission) and `supporting`, and for the last
    two `contents` and `supporting_contents`, lists of (anchor, heading). `terms`: what `explained_terms` gives."""

    def __init__(self, entry, terms=None):
        self.contents, self.supporting_contents = [], []
        body, supporting = self._with_anchors(entry.body, entry.supporting)
        body = _with_figures(body, entry.figures)
        body, supporting = _with_voices(body, supporting, entry.heard)
        # Safe: the texts were sanitised when they were stored, and nothing but escaped text was added here.
        parts = (mark_safe(part) for part in _with_terms(terms or explained_terms(), entry.summary, body, supporting))  # noqa: S308
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


def explained_terms():
    """(the pattern of every short form that is explained, {form: its term}). One query."""
    terms = {term.term: term for term in GlossaryTerm.objects.explained()}
    forms = "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<![\w.-])({forms})(?![\w-])"), terms


def _with_terms(explained_terms, *texts):
    """The texts with the first use of each short form as a button that shows what it means: by touch, keyboard and
    screen reader."""
    forms, terms = explained_terms
    used = set()

    def explained(match):
        if match[1] in used:
            return match[1]
        used.add(match[1])
        return _explanation(terms[match[1]], match[1])

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
