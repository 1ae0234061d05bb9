"""The lines that a person sees of a web page or a Word file, with the reader's own marks for headings, lists,
quotations and links. What has no place in lines is left out, and a doubt names it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from editorial.importing.markup import BLOCKS, CELLS, SPACES, WEB, found_in, number_items, steps_of_table, tree_of
from editorial.importing.unseen import SILENT, Sight, waits_to_be_opened
from pagereader import unwrapped

# A mark that `editorial.importing.word` leaves in a text where something was left out: the number of its doubt.
NOTED = re.compile("\ue000(\\d+)\ue001")
LEFT_OUT = {
    "nav": "A menu",
    "select": "A list of choices",
    "datalist": "A list of choices",
    "textarea": "A form field",
    "svg": "A drawing",
    "canvas": "A drawing",
    "noscript": "Words for browsers without script",
    "object": "An embedded file",
    "noembed": "An embedded file",
    "noframes": "An embedded file",
}
EMBEDDED = {"iframe": "A film or page", "video": "A film", "audio": "A recording", "embed": "A file"}
AROUND = {"header", "footer", "aside"}  # of the site, when they stand outside the page's own part
INSIDE = {"li", "dt", "dd", *CELLS}  # a paragraph in one of these does not stand apart
LISTS = {"ul", "ol", "dl", "table"}
LINES = {"caption", "li", "dt", "dd", "tr"}
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
    part, title, base = found_in(root)
    page = _Page(Sight(root), base, noted)
    if outside := page.sight.words_outside(root, part):
        page.doubt(f"Outside the page’s main part these words were left out: “{_shortened(outside)}”")
    page.walk(part)
    if not page.sight.is_whole:
        page.doubt("The page’s style sheets are too long to be applied: words that it hides may have been read.")
    return page.source(title)


def _shortened(words, most=300):
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


class _Page:
    """Lines being written. Without recursion: a page may be built as deep as it likes."""

    def __init__(self, sight, base="", noted=()):
        self.sight, self.base, self.noted = sight, base, noted
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
        if why := self.sight.why_unseen(element):
            if words := element.words():
                self.doubt(f"{why} left out: “{_shortened(words)}”")
            return True
        if waits_to_be_opened(element) and (words := element.words()):
            self.doubt(f"The page shows these words only to those who search for them: “{_shortened(words)}”")
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
            return [self.gap], steps_of_table(element, self), [self.gap]
        if name == "li":
            return [self.new_line, lambda: self._begin_item(element)], content, [self.new_line]
        if name == "ol":
            number_items(element)
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
