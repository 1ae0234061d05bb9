"""What a person does not see of a saved web page: by an element's attributes, its style and the page's style sheets.

A part that a click opens (an accordion, a tab) counts as seen. Selectors and sheets are read as far as they can hide
words; rules that depend on a click, a print-out or a narrow window do not apply.
"""

import re
from collections import defaultdict

from editorial.importing.markup import Element, elements_in

MOST_TESTS = 250_000  # of selectors against elements, so that no sheet can keep the site busy
DEEPEST = 80  # levels up that a selector is followed
SILENT = {"head", "script", "style", "template", "meta", "link", "title", "rp"}
STRUCK = {"del", "s", "strike"}
TELLING = re.compile(
    r"display|visibility|opacity|font|text-decoration|color|position|left|right|top|bottom|clip|text-indent|height"
    r"|width|transform|mso-hide",
    re.IGNORECASE,
)
HIDING_CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "d-none"}
COMPOUND = re.compile(r"(\*|[a-zA-Z][\w-]*+)?((?:[#.][\w-]++|\[[^\]]++\])*+)")
SIMPLE = re.compile(r"([#.])([\w-]++)|\[\s*+([\w:-]++)\s*+(?:([~|^$*]?=)\s*+[\"']?+([^\"'\]]*+)[\"']?+[^\]]*+)?\]")
FAR = re.compile(r"-\s*(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?(?:px|pt)?|-\d{2,}(?:\.\d+)?r?em|-100v[wh]|-\d{3,}%")
NOTHING = re.compile(r"[+-]?0*(?:\.0+)?(?:px|pt|em|rem|ex|ch|%|vw|vh)?")
FONT_OF_NOTHING = re.compile(r"(?:^|\s)0(?:px|pt|em|rem|%)?(?:/|\s)")
CLIPPED = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\(\s*(?:50|100)%")
INVISIBLE_COLOUR = re.compile(
    r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|\w+\((?:[^,)]*,){3}\s*0?(?:\.0+|%)?\s*\)|\w+\([^,/)]*/\s*0?(?:\.0+|%)?\s*\)"
)
# What an element inside may show again.
INHERITED = {"visibility": re.compile("visible"), "font-size": re.compile("."), "color": re.compile(".")}


