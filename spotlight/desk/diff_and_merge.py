"""Two texts compared as a person reads them, and two edits of one thing merged into one.

Compared (`compared`): paragraph by paragraph, and word by word where a paragraph changed.

Merged (`merged_…`): a text paragraph by paragraph, a list item by item, rows field by field. Three forms of each thing
are known: `base`, from which both edits began; `mine`, the edit that comes second; `theirs`, what is stored by now.
What only one of them changed is as that one has it. Where both changed the same to something different there is a
conflict: `mine` is in the result, and the caller says so to a person. Each function gives the result and its conflicts:
[(mine, theirs)] of a text or a list, [names] of a record.
"""

import difflib
import re

SAME, ADDED, REMOVED, LEFT_OUT = "same", "added", "removed", "left out"
AROUND = 1  # unchanged paragraphs shown before and after a change; the rest is counted
_BLOCK = "p|h[1-6]|ul|ol|li|blockquote|table|thead|tbody|tr|td|th|figure|pre|div"
_BLOCK_TAG = re.compile(rf"<(/?)({_BLOCK})\b[^>]*>")
_CUT = re.compile(rf"(</(?:{_BLOCK})>|<(?:ul|ol|blockquote|table|thead|tbody|tr)\b[^>]*>)")
_ALIKE = 0.3  # two paragraphs less alike than this are not the same one, reworded
_PAIRS = 400  # more pairs of paragraphs than this are not compared one with another


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


def merged_text(base, mine, theirs):
    """(text, [(mine, theirs)] of the places that both changed). HTML by its blocks, plain text by its lines."""
    base, mine, theirs = (text.replace("\r\n", "\n") for text in (base, mine, theirs))
    if mine == theirs or theirs == base:
        return mine, []
    if mine == base:
        return theirs, []
    if not base.strip():
        return mine, [(mine, theirs)]
    for parts in (_blocks, _whole_blocks):
        result, conflicts = _merged_parts(parts(base), parts(mine), parts(theirs))
        text = _joined(result)
        if _is_balanced(text):
            return text, conflicts
    return mine, [(mine, theirs)]


def merged_list(base, mine, theirs):
    """(list without repeats, []): what either added is in it, what either took out is not. There is no conflict."""
    out = ({*base} - {*mine}) | ({*base} - {*theirs})
    return [item for item in dict.fromkeys([*theirs, *mine]) if item not in out], []


def merged_values(base, mine, theirs, merge=None):
    """({name: value}, [names of conflicts]) of two edits of one record.

    `merge`: {name: a function like `merged_text`} for values that can be merged inside. A value that one form does not
    have counts as unchanged there.
    """
    result, conflicts = dict(theirs), []
    for name, value in mine.items():
        began, other = base.get(name, theirs.get(name)), theirs.get(name)
        if value in (began, other):
            result[name] = other
            continue
        result[name], both = value, other != began
        if both and merge and name in merge:
            result[name], both = merge[name](began, value, other)
        conflicts += [name] if both else []
    return result, conflicts


def merged_rows(base, mine, theirs, key, merge=None):
    """(rows, [rows with a conflict]) of two edits of a list of rows, each a dict.

    `key`: what makes two rows the same one; a row without it is new. A row that one removed and the other changed is
    left, as a conflict. `id` and `position` are never conflicts.
    """
    before, own = ({row[key]: row for row in rows if row.get(key)} for rows in (base, mine))
    result, conflicts = [], []
    for row in theirs:
        began, edited = before.get(row.get(key)), own.pop(row.get(key), None)
        if edited is None:
            left = began is None or _said(row) != _said(began)
            result += [row] if left else []
            conflicts += [row] if left and began is not None else []
            continue
        values, names = merged_values(began or row, edited, row, merge)
        result.append({**values, **({"id": row["id"]} if "id" in row else {})})
        conflicts += [row] if {*names} - {"id", "position"} else []
    for key_, row in own.items():  # new here, or removed there
        if key_ not in before or _said(row) != _said(before[key_]):
            result.append(row)
            conflicts += [row] if key_ in before else []
    return result + [row for row in mine if not row.get(key)], conflicts


