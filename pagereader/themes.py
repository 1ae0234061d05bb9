"""LIIA's themes as an entry's words suggest them: a proposal with its evidence, for a person to decide on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .records import ProposedTheme
from .reference import LISTS, KnownTheme, word_list
from .text.passages import Block, passages_of

MOST = 5
PHRASE_ENDS = re.compile(r"[,;:.()]|\band\b|\bor\b|\b(?:who|that|for|of|in|with|to|from|at|by|on)\b", re.IGNORECASE)
# Words of any entry: in a theme's description they mean nothing.
GENERAL = word_list("descriptions", "general")
LETTERS = re.compile(r"[^\W\d_]+")
WORD_WITH_CAPITAL = re.compile(r"(?<![^\W\d_])[a-z]*[^\W\d_a-z][^\W\d_]*")
# How much a word weighs by its place. An entry's first paragraph says what the work is for.
TITLE, SUMMARY, OPENING, HEADING, TEXT, TEAM, SUPPORTING = 4.0, 2.0, 1.5, 2.0, 1.0, 0.5, 0.5
LEAST = 8.0  # the score below which a theme is not proposed
SHORTEST = 0.8  # a short entry says less, so its words count for more
SHARE = 0.13  # of the strongest theme's score


@dataclass
class Score:
    points: float = 0.0
    named: bool = False  # a word of weight 4 or 3 was met
    evidence: str = ""
    line: int = 0
    best: float = 0.0
    terms: Counter = field(default_factory=Counter)


@dataclass(frozen=True)
class Sample:
    """A stretch of an entry's words, and how much they weigh."""

    text: str
    line: int
    weight: float

    @cached_property
    def folded(self) -> str:
        return folded(self.text)


@lru_cache(maxsize=256)
def theme_pattern(theme: KnownTheme) -> re.Pattern[str] | None:
    """The pattern of a theme's words; the group that matched names the weight. None for a theme without any word."""
    slug = next((slug for slug in (theme.slug, *theme.earlier_slugs) if slug in LISTS["themes"]), None)
    terms = (
        {weight: words.splitlines() for weight, words in LISTS["themes"][slug].items()} if slug else own_words(theme)
    )
    if not terms:
        return None
    words = "|".join(f"(?P<w{weight}>{'|'.join(words)})" for weight, words in terms.items())
    return re.compile(rf"\b(?=\w)(?:{words})(?!\w)")


def own_words(theme: KnownTheme) -> dict[int, list[str]]:
    """The words of a theme that `words.toml` does not know: its name, and what its description lists. They are few, so
    each weighs more than one of many."""
    named = [phrase for phrase in PHRASE_ENDS.split(theme.name) if distinct_words(phrase)]
    listed = [phrase for phrase in PHRASE_ENDS.split(theme.description) if len(distinct_words(phrase)) in (1, 2, 3)]
    single = [word for text in (theme.name, theme.description) for word in distinct_words(text)]
    terms = {6: [theme.name, *named], 4: [*listed, *distinct_words(theme.name)], 1: single}
    patterns = {weight: list(dict.fromkeys(filter(None, map(inflected, terms[weight])))) for weight in terms}
    return {weight: words for weight, words in patterns.items() if words}


def distinct_words(text: str) -> list[str]:
    """The words of a name or description that tell one theme from another."""
    return [word for word in LETTERS.findall(text.lower()) if len(word) > 3 and word not in GENERAL]


def inflected(phrase: str) -> str:
    """A phrase in any form of its words: "foster carer" is "foster carers" too."""
    return r"[\s-]+".join(rf"{re.escape(word.removesuffix('s'))}\w{{0,3}}" for word in LETTERS.findall(phrase.lower()))


def folded(text: str) -> str:
    """In lower case but for abbreviations; a line all in capitals is no abbreviation."""
    if text.isupper():
        return text.lower()
    return WORD_WITH_CAPITAL.sub(lambda word: word[0] if sum(map(str.isupper, word[0])) > 1 else word[0].lower(), text)


def themes_of(samples: list[Sample], known: tuple[KnownTheme, ...]) -> tuple[ProposedTheme, ...]:
    """At most five themes out of `known`, the strongest first, each with the sentence that speaks for it most."""
    # A long entry has more words of every theme.
    length = max(SHORTEST, math.sqrt(sum(len(sample.text) for sample in samples) / 3500))
    scores = {theme.slug: score_of(pattern, samples, length) for theme in known if (pattern := theme_pattern(theme))}
    ranked = sorted(scores.items(), key=lambda item: -item[1].points)
    strongest = ranked[0][1].points if ranked else 0.0
    # A very short entry still shows what it is most about.
    least = max(LEAST, SHARE * strongest) if strongest >= LEAST else max(strongest, 2.0)
    chosen = [(slug, score) for slug, score in ranked if score.points >= least and score.named][:MOST]
    return tuple(ProposedTheme(slug, score.evidence, score.line) for slug, score in chosen)


def samples_from(
    title: Sample, team: str, summary: tuple[Block, ...], body: tuple[Block, ...], supporting: tuple[Block, ...]
) -> list[Sample]:
    """An entry's words by their place."""
    opening = next((number for number, block in enumerate(body, 1) if block.kind == "paragraph"), 0)
    return [
        title,
        Sample(team, title.line, TEAM),
        *samples_of(summary, SUMMARY),
        *samples_of(body[:opening], OPENING),
        *samples_of(body[opening:], TEXT),
        *samples_of(supporting, SUPPORTING),
    ]


def samples_of(blocks: tuple[Block, ...], weight: float) -> Iterator[Sample]:
    for passage in passages_of(blocks):
        strength = weight * (HEADING if passage.block.kind == "heading" else 1)
        for sentence in passage.sentences:
            yield Sample(sentence.text, sentence.line, strength)


def score_of(pattern: re.Pattern[str], samples: list[Sample], length: float) -> Score:
    """Each different word counts once in full and less each time again, so that one word repeated makes no theme."""
    score = Score()
    for sample in samples:
        points = 0.0
        for match in pattern.finditer(sample.folded):
            weight, word = int(match.lastgroup[1:]), match.group()
            score.terms[word] += 1
            points += weight * sample.weight / (1.3 if score.terms[word] == 1 else 1 + score.terms[word])
            score.named |= weight >= 3
        score.points += points
        if points > score.best:
            score.best, score.evidence, score.line = points, sample.text, sample.line
    score.points /= length
    return score
