"""What python-docx leaves to its user: links, fields, bookmarks, numbering that begins again, files that stay alike.

And stored text, with its sub-headings, lists, quotations, stress and links as Word's own.
"""

import io
import zipfile
from html.parser import HTMLParser

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from submissions.exports.table import clean
from submissions.sharing.drawing import ACCENT, INK
from submissions.withheld import withhold_from_html, withhold_from_link

HEADINGS = {
    "Title": 30,
    "Heading 1": 20,
    "Heading 2": 14,
    "Heading 3": 12,
    "Heading 4": 11,
    "TOC Heading": 14,
}  # points
NO_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can bear
SUB_HEADINGS = {"h3": "Heading 3", "h4": "Heading 4"}
STRESS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}
BLOCKS = {"p", "li", "blockquote", *SUB_HEADINGS}
DEEPEST_LIST = 3  # Word's own list styles go no deeper


def element(tag, **attributes):
    """An element such as `w:fldChar`, its attributes in Word's namespace."""
    node = OxmlElement(tag)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node


def link(paragraph, text, address="", place=""):
    """A run that leads to an address, or to a bookmark of this document; to nowhere where that would name a mailbox."""
    address = withhold_from_link(address)
    if not address and not place:
        return paragraph.add_run(clean(text))
    run = paragraph.add_run(clean(text), style="Hyperlink")
    holder = OxmlElement("w:hyperlink")
    if address:
        holder.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        holder.set(qn("w:anchor"), place)
    holder.append(run._r)
    paragraph._p.append(holder)
    return run


def bookmark(paragraph, name, number):
    """Makes the whole paragraph a place that links lead to."""
    paragraph._p.insert(1, element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def mark_of_field(paragraph, kind):
    """The begin, the separation or the end of a field that Word works out."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind))


def instruction(paragraph, text):
    node = element("w:instrText")
    node.set(qn("xml:space"), "preserve")
    node.text = f" {text} "
    paragraph.add_run()._r.append(node)


def field(paragraph, text, shown):
    """A field on one line, such as PAGE, and what is shown until Word has worked it out."""
    mark_of_field(paragraph, "begin")
    instruction(paragraph, text)
    mark_of_field(paragraph, "separate")
    paragraph.add_run(shown)
    mark_of_field(paragraph, "end")


def new_numbering(document, start=1):
    """The key of a numbering that begins at `start`; without it, every list would go on counting from the last."""
    numbering = document.part.numbering_part.element
    of_style = document.styles["List Number"].element.pPr.numPr.numId.val
    node = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    node.add_lvlOverride(ilvl=0).add_startOverride(start)
    return node.numId


def numbered(paragraph, numbering):
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def house_style(document):
    """British English, our colours, a page for each entry, and the styles that the empty document lacks."""
    styles, accent = document.styles, RGBColor.from_string(ACCENT[1:])
    styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").set(qn("w:val"), "en-GB")
    link_style = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link_style.font.underline, link_style.font.color.rgb = True, accent
    contents = styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    contents.base_style, contents.paragraph_format.space_after = styles["Normal"], Pt(4)
    styles["Normal"].font.name = "Calibri"
    for name, points in HEADINGS.items():
        styles[name].font.color.rgb, styles[name].font.size = accent, Pt(points)
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles["TOC Heading"].paragraph_format.page_break_before = False
    styles["Quote"].font.color.rgb = RGBColor.from_string(INK[1:])
    styles["Quote"].paragraph_format.left_indent = Pt(18)


def a4(document):
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.3)


def bytes_of(document):
    """The document's bytes: the same document, the same bytes, whenever it is created."""
    raw, settled = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in parts.infolist():
            copy.writestr(zipfile.ZipInfo(part.filename, NO_DAY), parts.read(part), zipfile.ZIP_DEFLATED)
    return settled.getvalue()


class IntoWord(HTMLParser):
    """Feeds sanitised HTML into `document`. A paragraph is created when its first letter comes."""

    def __init__(self, document):
        super().__init__()
        self.document = document
        self.paragraph, self.heading, self.address, self.linked = None, "", "", ""
        self.stress, self.lists = set(), []
        self.quotes, self.fresh_item = 0, False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in BLOCKS:
            self.paragraph = None
        if tag in STRESS:
            self.stress.add(STRESS[tag])
        elif tag in ("ul", "ol"):
            self._open_list(tag, attributes)
        elif tag == "a":
            self.address, self.linked = withhold_from_link(attributes.get("href") or ""), ""
        elif tag == "br" and self.paragraph:
            self.paragraph.add_run().add_break()
        self.heading = SUB_HEADINGS.get(tag, self.heading)
        self.fresh_item = tag == "li" or self.fresh_item
        self.quotes += tag == "blockquote"

    def handle_endtag(self, tag):
        if tag in BLOCKS or tag in ("ul", "ol"):
            self.paragraph = None
        if tag in STRESS:
            self.stress.discard(STRESS[tag])
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "a":
            self._close_link()
        elif tag in SUB_HEADINGS:
            self.heading = ""
        self.quotes -= tag == "blockquote"

    def handle_data(self, data):
        if not data.strip() and not self.paragraph:
            return
        self.paragraph = self.paragraph or self._begun()
        run = link(self.paragraph, data, self.address) if self.address else self.paragraph.add_run(clean(data))
        self.linked += data
        for way in self.stress:
            setattr(run, way, True)

    def _open_list(self, tag, attributes):
        start = attributes.get("start") or "1"
        number = int(start) if start.isdecimal() else 1
        self.lists.append(new_numbering(self.document, number) if tag == "ol" else None)

    def _close_link(self):
        """The address is printed as well: paper cannot be clicked."""
        if self.address.startswith("http") and self.address.rstrip("/") not in self.linked and self.paragraph:
            self.paragraph.add_run(f" ({self.address})")
        self.address = ""

    def _begun(self):
        paragraph = self.document.add_paragraph(style=self._style())
        if self.lists and self.lists[-1] and self.fresh_item and not self.heading:
            numbered(paragraph, self.lists[-1])
        self.fresh_item = False
        return paragraph

    def _style(self):
        if self.heading or not self.lists:
            return self.heading or ("Quote" if self.quotes else None)
        kind = "List Continue" if not self.fresh_item else "List Number" if self.lists[-1] else "List Bullet"
        depth = min(len(self.lists), DEEPEST_LIST)
        return f"{kind} {depth}" if depth > 1 else kind


def write_markup(document, markup, otherwise="Not stated"):
    """Stored HTML at the end of a document, or the words that say there is none."""
    if not markup:
        document.add_paragraph(otherwise)
        return
    writer = IntoWord(document)
    writer.feed(withhold_from_html(markup))
    writer.close()
