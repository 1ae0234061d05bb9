"""A Word file as lines: opened only when it is one, and no bigger inside than a page can be."""

import contextlib
import gc
import io
import zipfile
import zlib

import mammoth

from editorial.importing.visible import source_of_markup
from editorial.importing.word_body import Body, words_of
from pagereader import NotAPage

LARGEST_INSIDE = 40_000_000  # bytes of all parts unpacked, pictures among them
LARGEST_TEXT = 8_000_000  # bytes of the parts in XML; a page of 95,000 characters has 1,000,000
MOST_TAGS = 120_000  # of the document itself, opening and closing; such a page has some 30,000
MOST_PARTS = 2000
CHUNK = 1 << 16
BODY = "word/document.xml"
BROKEN = (
    "This Word file is damaged and cannot be opened. Open it in Word, save it under a new name, and choose that file."
)
TOO_BIG = (
    "Unpacked, this file is far bigger than a category page can be, so it was not opened. Copy the page's text into "
    "a new document, and choose that."
)
# What the library raises for an archive that is cut, altered, encrypted, or packed in a way it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
# Word's own names for what a page has; everything else keeps mammoth's usual form.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""


def unpacked(data):
    """The same bytes, once their parts are known to be whole, few and small. Raises NotAPage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_too_much(archive.infolist())
            _refuse_other_archives(archive.namelist())
            for part in archive.infolist():
                _read_through(archive, part)
    except DAMAGED as error:
        raise NotAPage(BROKEN) from error
    return data


def source_of_word(data):
    """Its headings, lists, tables, quotations and links as a Source. Whatever is left out is among its doubts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        if parts[BODY].count(b"<") > MOST_TAGS:
            raise NotAPage(TOO_BIG)
        body = Body(parts)
        parts[BODY] = body.cleaned()
        with _collector_paused():
            content = io.BytesIO(_packed(parts))
            shown = mammoth.convert_to_html(content, style_map=STYLES, include_embedded_style_map=False)
    except NotAPage:
        raise
    except Exception as error:  # whatever is wrong inside a file that is a ZIP archive in Word's form
        raise NotAPage(BROKEN) from error
    source = source_of_markup(shown.value, body.noted)
    source.doubts[:0] = [(1, "left-out", said) for said in (*_margins(parts), *_said_by(shown.messages))]
    return source


@contextlib.contextmanager
def _collector_paused():
    """The library builds its trees of so many small objects that looking through them all for garbage, again and
    again, took half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _packed(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _margins(parts):
    """A sentence for each kind of words that stand beside the page's own."""
    for what, beginning in (("header", "word/header"), ("footer", "word/footer"), ("comments", "word/comments.xml")):
        found = dict.fromkeys(words_of(part) for name, part in parts.items() if name.startswith(beginning))
        words = " / ".join(words for words in found if any(map(str.isalpha, words)))
        if words:
            yield f"The document’s {what} were left out: “{words[:600]}”".replace("er were", "er was")


def _said_by(messages):
    """What the library remarks, each thing once; styles that it does not know lose their look alone."""
    said = dict.fromkeys(message.message for message in messages)
    styles = [one for one in said if one.startswith("Unrecognised paragraph style") or "run style" in one]
    yield from (f"Opening the Word file: {one}." for one in said if one not in styles)
    if styles:
        names = ", ".join(one.partition(": ")[2] for one in styles)
        yield f"Word’s own styles were read as plain paragraphs: {names[:400]}. Look whether one was a heading."


def _refuse_too_much(parts):
    """By what the archive declares, before anything is unpacked."""
    inside = sum(part.file_size for part in parts)
    text = sum(part.file_size for part in parts if _is_text(part))
    if len(parts) > MOST_PARTS or inside > LARGEST_INSIDE or text > LARGEST_TEXT:
        raise NotAPage(TOO_BIG)


def _refuse_other_archives(names):
    if BODY not in names:
        raise NotAPage(
            "This is an archive or a file of another program, not a Word document. Choose the .docx file of the page "
            "itself, or save the page as plain text."
        )


def _read_through(archive, part):
    """An archive may declare less than it holds: so each part is read to its end, piece by piece."""
    size = 0
    with archive.open(part) as content:
        while piece := content.read(CHUNK):
            size += len(piece)
            if size > part.file_size:
                raise NotAPage(TOO_BIG)
            if _is_text(part) and b"<!DOCTYPE" in piece:
                raise NotAPage(BROKEN)  # Word writes none, and one can make a few bytes grow without end


def _is_text(part):
    return part.filename.endswith((".xml", ".rels"))
