"""HTML as a tree of elements, as a browser understands it, and a table of it as lines.

What is not closed is closed where it must end. Every step looks at each character a fixed number of times, so that no
shape of a file can keep the site busy.
"""

import re
from html import unescape

from pagereader import Cell, NotAPage, form_label, lines_of_rows

MOST_ELEMENTS = 20_000  # a page of 95,000 characters, built with a website's blocks, has some 6,000
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}  # what is in them is no markup
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {"p", "div", "section", "article", "main", "figure", "figcaption", "details", "summary", "blockquote", "pre"}
BLOCKS |= {"hr", "address", "fieldset", "form", "header", "footer", "aside", "nav", "ul", "ol", "dl", "table"}
BLOCKS |= HEADINGS
CELLS = {"td", "th"}
WALLS = (*CELLS, "table", "caption", "button", "template", "object")
# What an opening tag closes, and how far up: a cell closes the cell before it, but not one around its own table.
CLOSES = {
    "li": (("li",), ("ul", "ol", "menu")),
    **dict.fromkeys(("dt", "dd"), (("dt", "dd"), ("dl",))),
    **dict.fromkeys(CELLS, (("td", "th"), ("table",))),
    "tr": (("tr",), ("table",)),
    **dict.fromkeys(("thead", "tbody", "tfoot"), (("thead", "tbody", "tfoot"), ("table",))),
    "option": (("option",), ("select",)),
    "a": (("a",), WALLS),
    **dict.fromkeys(BLOCKS, (("p",), WALLS)),
}
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:\"(?P<a>[^\"]*+)\"|'(?P<b>[^']*+)'|(?P<c>[^\s>]*+)))?+"
)
MARKED = re.compile(r"<(?=[a-zA-Z/!?])")
TAG_END = re.compile(r"[\s/=]*+>")
LONG_NUMBER = re.compile(r"&#x?[0-9a-fA-F]{8,}+;?", re.IGNORECASE)  # no character has one
SPACES = re.compile(r"\s+")
WEB = re.compile(r"https?://", re.IGNORECASE)
LONGEST_CELL, LONGEST_LABEL = 300, 60  # characters of what a line can hold beside other cells


class Element:
    """`size`: the characters inside, `first` the first of them. `blocks`, `tables`: how many of them are inside."""

    __slots__ = ("attributes", "blocks", "content", "first", "name", "parent", "size", "tables")

    def __init__(self, name, attributes, parent=None):
        self.name, self.attributes, self.content, self.parent = name, attributes, [], parent
        self.size = self.blocks = self.tables = 0
        self.first = ""

    def words(self, most=400):
        """The words inside, up to about `most` characters."""
        found, waiting, length = [], [self], 0
        while waiting and length < most:
            node = waiting.pop()
            if isinstance(node, str):
                found.append(node)
                length += len(node.strip())
            elif node.name not in ("script", "style", "head", "template"):
                between = [" "] if node.name in BLOCKS or node.name in CELLS or node.name == "br" else []
                waiting += [*between, *reversed(node.content), *between]
        return SPACES.sub(" ", "".join(found)).strip()


def tree_of(markup):
    """The root of the elements. Raises NotAPage when there are far more than a page has."""
    if len(re.findall("<[a-zA-Z]", markup)) > MOST_ELEMENTS:
        raise NotAPage("This HTML holds far more than a category page. Save the page as plain text, and choose that.")
    tree = _Tree()
    for kind, value in _tokens(markup):
        if kind == "text":
            tree.add_text(value)
        elif kind == "open":
            tree.open(*value)
        else:
            tree.close(value)
    tree.close_to(1)
    return tree.root


class _Tree:
    """The elements that are open, and for each name the places in the stack where one of that name is open."""

    def __init__(self):
        self.root = Element("", {})
        self.stack, self.places = [self.root], {}

    def add_text(self, text):
        inside, words = self.stack[-1], text.strip()
        inside.content.append(text)
        inside.size += len(words)
        inside.first = inside.first or words[:1]

    def open(self, name, attributes, is_closed):
        closed, walls = CLOSES.get(name, ((), ()))
        place = max(map(self._last, closed), default=-1)
        if place > max(map(self._last, walls), default=-1):
            self.close_to(place)
        element = Element(name, attributes, self.stack[-1])
        self.stack[-1].content.append(element)
        if name in VOID or (is_closed and ":" in name):
            return
        self.places.setdefault(name, []).append(len(self.stack))
        self.stack.append(element)

    def close(self, name):
        place = self._last(name)
        walls = () if name in ("table", "tr", "thead", "tbody", "tfoot", *CELLS) else (*CELLS, "table")
        if place > max(map(self._last, walls), default=-1):
            self.close_to(place)

    def close_to(self, place):
        while len(self.stack) > max(place, 1):
            element = self.stack.pop()
            self.places[element.name].pop()
            above = self.stack[-1]
            above.size += element.size
            above.first = above.first or element.first
            above.blocks += element.blocks + (element.name in BLOCKS)
            above.tables += element.tables + (element.name == "table")

    def _last(self, name):
        places = self.places.get(name)
        return places[-1] if places else -1


