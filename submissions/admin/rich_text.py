"""The editor of an entry's text, and the form in which a text is stored."""

import re
import secrets
from collections import Counter

import nh3
from django.forms import Widget
from django.template.loader import render_to_string
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media

from pagereader import Cell, clean_typed, lines_of_rows, unwrapped_links
from spotlight.desk.base import DeskAdmin, DeskForm
from submissions.wording import plain

# What a published page has: sub-headings below the page's own, lists, quotations, stress and links.
EXTENSIONS = {
    "Heading": {"levels": [3, 4]},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "NoSpellCheck": False,
    # No drop-down: the editor's own cannot be opened from the keyboard.
    "Menu": {
        "groups": [{"group": name} for name in ("nodes -lists", "lists", "marks", "link", "history")],
    },
}
_ALLOWED = allowlist_from_extensions(EXTENSIONS)
_ALLOWED["attributes"] = {"a": {"href", "title"}, "ol": {"start"}}
_CLEANER = nh3.Cleaner(**_ALLOWED)
_TABLE_TAGS = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_CLEANER_OF_TABLES = nh3.Cleaner(**{**_ALLOWED, "tags": {*_ALLOWED["tags"], *_TABLE_TAGS}})
# As the cleaner writes them: every tag is closed, and none of a table has an attribute.
_TABLE_EDGE = re.compile("(</?table>)")
_PART_OF_TABLE = re.compile("</?(?:caption|t(?:able|head|body|foot|r|h|d))>")
_DEEPEST_TABLE = 4  # what stands deeper is one cell's words
_ROW_OR_CAPTION = re.compile(r"<(tr|caption)>(.*?)</\1>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])>(.*?)</\1>", re.DOTALL)
_BLOCK_IN_CELL = re.compile(r"(?:</?(?:p|h3|h4|ul|ol|li|blockquote|br)\b[^>]*>\s*)+")
_ITEM_OF_ONE_PARAGRAPH = re.compile(r"<li><p>([^<]*(?:<(?!/?p>)[^<]*)*)</p></li>")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_EMPTY = re.compile(r"(?:\s|<p>|</p>)*")
_EMPTY_TITLE = re.compile(r'(<a [^>]*?) title=""')
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)[^>]*+>")
# What a browser closes by itself, or never opens; in these nothing is nested.
_FLAT = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "br", "hr", "img"))
_DEEPEST = 100  # levels; what is built deeper keeps its words and loses its tags, or cleaning it would take minutes
_BLOCK_TAG = re.compile(r"<(/?)(?:p|h3|h4|ul|ol|li|blockquote)\b[^>]*>\s*")


def stored_form(markup):
    """Sanitised, and written as the page reader writes it, so that who changes a word changes nothing else:
    a block to a line, an item of one paragraph as `<li>text</li>`, "" when there is no text."""
    end = markup.rfind(">") + 1  # so that each tag that begins also ends, and none is looked for in vain
    markup = _without_tables(_TAG.sub(_Levels().tag_within, markup[:end]) + markup[end:])
    clean = _CLEANER.clean(markup).replace("&nbsp;", NO_BREAK_SPACE)
    clean = NO_BREAK_SPACE.join(clean_typed(part) for part in clean.split(NO_BREAK_SPACE))
    clean = _EMPTY_TITLE.sub(r"\1", unwrapped_links(clean))
    return "" if _EMPTY.fullmatch(clean) else _block_to_a_line(_ITEM_OF_ONE_PARAGRAPH.sub(r"<li>\1</li>", clean))


def _without_tables(markup):
    """A paragraph for each row of a table, its cells as the import writes them; an inner table first."""
    if "<table" not in markup.lower():
        return markup
    around = [[]]
    for piece in _TABLE_EDGE.split(_CLEANER_OF_TABLES.clean(markup)):
        if piece == "<table>":
            around.append([])
        elif piece == "</table>":
            inside = "".join(around.pop())
            around[-1].append(inside if len(around) > _DEEPEST_TABLE else _rows_as_paragraphs(inside))
        else:
            around[-1].append(_PART_OF_TABLE.sub(" ", piece) if len(around) > _DEEPEST_TABLE + 1 else piece)
    return "".join(around[0])


def _rows_as_paragraphs(table):
    found = _ROW_OR_CAPTION.findall(table)
    captions = [_in_a_line(content) for kind, content in found if kind == "caption"]
    rows = [[_cell(*cell) for cell in _CELL.findall(content)] for kind, content in found if kind == "tr"]
    lines = [*captions, *("".join(line) for line in lines_of_rows([row for row in rows if row]))]
    return "".join(f"<p>{line}</p>" for line in lines if line)


def _cell(tag, content):
    line = _in_a_line(content)
    return Cell(plain(line), tag == "th", [line] if line else [])


def _in_a_line(content):
    return _BLOCK_IN_CELL.sub(" ", content).strip()


class _Levels:
    """The elements that are open while a text's tags are gone through."""

    def __init__(self):
        self.open, self.numbers = [], Counter()

    def tag_within(self, tag):
        """A tag as it is, "" where it would open or close a level deeper than `_DEEPEST`."""
        name, was = tag[2].lower(), len(self.open)
        if name in _FLAT:
            return tag[0]
        if not tag[1]:
            self.open.append(name)
            self.numbers[name] += 1
            return tag[0] if was < _DEEPEST else ""
        if not self.numbers[name]:
            return ""
        while self.numbers[name] and (last := self.open.pop()):
            self.numbers[last] -= 1
            if last == name:
                break
        return tag[0] if was <= _DEEPEST else ""


def _block_to_a_line(markup):
    depth = 0

    def parted(tag):
        nonlocal depth
        depth += -1 if tag[1] else 1
        return tag[0] if depth else tag[0].rstrip() + "\n"

    return _BLOCK_TAG.sub(parted, markup).strip()


class RichText(ProseEditorFormField):
    """A text with the editor. One that nobody touched counts as unchanged, line ends of the browser or not."""

    def __init__(self, **kwargs):
        config = {"extensions": EXTENSIONS}
        kwargs |= {"config": config, "sanitize": stored_form, "widget": AdminProseEditorWidget}
        super().__init__(**{"required": False, **kwargs})

    def has_changed(self, initial, data):
        posted, stored = (data or "").replace("\r\n", "\n"), initial or ""
        return posted != stored and stored_form(posted) not in (stored, stored_form(stored))


class RichTextForm(DeskForm):
    """A text that nobody touched is saved byte for byte as it was."""

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, field in self.fields.items():
            if isinstance(field, RichText) and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        return cleaned


class TextAsRead(Widget):
    """For who may look and not write: the text and not its markup. It was sanitised when it was saved."""

    read_only = True  # the mark by which Django's admin asks a widget to show what cannot be changed

    def render(self, name, value, **kwargs):
        return render_to_string("admin/text_as_read.html", {"text": value})


class RichTextAdmin(DeskAdmin):
    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and not self.has_change_permission(request, obj):
            for field in context["adminform"].form.fields.values():
                if isinstance(field, RichText):
                    field.widget = TextAsRead()
        # The editor's import map is the one inline script of the desk; the policy lets it through by this nonce.
        request.csp_nonce = secrets.token_urlsafe(16)
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