class Sight:
    """What the page at `root` hides. `is_whole`: False when its style sheets were too much to be applied."""

    def __init__(self, root):
        self.rules, self.opened, self.tests = defaultdict(list), set(), MOST_TESTS
        for node in elements_in(root):
            if node.name == "style" and _applies(node.attributes.get("media", "")):
                self._add_sheet("".join(part for part in node.content if isinstance(part, str)))
            for name in ("aria-controls", "data-target", "data-bs-target", "href"):
                target = node.attributes.get(name, "")
                if name == "aria-controls" or target.startswith("#"):
                    self.opened.update(target.replace("#", "").split())

    @property
    def is_whole(self):
        return self.tests > 0

    def why_unseen(self, element):
        """Why a person does not see an element's words, as the beginning of a sentence; "" when they do."""
        style = self._style(element)
        decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
        if element.name in STRUCK or "line-through" in decoration:
            return "Struck-out words were"
        closed = element.name == "dialog" and "open" not in element.attributes
        hidden = closed or ("hidden" in element.attributes and not waits_to_be_opened(element))
        style.setdefault("display", "none" if hidden else "")
        if self._is_opened(element) or not (closed or _hides(style) or self._hides_all_inside(element, style)):
            return ""
        return "Words that the page does not show were"

    def words_outside(self, root, part):
        """The words that stand outside `part`."""
        if part.name in ("", "body"):
            return ""
        outside = Element("", {})
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                outside.content.append(node)
            elif node is not part and node.name not in SILENT and not self.why_unseen(node):
                waiting += [" ", *reversed(node.content), " "]
        return outside.words()

    def _is_opened(self, element):
        """Whether a click shows it: a panel of an accordion or of tabs."""
        role = element.attributes.get("role", "")
        return role == "tabpanel" or element.attributes.get("id") in self.opened

    def _hides_all_inside(self, element, style):
        """Whether words are invisible by what elements inside inherit, and none of those shows itself again."""
        names = [name for name in INHERITED if _is_invisible(name, style)]
        if not names:
            return False
        waiting = [node for node in element.content if not isinstance(node, str)]
        while waiting and self.tests > 0:
            node = waiting.pop()
            inner = self._style(node)
            if any(INHERITED[name].match(inner.get(name, "")) and not _is_invisible(name, inner) for name in names):
                return False
            waiting += [inside for inside in node.content if not isinstance(inside, str)]
        return True

    def _style(self, element):
        """{property: value} of an element, by the page's sheets and its own attribute."""
        attributes = element.attributes
        classes = attributes.get("class", "").split()
        keys = (
            []
            if self.tests <= 0
            else ["*", element.name, f"#{attributes.get('id', '')}", *(f".{name}" for name in classes)]
        )
        found = [rule for key in keys for rule in self.rules.get(key, ()) if self._matches(rule[2], element)]
        found = [(weight, declared) for weight, declared, _ in sorted(found, key=lambda rule: rule[0])]
        if any(name in HIDING_CLASSES for name in classes):
            found.insert(0, ((), [("display", "none", False)]))
        if "style" in attributes:
            found.append(((), _declared(attributes["style"])))
        lines = [line for _, declared in found for line in declared]
        return {name: value for important in (False, True) for name, value, is_so in lines if is_so == important}

    def _matches(self, compounds, element):
        """Whether the compounds, [(tests, "" or ">")] from the element outwards, fit it and what is around it."""
        self.tests -= 1
        if self.tests <= 0 or not all(test(element) for test in compounds[0][0]):
            return False
        around = element.parent
        for tests, combinator in compounds[1:]:
            levels = 1 if combinator == ">" else DEEPEST
            while around is not None and levels and not all(test(around) for test in tests):
                around, levels, self.tests = around.parent, levels - 1, self.tests - 1
            if around is None or not levels:
                return False
            around = around.parent
        return True

    def _add_sheet(self, css):
        for selectors, body in _rules(_without_comments(css)):
            declared = _declared(body) if TELLING.search(body) else ()
            for selector in selectors.split(",") if declared else ():
                if (parsed := _parsed(selector)) is not None:
                    key, weight, compounds = parsed
                    self.rules[key].append(((weight, len(self.rules[key])), declared, compounds))


def waits_to_be_opened(element):
    return element.attributes.get("hidden", "").lower() == "until-found"


def _hides(style):
    """Whether these properties hide an element with everything inside."""
    said = style.get
    if said("display") == "none" or said("content-visibility") == "hidden" or said("mso-hide") == "all":
        return True
    if "opacity" in style and NOTHING.fullmatch(said("opacity")):
        return True
    if FAR.match(said("text-indent", "")) or re.search(r"scale\(\s*0\s*[,)]", said("transform", "")):
        return True
    outside = said("position") in ("absolute", "fixed")
    if outside and any(FAR.match(said(side, "")) for side in ("left", "right", "top", "bottom")):
        return True
    if CLIPPED.match(said("clip-path", "")) or (outside and CLIPPED.match(said("clip", ""))):
        return True
    sizes = [said(name, "") for name in ("height", "width", "max-height", "max-width")]
    return said("overflow", "") in ("hidden", "clip") and any(size and NOTHING.fullmatch(size) for size in sizes)


def _is_invisible(name, style):
    value = style.get(name, "")
    if name == "visibility":
        return value in ("hidden", "collapse")
    if name == "color":
        return bool(INVISIBLE_COLOUR.fullmatch(value))
    return bool((value and NOTHING.fullmatch(value)) or (not value and FONT_OF_NOTHING.search(style.get("font", ""))))


