"""Porter's stemmer (M. F. Porter, “An algorithm for suffix stripping”, Program 14, 1980), with a few words of ours.

Both engines store and search these stems, so that both find the same. British and American spellings share a stem.
"""

import re

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
    "theatres": "theatre", "theater": "theatre", "podcasting": "podcast",
}  # fmt: skip

_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("iser", "ise"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"),
    ("isation", "ise"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("alise", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti",
    "ous", "ive", "ize", "ise",
)  # fmt: skip


class _Stems(dict):
    """Stems worked out once per word; emptied when it grows beyond any real vocabulary."""

    def __missing__(self, word):
        if len(self) > 400_000:
            self.clear()
        self[word] = found = _stem(_SAME.get(word, word))
        return found


def _stem(word):
    if len(word) <= 2 or not word.isascii() or not word.isalpha():
        return word
    word = _american(word)
    for step in (_plural, _past, _y_to_i, _step_2, _step_3, _step_4, _last_e, _double_l):
        word = step(word)
    return word


# stem(word): the stem of one folded word. Words of one or two letters, and words with digits, stay as they are.
# The dictionary's own method, because an index of 100,000 entries asks for 100 million stems.
stem = _Stems().__getitem__


def _american(word):
    return re.sub(r"(?<=.{3})is(e|ed|es|ing|er|ers|ation|ations)$", r"iz\1", word) if "is" in word[3:] else word


def _measure(stem):
    """How often a vowel run is followed by a consonant: Porter's m."""
    shape = "".join("v" if _is_vowel(stem, i) else "c" for i in range(len(stem)))
    return len(re.findall("v+c+", shape))


def _is_vowel(word, i):
    return word[i] in "aeiou" or (word[i] == "y" and i > 0 and not _is_vowel(word, i - 1))


def _has_vowel(stem):
    return any(_is_vowel(stem, i) for i in range(len(stem)))


def _ends_cvc(word):
    """Consonant, vowel, consonant at the end, the last none of w, x, y: a short stem that had an e."""
    n = len(word)
    if n < 3 or word[-1] in "wxy":
        return False
    return not _is_vowel(word, n - 1) and _is_vowel(word, n - 2) and not _is_vowel(word, n - 3)


def _plural(word):
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word):
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for suffix in ("ed", "ing"):
        if word.endswith(suffix):
            bare = word[: -len(suffix)]
            return _mended(bare) if _has_vowel(bare) else word
    return word


def _mended(bare):
    if bare.endswith(("at", "bl", "iz")):
        return bare + "e"
    if len(bare) > 1 and bare[-1] == bare[-2] and not _is_vowel(bare, len(bare) - 1) and bare[-1] not in "lsz":
        return bare[:-1]
    return bare + "e" if _measure(bare) == 1 and _ends_cvc(bare) else bare


def _y_to_i(word):
    return word[:-1] + "i" if word.endswith("y") and _has_vowel(word[:-1]) else word


def _replaced(word, rules):
    for suffix, other in rules:
        if word.endswith(suffix):
            bare = word[: -len(suffix)]
            return bare + other if _measure(bare) > 0 else word
    return word


def _step_2(word):
    return _replaced(word, _STEP_2)


def _step_3(word):
    return _replaced(word, _STEP_3)


def _step_4(word):
    suffix = max((s for s in _STEP_4 if word.endswith(s)), key=len, default="")
    bare = word[: -len(suffix)] if suffix else ""
    if not suffix or _measure(bare) <= 1 or (suffix == "ion" and not bare.endswith(("s", "t"))):
        return word
    return bare


def _last_e(word):
    if not word.endswith("e"):
        return word
    bare = word[:-1]
    measure = _measure(bare)
    return bare if measure > 1 or (measure == 1 and not _ends_cvc(bare)) else word


def _double_l(word):
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