def _said(row):
    return {name: value for name, value in row.items() if name not in ("id", "position")}


def _merged_parts(base, mine, theirs):
    """([parts], conflicts). Each part of `base` is left, reworded or removed by either; new parts stand before one."""
    one, other = _fates(base, mine), _fates(base, theirs)
    result, conflicts, beside_gap = [], [], False
    for place, part in enumerate([*base, None]):
        (new, own), (added, its) = one[place], other[place]
        gap = part is not None and not (own and its)
        # Two new parts at one place are both right, but not where they may be two wordings of a removed one.
        if new and added and new != added and (gap or beside_gap):
            conflicts.append((_joined(new), _joined(added)))
        result += added + [block for block in new if block not in added]
        changed, elsewhere = own != [part], its != [part]
        if part is not None and changed and elsewhere and own != its:
            conflicts.append((_joined(own), _joined(its)))
        result += own if changed else its
        beside_gap = gap
    return result, conflicts


def _fates(base, edited):
    """For each part of `base`, and for its end: (parts that are new before it, what it has become: [] if removed)."""
    before, become = [[] for _ in range(len(base) + 1)], [[part] for part in base]
    for tag, a, b, c, d in difflib.SequenceMatcher(None, base, edited, autojunk=False).get_opcodes():
        if tag == "insert":
            before[a] += edited[c:d]
        elif tag != "equal":
            _pair(base[a:b], edited[c:d], a, before, become)
    return [*zip(before, [*become, []], strict=True)]


def _pair(old, new, start, before, become):
    """Which of the new parts is which of the old ones, reworded: the likest pairs, in order."""
    for place in range(start, start + len(old)):
        become[place] = []
    follower = start
    for at, block in _alignment(old, new):
        if at is None:
            before[follower].append(block)
        else:
            become[start + at], follower = [block], start + at + 1


def _alignment(old, new):
    """[(index in `old`, or None, part of `new`)], each part of `new` once."""
    if len(old) == len(new) == 1:
        return [(0, new[0])]
    if len(old) * len(new) > _PAIRS:
        return [(n if n < len(old) else None, block) for n, block in enumerate(new)]
    likeness = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    found, i, j = [], 0, 0
    while j < len(new):
        if i < len(old) and likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found, i, j = [*found, (i, new[j])], i + 1, j + 1
        elif i < len(old) and best[i][j] == best[i + 1][j]:
            i += 1
        else:
            found, j = [*found, (None, new[j])], j + 1
    return found


def _likeness(one, other):
    ratio = difflib.SequenceMatcher(None, re.findall(r"\w+|\W", one), re.findall(r"\w+|\W", other), False).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _blocks(text):
    """Paragraphs and list items, each with its tags; of a text without any, its lines."""
    if not _BLOCK_TAG.search(text):
        return text.split("\n") if text.strip() else []
    return [part for part in (part.strip() for part in _CUT.sub("\\1\0", text).split("\0")) if part]


def _whole_blocks(text):
    """As `_blocks`, but a list or a quotation is one part."""
    parts, depth = [], 0
    for block in _blocks(text):
        parts, part = (parts[:-1], parts[-1] + block) if depth else (parts, block)
        depth += _depth(block)
        parts.append(part)
    return parts


def _depth(markup):
    return sum(-1 if tag[1] else 1 for tag in _BLOCK_TAG.finditer(markup))


def _joined(parts):
    """A block to a line, as texts are stored."""
    text, depth = "", 0
    for n, part in enumerate(parts):
        text += ("\n" if n and not depth else "") + part
        depth += _depth(part)
    return text


def _is_balanced(markup):
    open_tags = []
    for tag in _BLOCK_TAG.finditer(markup):
        if not tag[1]:
            open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return False
    return not open_tags
