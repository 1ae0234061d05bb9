"""The nearest known word to one that no entry has.

A mistake of the hand or the ear keeps how a word sounds: letters doubled or not, vowels taken for one another, a letter
left out or turned round. Two words of the language that differ in a consonant (“parking”, “marking”) are two words.
"""

import re
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

SHORTEST = 4  # letters: shorter words have too many neighbours
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (
    ("ph", "f"), ("ght", "t"), ("gh", "g"), ("ck", "k"), ("sch", "s"), ("wh", "w"), ("wr", "r"), ("kn", "n"),
    ("ps", "s"), ("qu", "k"), ("x", "ks"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"), ("z", "s"),
    ("tion", "shn"), ("sion", "shn"), ("j", "g"), ("dg", "g"), ("y", "i"), ("h", ""),
)  # fmt: skip


@cache
def english():
    """160,000 English words of the spell checker's dictionary: a word among them is no typing error."""
    return frozenset(SpellChecker().word_frequency.words())


def is_english(word):
    return word in english()


def nearest(word, spellings, frequency, most):
    """The known word that `word` most likely means, or None. `frequency(word)`: of two equally near, the commoner.
    `most`: letters that may differ, fewer in a short word."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    near = process.extract(word, spellings, scorer=OSA.distance, score_cutoff=min(most, _limit(word)), limit=30)
    found = [(candidate, distance) for candidate, distance, _ in near if _alike(word, candidate, distance)]
    ranked = sorted(
        found, key=lambda pair: (pair[1] + _sound_distance(word, pair[0]) / 2, -frequency(pair[0]), pair[0])
    )
    return ranked[0][0] if ranked else None


def undoubled(word):
    """A word with every doubled letter single."""
    return _DOUBLED.sub(r"\1", word)


def _limit(word):
    """How many letters may differ."""
    return 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3


def _alike(word, candidate, distance):
    if sorted(word) == sorted(candidate) and distance == 1:
        return True  # two letters turned round, the first two as well
    if word[0] != candidate[0] and not (distance == 1 and word == candidate[1:]):
        return False
    if len(candidate) < SHORTEST:
        return word.startswith(candidate)  # “gymn”: of so short a word nothing less is certain
    if distance == 1:
        return len(word) >= SHORTEST + 1 or len(word) != len(candidate)
    return _sound_distance(word, candidate) <= (1 if len(word) <= 9 else 2)


def _sound_distance(word, other):
    return OSA.distance(_sound(word), _sound(other))


@cache
def _rules():
    return [(re.compile(pattern), sound) for pattern, sound in _SOUNDS]


def _sound(word):
    """Roughly how a word sounds: each vowel run one vowel, doubled letters single."""
    for pattern, sound in _rules():
        word = pattern.sub(sound, word)
    word = re.sub(r"[aeiou]+", "a", word)
    return undoubled(word)
