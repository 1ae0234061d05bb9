"""LIIA's themes as an entry's words suggest them: a proposal with its evidence, for a person to decide on."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from .blocks import line_at, passages
from .plainwords import PLAIN
from .records import Block, ProposedTheme
from .sentences import sentences_of
from .vocabulary import VOCABULARY

MOST = 5
WORD = re.compile(r"[^\W\d_]+")
# How much a word weighs where it stands. An entry's first paragraph says what the work is for.
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


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """One pattern for each theme; the group that matched names the weight."""
    return {
        slug: re.compile(r"\b(?:" + "|".join(f"(?P<w{weight}>{words})" for weight, words in terms) + r")(?!\w)")
        for slug, terms in ((slug, with_plain_words(slug)) for slug in VOCABULARY)
    }


def with_plain_words(slug: str) -> list[tuple[int, str]]:
    """A theme's own words and the plain ones of the same weight."""
    plain = PLAIN.get(slug, {})
    return [(weight, f"{words}|{plain[weight]}" if weight in plain else words) for weight, words in VOCABULARY[slug]]


def folded(text: str) -> str:
    """In lower case but for abbreviations; a line all in capitals is no abbreviation."""
    if text.isupper():
        return text.lower()
    return WORD.sub(
        lambda word: word.group() if sum(map(str.isupper, word.group())) > 1 else word.group().lower(), text
    )


def themes_of(samples: list[Sample], known: tuple[str, ...]) -> tuple[ProposedTheme, ...]:
    """At most five themes out of `known`, the strongest first, each with the sentence that speaks for it most."""
    scores = {slug: score_of(slug, samples) for slug in known if slug in VOCABULARY}
    ranked = sorted(scores.items(), key=lambda item: -item[1].points)
    strongest = ranked[0][1].points if ranked else 0.0
    # A very short entry still shows what it is most about.
    least = max(LEAST, SHARE * strongest) if strongest >= LEAST else max(strongest, 2.0)
    chosen = [(slug, score) for slug, score in ranked if score.points >= least and score.named][:MOST]
    return tuple(ProposedTheme(slug, score.evidence, score.line) for slug, score in chosen)


def samples_from(
    title: Sample, team: str, summary: tuple[Block, ...], body: tuple[Block, ...], supporting: tuple[Block, ...]
) -> list[Sample]:
    """An entry's words by where they stand."""
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
    for text, block, first in passages(blocks):
        strength = weight * (HEADING if block.kind == "heading" else 1)
        for sentence in sentences_of(text):
            yield Sample(sentence.text, line_at(block, sentence.start, first), strength)


def score_of(slug: str, samples: list[Sample]) -> Score:
    """Each different word counts once in full and less each time again, so that one word repeated makes no theme."""
    score = Score()
    for sample in samples:
        points = 0.0
        for match in patterns()[slug].finditer(sample.folded):
            weight, word = int(match.lastgroup[1:]), match.group()
            score.terms[word] += 1
            points += weight * sample.weight / (1.3 if score.terms[word] == 1 else 1 + score.terms[word])
            score.named |= weight >= 3
        score.points += points
        if points > score.best:
            score.best, score.evidence, score.line = points, sample.text, sample.line
    length = sum(len(sample.text) for sample in samples)
    score.points /= max(SHORTEST, math.sqrt(length / 3500))
    return score
