"""The lines that a person sees of a web page or a Word file, with the reader's own marks for headings, lists,
quotations and links. What has no place in lines is left out, and a doubt names it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from editorial.importing.markup import BLOCKS, CELLS, SPACES, Element, tree_of
from submissions.page import form_label, unwrapped

# A mark that `editorial.importing.word` leaves in a text where something was left out: the number of its doubt.
NOTED = re.compile("\ue000(\\d+)\ue001")
SILENT = {"head", "script", "style", "template", "meta", "link", "title"}
LEFT_OUT = {
    "nav": "A menu",
    "select": "A list of choices",
    "textarea": "A form field",
    "svg": "A drawing",
    "noscript": "Words for browsers without script",
    "object": "An embedded file",
    "noembed": "An embedded file",
    "noframes": "An embedded file",
}
STRUCK = {"del", "s", "strike"}
EMBEDDED = {"iframe": "A film or page", "video": "A film", "audio": "A recording", "embed": "A file"}
AROUND = {"header", "footer", "aside"}  # of the site, when they stand outside the page's own part
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
INSIDE = {"li", "dt", "dd", *CELLS}  # a paragraph in one of these does not stand apart
LISTS = {"ul", "ol", "dl", "table"}
LINES = {"caption", "li", "dt", "dd", "tr"}
WEB = re.compile(r"https?://", re.IGNORECASE)
LONGEST_CELL, LONGEST_LABEL = 300, 60  # characters of what a line can hold beside other cells
MOST_DOUBTS = 60


@dataclass
class Source:
    """The plain text of a page and what was noticed on the way: [(line, kind, sentence)]. `notes`: [(line, words)] of
    footnotes. `title`: the words of the first heading of level 1."""

    text: str
    doubts: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    title: str = ""


def source_of_markup(markup, noted=()):
    """`noted`: the doubts and notes that the marks in the text are the numbers of, [(kind, sentence)]."""
    root = tree_of(markup)
    part, title, base = _found(root)
    page = _Page(base, noted)
    if outside := _outside(root, part):
        page.doubt(f"Outside the page’s main part these words were left out: “{_shortened(outside)}”")
    page.walk(part)
    return page.source(title)


def _found(root):
    """(the page's own part, the words of its first heading, the address it was saved from)."""
    part = body = None
    title = base = ""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            continue
        if part is None and (node.name == "main" or node.attributes.get("role") == "main"):
            part = node
        if body is None and node.name == "body":
            body = node
        if node.name == "h1" and not title:
            title = node.words()
        if not base and (node.name == "base" or node.attributes.get("rel") == "canonical"):
            base = node.attributes.get("href", "")
        waiting += reversed(node.content)
    return part or body or root, title, base if WEB.match(base) else ""


def _outside(root, part):
    """The words that stand outside `part`."""
    if part.name in ("", "body"):
        return ""
    outside = Element("", {})
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            outside.content.append(node)
        elif node is not part and node.name not in SILENT and not _hidden(node):
            waiting += [" ", *reversed(node.content), " "]
    return outside.words()


def _hidden(element):
    """Why a person does not see an element's words, "" when they do."""
    style = element.attributes.get("style", "")
    if element.name in STRUCK or STRUCK_STYLE.search(style):
        return "Struck-out words were"
    closed = element.name == "dialog" and "open" not in element.attributes
    hidden = element.attributes.get("hidden", "until-found").lower() != "until-found"
    return "Words that the page does not show were" if hidden or closed or HIDDEN_STYLE.search(style) else ""


def _shortened(words, most=300):
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


class _Page:
    """Lines being written. Without recursion: a page may be built as deep as it likes."""

    def __init__(self, base="", noted=()):
        self.base, self.noted = base, noted
        self.lines, self.current, self.blank = [], "", False
        self.opening, self.mark = "", ""
        self.doubts, self.notes = [], []

    def source(self, title):
        self.new_line()
        return Source("\n".join(self.lines) + "\n", self._first_doubts(), self.notes, title)

    def _first_doubts(self):
        more = len(self.doubts) - MOST_DOUBTS
        last = [(1, "left-out", f"{more} more things were left out: look at the page itself.")] if more > 0 else []
        last_line = max(len(self.lines), 1)
        return [(min(line, last_line), kind, said) for line, kind, said in self.doubts[:MOST_DOUBTS]] + last

    def doubt(self, sentence, kind="left-out"):
        self.doubts.append((self._number(), kind, sentence))

    def _number(self):
        """Of the line that is being written or comes next, from 1."""
        return len(self.lines) + 1 + bool(self.blank and self.lines)

    # What is written.

    def write(self, text):
        text = SPACES.sub(" ", text)
        if NOTED.search(text):
            text = SPACES.sub(" ", NOTED.sub(self._note, text))
        if not self.current or self.current[-1] in " \t“":
            text = text.lstrip()
        if text.strip() and self.opening:
            text, self.opening = self.opening + text.lstrip(), ""
        self.current += text

    def _note(self, match):
        kind, sentence = self.noted[int(match[1])]
        if kind == "note":
            self.notes.append((self._number(), sentence))
        else:
            self.doubt(sentence, kind)
        return ""

    def new_line(self):
        line, self.current = self.current.strip(), ""
        if not line or line == self.mark.strip():
            return
        if self.blank and self.lines:
            self.lines.append("")
        self.blank = False
        self.lines.append(line)

    def tab(self):
        self.current = self.current.rstrip() + "\t"

    def gap(self):
        self.new_line()
        self.blank = True

    def close_quotation(self):
        if self.opening:
            self.opening = self.opening[:-1]
        elif self.current.strip():
            self.current = self.current.rstrip() + "”"
        elif self.lines:
            self.lines[-1] += "”"

    # What is read.

    def walk(self, root):
        waiting = [(root, "", False)]
        while waiting:
            node, above, in_part = waiting.pop()
            if callable(node):
                node()
            elif isinstance(node, str):
                self._preformatted(node) if above == "pre" else self.write(node)
            elif not self._is_left_out(node, in_part):
                in_part = in_part or node.name in ("main", "article", "blockquote")
                before, content, after = self._parts(node, above)
                above = "pre" if "pre" in (node.name, above) else node.name or above
                waiting += [(step, above, in_part) for step in reversed([*before, *content, *after])]

    def _preformatted(self, text):
        for number, line in enumerate(text.split("\n")):
            if number:
                self.new_line()
            self.write(line)

    def _is_left_out(self, element, in_part):
        name = element.name
        if name in SILENT:
            return True
        if why := _hidden(element):
            if words := element.words():
                self.doubt(f"{why} left out: “{_shortened(words)}”")
            return True
        if name == "img":
            self._leave_out_picture(element)
        what = LEFT_OUT.get(name) or (name in AROUND and not in_part and "A part of the website around the page")
        if name in EMBEDDED:
            self._leave_out_embedded(element)
        elif what and (words := element.words()):
            self.doubt(f"{what} was left out: “{_shortened(words)}”")
        return bool(what) or name in EMBEDDED

    def _leave_out_picture(self, picture):
        shown = picture.attributes.get("alt")
        if shown is None:
            self.doubt("A picture without a description was left out.")
        elif shown.strip():
            self.doubt(f"A picture was left out: “{_shortened(shown.strip())}”")

    def _leave_out_embedded(self, element):
        source = element.attributes.get("src") or next(
            (node.attributes.get("src", "") for node in element.content if not isinstance(node, str)), ""
        )
        named = element.attributes.get("title") or (element.words() if element.name != "iframe" else "")
        which = " ".join(filter(None, (f"“{_shortened(named)}”" if named else "", source)))
        self.doubt(f"{EMBEDDED[element.name]} was left out: {which or 'it names no address'}")

    def _parts(self, element, above):
        """(what comes before, what is inside, what comes after): texts, elements and steps to be taken."""
        name, content = element.name, element.content
        if name == "table":
            return [self.gap], _table(element, self), [self.gap]
        if name == "li":
            return [self.new_line, lambda: self._begin_item(element)], content, [self.new_line]
        if name == "ol":
            _number_items(element)
        if name == "blockquote":
            content = self._quotation(element)
        if name in BLOCKS and above in INSIDE:
            step = self.new_line if name in LISTS else self._new_line_in_item
            return [step], content, [self.new_line]
        if name in BLOCKS:
            return [self.gap], content, [self.gap]
        if name in LINES:
            return [self.new_line], content, [self.new_line]
        if name == "math":
            self.doubt("An equation was turned into plain text.")
        if name == "br":
            return [self._break], [], []
        if name == "q":
            return [self._open_quotation], content, [self.close_quotation]
        if name == "a":
            return self._link(element)
        return [], content, []

    def _begin_item(self, item):
        self.mark = self.current = item.attributes.get("mark", "• ")

    def _new_line_in_item(self):
        if self.current != self.mark:
            self.new_line()

    def _break(self):
        if self.current.strip():
            self.new_line()
        else:
            self.blank = True

    def _open_quotation(self):
        self.opening += "“"

    def _quotation(self, element):
        """The words in quotation marks, unless they have them or stand in another; who spoke stands after them."""
        speakers, words = [], []
        for node in element.content:
            (speakers if getattr(node, "name", "") in ("cite", "footer") else words).append(node)
        for speaker in speakers:
            words += [self._join, f"– {speaker.words().lstrip('–—- ')}", self.new_line]
        if self.opening or element.first in "“\"‘'«":
            return words
        said = len(element.content) - len(speakers)
        return [self._open_quotation, *words[:said], self.close_quotation, *words[said:]]

    def _join(self):
        """The next line belongs to the one before."""
        self.new_line()
        self.blank = False

    def _link(self, link):
        place = []

        def begin():
            place[:] = [len(self.lines), len(self.current)]

        return [begin], link.content, [lambda: self._end_link(link, *place)]

    def _end_link(self, link, line, start):
        """`line`, `start`: where the link's words begin."""
        target, is_in_line = unwrapped(link.attributes.get("href", "")), line == len(self.lines)
        words = self.current[start:].strip() if is_in_line else " ".join(self.lines[line : line + 5])
        scheme, _, rest = target.partition(":")
        if scheme.lower() in ("mailto", "tel"):
            address = rest.partition("?")[0]
            if address.lower() not in words.lower():
                self.write(f" {address}")
        elif target and not target.startswith("#") and scheme.lower() != "javascript":
            whole = self._whole_address(target)
            if whole:
                self._write_target(whole, words, start if is_in_line else None)
            else:
                self.doubt(f"The link “{_shortened(words, 80)}” leads to “{target[:200]}”, which is no whole address.")

    def _whole_address(self, target):
        try:
            whole = urljoin(self.base, target)
        except ValueError:
            return ""
        return whole if WEB.match(whole) else ""

    def _write_target(self, target, words, start):
        """“[words](address)”, the form in which the reader knows a link; the address alone where words are missing."""
        target = re.sub(r"[\s()<>\[\]]", lambda char: f"%{ord(char[0]):02X}", target)
        if words and _bare(target) in _bare(words):
            return
        if not words or start is None or re.search(r"[\[\]]|https?://", words):
            self.write(f" ({target})" if words else f" {target} ")
            return
        before, linked = self.current[:start], self.current[start:]
        lead, tail = linked[: len(linked) - len(linked.lstrip())], linked[len(linked.rstrip()) :]
        self.current = f"{before}{lead}[{words}]({target}){tail}"


def _bare(address):
    return WEB.sub("", address.strip().lower()).removeprefix("www.").rstrip("/")


def _number_items(element):
    """Gives each item of a numbered list the number that it shows."""
    start = element.attributes.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 5 else 1
    for item in element.content:
        if getattr(item, "name", "") == "li":
            item.attributes["mark"] = f"{number}. "
            number += 1


def _table(table, page):
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
    heads = [cell.words() for cell in rows[0]] if _has_heads(rows) else []
    said = f"A table of {len(rows)} rows and {columns} columns was turned into lines: compare it with the page."
    yield lambda: page.doubt(said, "table")
    for cells in rows[1:] if heads else rows:
        yield from (page.new_line, "• ")
        shown = [n for n, cell in enumerate(cells) if cell.size or cell.content]
        for n in shown:
            head = heads[n] if n < len(heads) else ""
            yield f"{head}: " if head else ""
            yield from _inline(cells[n])
            yield "; " if n != shown[-1] else ""
        yield page.new_line


def _has_heads(rows):
    """Whether the first row names the columns: it is marked so, or has no figure where others have."""
    first, others = rows[0], rows[1:]
    if all(cell.name == "th" for cell in first):
        return True
    figures = any(any(map(str.isdigit, cell.words())) for cells in others for cell in cells)
    return figures and not any(any(map(str.isdigit, cell.words())) for cell in first)
