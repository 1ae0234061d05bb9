"""Two texts compared as a person reads them: paragraph by paragraph, and word by word where a paragraph changed."""

import difflib
import re

SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left out"
AROUND = 1  # unchanged paragraphs shown before and after a change; the rest is counted


def differing(before, after):
    """The labels whose lines differ, in the order in which they come."""
    return [label for label in {**before, **after} if before.get(label) != after.get(label)]


def compared(before, after):
    """[(label, paragraphs)] for each label whose lines differ between two {label: lines}; a paragraph is a list of
    (kind, words) with kind "same", "added" or "removed"; or ("left out", how many paragraphs) alone."""
    return [(label, paragraphs(before.get(label, []), after.get(label, []))) for label in differing(before, after)]


def paragraphs(before, after):
    """As in `compared`, for two lists of lines."""
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[(SAME, line)] for line in before[a:b]]
        else:
            found += _changed(before[a:b], after[c:d])
    return _shortened(found)


def _changed(before, after):
    """Lines that stand against each other are compared by words; what is left over was added or removed whole."""
    paired = min(len(before), len(after))
    found = [_words(old, new) for old, new in zip(before, after, strict=False)]
    return found + [[(REMOVED, line)] for line in before[paired:]] + [[(ADDED, line)] for line in after[paired:]]


def _words(old, new):
    before, after = (re.findall(r"\S+\s*", line) for line in (old, new))
    found = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((SAME, "".join(before[a:b])))
            continue
        found += [(kind, "".join(words)) for kind, words in ((REMOVED, before[a:b]), (ADDED, after[c:d])) if words]
    return found


def _shortened(found):
    changed = {n for n, parts in enumerate(found) if any(kind != SAME for kind, _ in parts)}
    near = {n + step for n in changed for step in range(-AROUND, AROUND + 1)}
    shown, left_out = [], 0
    for n, parts in enumerate(found):
        if n in near:
            shown += [[(LEFT_OUT, left_out)], parts] if left_out else [parts]
            left_out = 0
        else:
            left_out += 1
    return [*shown, [(LEFT_OUT, left_out)]] if left_out else shown