def _declared(body):
    """[(property, value, whether it is important)]."""
    found = []
    for line in body.split(";"):
        name, _, value = line.partition(":")
        value, mark, _ = value.strip().lower().partition("!")
        if value:
            found.append((name.strip().lower(), value.strip(), bool(mark)))
    return found


def _without_comments(css):
    parts, at = [], 0
    while (start := css.find("/*", at)) != -1:
        parts.append(css[at:start])
        end = css.find("*/", start + 2)
        at = len(css) if end == -1 else end + 2
    return " ".join([*parts, css[at:]]).replace("<!--", "").replace("-->", "")


def _rules(css):
    """(selectors, declarations) of each rule that applies to a page on a wide screen."""
    around, at = [], 0  # [(what opens the block, whether all blocks around it apply)]
    for mark in re.finditer(r"[{};]", css):
        inside_rule = around and not around[-1][0].startswith("@")
        if mark[0] == "{":
            opening = css[at : mark.start()].strip()
            applies = (not around or around[-1][1]) and (not opening.startswith("@") or _is_for_a_screen(opening))
            around.append((opening, applies))
            at = mark.end()
        elif mark[0] == "}" and around:
            opening, applies = around.pop()
            if applies and not opening.startswith("@"):
                yield opening, css[at : mark.start()]
            at = mark.end()
        elif mark[0] == ";" and not inside_rule:
            at = mark.end()


def _is_for_a_screen(opening):
    kind, _, condition = opening.lower().replace("(", " (", 1).partition(" ")
    return kind.startswith(("@supports", "@layer")) or (kind.startswith("@media") and _applies(condition))


def _applies(media):
    """Whether a media query holds on a wide screen."""
    queries = media.lower().split(",")
    return not media.strip() or not all(re.search(r"print|speech|max-width|prefers|not ", one) for one in queries)


def _parsed(selector):
    """(key to find it by, weight, compounds) of a selector; None when it depends on more than the elements around."""
    pieces = re.sub(r"\s*>\s*", " > ", selector.strip()).split()
    compounds, weight, combinator = [], [0, 0, 0], ""
    key = "*"
    for piece in pieces:
        if piece == ">":
            combinator = ">"
            continue
        match = COMPOUND.fullmatch(piece)
        if match is None:
            return None
        tests, key = _tests(match, weight)
        if compounds:
            compounds[-1] = (compounds[-1][0], combinator)
        compounds.append((tests, ""))
        combinator = ""
    if not compounds:
        return None
    tests = [tests for tests, _ in compounds][::-1]
    combinators = ["", *[combinator for _, combinator in compounds[:-1]][::-1]]
    return key, tuple(weight), list(zip(tests, combinators, strict=True))


def _tests(match, weight):
    """([functions of an element], the key) of a compound; adds to its selector's weight."""
    name, simple = match[1], match[2]
    tests, key = [], "*"
    if name and name != "*":
        weight[2] += 1
        key = name.lower()
        tests.append(lambda element, name=key: element.name == name)
    for mark, word, attribute, operator, value in SIMPLE.findall(simple):
        weight[0 if mark == "#" else 1] += 1
        if mark == "#":
            tests.append(lambda element, word=word: element.attributes.get("id") == word)
        elif mark == ".":
            tests.append(lambda element, word=word: word in element.attributes.get("class", "").split())
        else:
            given = (attribute.lower(), operator, value)
            tests.append(lambda element, given=given: _has_attribute(element, *given))
        key = f"{mark}{word}" if mark else key
    return tests, key


def _has_attribute(element, name, operator, value):
    here = element.attributes.get(name)
    if here is None or not operator:
        return here is not None
    if operator == "=":
        return here == value
    if operator == "~=":
        return value in here.split()
    if operator == "|=":
        return here == value or here.startswith(f"{value}-")
    if not value:
        return False
    return {"^=": here.startswith, "$=": here.endswith, "*=": here.__contains__}[operator](value)
