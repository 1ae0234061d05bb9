"""An entry's stored text in a Word document: its sub-headings, lists, quotations, stress and links as Word's own."""

from html.parser import HTMLParser

from submissions.pack.word import link, new_numbering, numbered, writable
from submissions.withheld import withhold_from_html, withhold_from_link

HEADINGS = {"h3": "Heading 3", "h4": "Heading 4"}
STRESS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}
BLOCKS = {"p", "li", "blockquote", *HEADINGS}
DEEPEST_LIST = 3  # Word's own list styles go no deeper


class IntoWord(HTMLParser):
    """Feeds sanitised HTML into `document`. A paragraph is made when its first letter comes."""

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
        self.heading = HEADINGS.get(tag, self.heading)
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
        elif tag in HEADINGS:
            self.heading = ""
        self.quotes -= tag == "blockquote"

    def handle_data(self, data):
        if not data.strip() and not self.paragraph:
            return
        self.paragraph = self.paragraph or self._begun()
        run = link(self.paragraph, data, self.address) if self.address else self.paragraph.add_run(writable(data))
        self.linked += data
        for way in self.stress:
            setattr(run, way, True)

    def _open_list(self, tag, attributes):
        start = attributes.get("start") or "1"
        number = int(start) if start.isdecimal() else 1
        self.lists.append(new_numbering(self.document, number) if tag == "ol" else None)

    def _close_link(self):
        """The address is written out as well: paper cannot be clicked."""
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
