"""The text of a Word document as a person sees it: without hidden, struck and deleted words, and with the words that
fields, equations and text boxes show. In place of each thing that is left out stands the number of its doubt."""

from xml.etree import ElementTree  # entities were refused before

from pagereader import NotAPage

DEEPEST = 150  # levels; a table in a table in a text box has some 30
MATH = "/math"
WRAPPED = {"bdo", "dir", "smartTag", "customXml", "ins", "moveTo", "sdtContent"}
REMOVED = {"del": "deleted", "moveFrom": "moved away"}
SHAPES = {"drawing", "pict", "object"}
NOTES = {"footnoteReference": ("word/footnotes.xml", "footnote"), "endnoteReference": ("word/endnotes.xml", "endnote")}
OFF = {"0", "false", "off"}
HIDDEN, STRUCK = ("vanish", "webHidden", "specVanish"), ("strike", "dstrike")
SMALLEST = 4  # half points: letters of 2 points are no letters any more
TOO_DEEP = (
    "This Word file is built far deeper than a category page. Copy the page’s text into a new document, and choose "
    "that."
)


def local(element):
    return element.tag.rpartition("}")[2]


def words_of(part):
    """The words of a part in XML, paragraphs parted by a space."""
    return shown_words(ElementTree.fromstring(part))  # noqa: S314


def shown_words(root):
    """The words inside an element, but for what is deleted."""
    found, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in ("t", "delText"):
            found.append(element.text or "")
        elif name in ("p", "tab", "br", "cr"):
            found.append(" ")
        if element is root or name not in REMOVED:
            waiting += reversed(element)
    return " ".join("".join(found).split())