def _tokens(markup):
    """("text", words), ("open", (name, attributes, is closed in itself)) and ("close", name), in order."""
    lower, at = markup.lower(), 0
    while mark := MARKED.search(markup, at):
        if mark.start() > at:
            yield "text", _unescaped(markup[at : mark.start()])
        match = TAG.match(markup, mark.start())
        if match is None:
            at = _after_declaration(markup, mark.start())
            continue
        name = match[2].lower()
        attributes, at = _attributes(markup, match.end())
        if match[1]:
            yield "close", name
            continue
        yield "open", (name, attributes, markup.endswith("/>", 0, at))
        if name in RAW:
            end = lower.find(f"</{name}", at)
            end = len(markup) if end == -1 else end
            yield "text", markup[at:end]
            at = end
    if at < len(markup):
        yield "text", _unescaped(markup[at:])


def _after_declaration(markup, at):
    """Where the comment or declaration that begins here ends."""
    if markup.startswith("<!--", at):
        end = markup.find("-->", at + 2)
        return len(markup) if end == -1 else end + 3
    end = markup.find(">", at)
    return len(markup) if end == -1 else end + 1


def _attributes(markup, at):
    """({name: value}, where the tag ends)."""
    found = {}
    while match := ATTRIBUTE.match(markup, at):
        value = next((match[group] for group in "abc" if match[group] is not None), "")
        found.setdefault(match["name"].lower(), _unescaped(value))
        at = match.end()
    end = TAG_END.match(markup, at)
    return found, end.end() if end else len(markup)


def _unescaped(text):
    return unescape(LONG_NUMBER.sub("\N{REPLACEMENT CHARACTER}", text)) if "&" in text else text


def elements_in(root):
    """The root and every element inside it, in the order of the page. Not recursive: pages may nest very deep."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, str):
            yield node
            waiting += reversed(node.content)


def found_in(root):
    """(the page's own part, the words of its first heading, the address it was saved from)."""
    part = body = None
    title = base = ""
    for node in elements_in(root):
        if part is None and (node.name == "main" or node.attributes.get("role") == "main"):
            part = node
        if body is None and node.name == "body":
            body = node
        if node.name == "h1" and not title:
            title = node.words()
        if not base and (node.name == "base" or node.attributes.get("rel") == "canonical"):
            base = node.attributes.get("href", "")
    return part or body or root, title, base if WEB.match(base) else ""


def number_items(element):
    """Gives each item of a numbered list the number that it shows."""
    start = element.attributes.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 5 else 1
    for item in element.content:
        if getattr(item, "name", "") == "li":
            item.attributes["mark"] = f"{number}. "
            number += 1


def steps_of_table(table, page):
    """What stands in a table, as steps: a form's rows under their labels, a table of short cells as one line for each
    row, and any other cell by cell."""
    captions = [node for node in _children(table) if node.name == "caption"]
    rows = [(row, [cell for cell in _children(row) if cell.name in CELLS]) for row in _rows(table)]
    loose = [node for node in table.content if isinstance(node, str) and node.strip()]
    steps = [*loose, *captions, page.gap]
    labels = [label for _, cells in rows if (label := _label(cells))]
    if any(label.certain for label in labels) or len(labels) > 2:
        return [*steps, *(step for _, cells in rows for step in _form_row(cells, page))]
    columns = max((len(cells) for _, cells in rows), default=0)
    cells = [cell for _, cells in rows for cell in cells]
    if columns > 1 and len(rows) > 1 and all(_is_short(cell) for cell in cells):
        return [*steps, *_rows_as_lines([cells for _, cells in rows], columns, page)]
    if columns > 1 and len(rows) > 1:
        said = f"A table of {len(rows)} rows and {columns} columns is read cell by cell: compare it with the page."
        steps.append(lambda: page.doubt(said, "table"))
    return [*steps, *(step for cell in cells for step in (page.gap, *cell.content, page.gap))]


def _children(element):
    return [node for node in element.content if not isinstance(node, str)]


def _rows(table):
    for node in _children(table):
        if node.name == "tr":
            yield node
        elif node.name in ("thead", "tbody", "tfoot"):
            yield from (row for row in _children(node) if row.name == "tr")


def _is_short(cell):
    return cell.size <= LONGEST_CELL and cell.blocks <= 1 and not cell.tables


def _label(cells):
    """The label of the submission form in a row's first cell, or None."""
    has_one = len(cells) > 1 and 0 < cells[0].size <= LONGEST_LABEL and not cells[0].tables
    return form_label(cells[0].words()) if has_one else None


def _form_row(cells, page):
    if not _label(cells):
        return [step for cell in cells for step in (page.gap, *cell.content, page.gap)]
    label, *others = cells
    if len(others) == 1 and _is_short(others[0]):
        return [page.new_line, label.words(), page.tab, *_inline(others[0]), page.new_line]
    return [page.gap, label.words(), page.new_line, *(s for cell in others for s in (*cell.content, page.gap))]


def _inline(cell):
    """The content of a cell of at most one paragraph, without that paragraph's own line."""
    return [n for node in cell.content for n in (node.content if getattr(node, "name", "") in BLOCKS else [node])]


def _rows_as_lines(rows, columns, page):
    """“• Year: 2022; Children: 48”: an item for each row, so that no row is a heading and no figure is read across."""
    said = f"A table of {len(rows)} rows and {columns} columns was turned into lines: compare it with the page."
    yield lambda: page.doubt(said, "table")
    for line in lines_of_rows([[Cell(cell.words(), cell.name == "th", _inline(cell)) for cell in row] for row in rows]):
        yield from (page.new_line, "• ", *line, page.new_line)
