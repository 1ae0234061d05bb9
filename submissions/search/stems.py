"""Porter's stemmer (M. F. Porter, “An algorithm for suffix stripping”, Program 14, 1980), with a few words of ours.

Both engines store and search these stems, so that both find the same. British and American spellings share a stem.
"""

import re
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

# Forms that no rule joins, each with the word whose stem it takes.
_SAME = {
    "children": "child", "childrens": "child", "childs": "child", "women": "woman",
    "womens": "woman", "men": "man", "mens": "man", "people": "person",
    "peoples": "person", "persons": "person", "lives": "life", "wives": "wife",
    "grandchildren": "grandchild", "advisor": "adviser", "advisors": "adviser", "advisers": "adviser",
    "advisory": "adviser", "programs": "programme", "program": "programme", "centers": "centre",
    "center": "centre", "enrol": "enroll", "behavior": "behaviour", "behaviors": "behaviour",
    "behavioral": "behaviour", "behavioural": "behaviour", "colour": "color", "labour": "labor",
    "practise": "practice", "practising": "practice", "licence": "license", "mum": "mother",
    "mums": "mother", "mom": "mother", "moms": "mother", "mummy": "mother",
    "dad": "father", "dads": "father", "daddy": "father", "kids": "kid",
    "babies": "baby", "taught": "teach", "ran": "run", "spoke": "speak",
    "spoken": "speak", "left": "leave", "leaving": "leave", "went": "go",
    "gone": "go", "bought": "buy", "built": "build", "made": "make",
    "found": "find", "paid": "pay", "alumnus": "alumni", "alumna": "alumni",
    "theatres": "theatre", "theater": "theatre", "podcasting": "podcast", "trekked": "trek", "trekking": "trek",
}  # fmt: skip

# Changed before Porter's rules see the word, where it has the letters: what they know in American spelling only, and
# endings for which Porter changed his mind after 1980 (“technology”, “assembly”).
_CHANGES = (
    ("is", re.compile(r"(?<=.{3})is(?=(?:e|ed|es|ing|er|ers|ation|ations)$)"), "iz"),
    ("bl", re.compile(r"(?<=.{2}bl)(?:y|ys|ies)$"), "e"),
    ("log", re.compile(r"(?<=.{2}log)(?:y|ys|ies)$"), ""),
)
_porter, _lock = Stemmer("porter", maxCacheSize=0), Lock()  # a stemmer works for one thread at a time


@lru_cache(maxsize=100_000)
def stem(word):
    """The stem of one folded word. Words of one or two letters, and words with digits, stay as they are."""
    word = _SAME.get(word, word)
    if len(word) <= 2 or not word.isascii() or not word.isalpha():
        return word
    for letters, pattern, other in _CHANGES:
        if letters in word:
            word = pattern.sub(other, word)
    with _lock:
        return _porter.stemWord(word)