class Body:
    """The document's own part. `noted`: [(kind, sentence)] by the numbers that the cleaned text holds."""

    def __init__(self, parts):
        self.parts, self.noted, self.boxes = parts, [], []
        self.root = ElementTree.fromstring(parts["word/document.xml"])  # noqa: S314
        _refuse_depth(self.root)
        self.space = self.root.tag.rpartition("}")[0] + "}"
        self.hidden, self.struck = self._styles()
        self.notes = {part: self._notes(part) for part, _ in NOTES.values()}

    def cleaned(self):
        self._clean_children(self.root, "")
        return ElementTree.tostring(self.root, encoding="utf-8", xml_declaration=True)

    def _styles(self):
        """(the names of styles that hide their words, of those that strike them out), inherited or their own."""
        part = self.parts.get("word/styles.xml")
        styles = {}
        for style in ElementTree.fromstring(part) if part else ():  # noqa: S314
            if local(style) == "style":
                based = style.find(f"{self.space}basedOn")
                above = None if based is None else self._value(based)
                styles[style.get(f"{self.space}styleId")] = (above, style.find(f"{self.space}rPr"))
        return [{name for name in styles if self._inherits(name, styles, names)} for names in (HIDDEN, STRUCK)]

    def _inherits(self, name, styles, marks):
        for _ in range(30):  # styles may stand in a circle
            above, properties = styles.get(name, (None, None))
            found = self._switch(properties, marks)
            if found is not None or above is None:
                return bool(found)
            name = above
        return False

    def _switch(self, properties, names):
        """True or False where one of these properties is set, else None."""
        found = [properties.find(f"{self.space}{name}") for name in names] if properties is not None else []
        found = [self._value(one) not in OFF for one in found if one is not None]
        return any(found) if found else None

    def _value(self, element):
        return element.get(f"{self.space}val", "")

    def _notes(self, part):
        """{number: the note's words}."""
        if part not in self.parts:
            return {}
        return {
            note.get(f"{self.space}id"): shown_words(note)
            for note in ElementTree.fromstring(self.parts[part])  # noqa: S314
        }

    def _clean_children(self, element, style):
        """`style`: of the paragraph around."""
        if local(element) == "p":
            named = element.find(f"{self.space}pPr/{self.space}pStyle")
            style = "" if named is None else self._value(named)
        kept = []
        for child in list(element):
            kept += self._clean(child, style)
            if local(child) in ("p", "tbl") and self.boxes:
                kept += self.boxes
                self.boxes = []
        is_run = local(element) == "r"
        element[:] = [part for one in kept for part in (one if is_run and local(one) == "r" else [one])]

    def _clean(self, element, style):
        """The elements that stand in its place."""
        name = local(element)
        if MATH in element.tag:
            return self._equation(element)
        if name == "altChunk":
            said = "A part of another document, embedded here, was not read: open the file and copy it."
            return self._apart([self._note(said)])
        if name in REMOVED:
            return self._leave_out(element, f"Words {REMOVED[name]} with tracked changes were")
        if name in SHAPES or name == "AlternateContent":
            return self._shape(element)
        if name in NOTES:
            return self._note_reference(element, *NOTES[name])
        if name == "r" and (why := self._why_unseen(element, style)):
            return self._leave_out(element, why)
        if name == "tr" and (why := self._why_row_is_unseen(element)):
            self.boxes += self._apart(self._leave_out(element, why))
            return []
        if name == "sdt" and element.find(f"{self.space}sdtPr/{self.space}showingPlcHdr") is not None:
            left_out = self._leave_out(element, "A form’s own words, in a field that nobody filled in, were")
            return left_out if element.find(f"{self.space}sdtContent/{self.space}p") is None else self._apart(left_out)
        if name == "sdt":
            return [one for content in element if local(content) == "sdtContent" for one in self._clean(content, style)]
        if name == "cr":
            return [self._new("br")]
        if name == "ptab":
            return [self._new("tab")]
        if name.endswith("Pr"):
            return [element]
        self._clean_children(element, style)
        if name == "fldSimple":
            return self._field(element)
        return list(element) if name in WRAPPED else [element]

    def _why_unseen(self, run, style):
        properties = run.find(f"{self.space}rPr")
        named = properties.find(f"{self.space}rStyle") if properties is not None else None
        styles = {style, "" if named is None else self._value(named)}
        for marks, hiding, why in (
            (HIDDEN, self.hidden, "Hidden words were"),
            (STRUCK, self.struck, "Struck-out words were"),
        ):
            own = self._switch(properties, marks)
            if own or (own is None and styles & hiding):
                return why
        size = properties.find(f"{self.space}sz") if properties is not None else None
        is_tiny = size is not None and self._value(size).isdecimal() and int(self._value(size)) <= SMALLEST
        return "Words too small to be read were" if is_tiny else ""

    def _why_row_is_unseen(self, row):
        properties = row.find(f"{self.space}trPr")
        if self._switch(properties, ("hidden",)):
            return "A hidden row of a table was"
        is_deleted = properties is not None and properties.find(f"{self.space}del") is not None
        return "A row deleted with tracked changes was" if is_deleted else ""

    def _apart(self, runs):
        return [self._new("p", *runs)] if runs else []

    def _leave_out(self, element, why):
        words = shown_words(element)
        return [self._note(f"{why} left out: “{words[:600]}”")] if words else []

    def _equation(self, element):
        words = "".join(part.text or "" for part in element.iter() if local(part) == "t")
        note = self._note(f"An equation was turned into plain text: “{words[:300]}”")
        return [note, self._run(f" {words} ")] if words else [note]

    def _shape(self, element):
        """A picture, drawing or text box: the box's words follow the paragraph, the rest is named."""
        choices = [part for part in element if local(part) in ("Choice", "Fallback")]
        shape = choices[0] if choices else element
        boxes = [part for part in shape.iter() if local(part) == "txbxContent"]
        if boxes:
            paragraphs = list(boxes[0])
            holder = self._new("body", *paragraphs)
            outer, self.boxes = self.boxes, []
            self._clean_children(holder, "")
            self.boxes = [*outer, *holder]
            return [
                self._note(f"A text box stands here; its words follow the paragraph: “{shown_words(holder)[:300]}”")
            ]
        named = [part for part in shape.iter() if local(part) in ("docPr", "cNvPr", "shape", "imagedata")]
        shown = [said for part in named for key in ("descr", "title", "alt") if (said := part.get(key, "").strip())]
        what = "A picture or drawing was left out"
        return [self._note(f"{what}: “{shown[0][:300]}”" if shown else f"{what}; it has no description.")]

    def _note_reference(self, element, part, what):
        words = self.notes[part].get(element.get(f"{self.space}id"), "")
        if not words:
            return []
        number = f"{what.capitalize()} “{words[:300]}” stands under the supporting information of its entry."
        return [self._note(words, "note"), self._note(number, "footnote")]

    def _field(self, field):
        """A link stays a link; of any other field the words that it shows stay."""
        instruction = field.get(f"{self.space}instr", "")
        if not instruction.strip().upper().startswith("HYPERLINK"):
            return list(field)
        marks = [self._new("r", self._new("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
        code = self._new("instrText")
        code.text = instruction
        return [marks[0], self._new("r", code), marks[1], *field, marks[2]]

    def _note(self, sentence, kind="left-out"):
        self.noted.append((kind, sentence))
        return self._run(f"\ue000{len(self.noted) - 1}\ue001")

    def _run(self, words):
        text = self._new("t")
        text.text = words
        return self._new("r", text)

    def _new(self, name, *content, **attributes):
        element = ElementTree.Element(
            f"{self.space}{name}", {f"{self.space}{key}": value for key, value in attributes.items()}
        )
        element.extend(content)
        return element


def _refuse_depth(root):
    """Raises NotAPage for elements in elements without end."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEEPEST:
            raise NotAPage(TOO_DEEP)
        waiting += [(child, depth + 1) for child in element]
