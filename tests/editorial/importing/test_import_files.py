"""Every kind of file that people choose, by right or by mistake: its text, or one sentence that says what to do."""

import io
import time
import zipfile

import docx
import pytest
from PIL import Image

from editorial.importing.reading import LARGEST_FILE, page_in, source_of_file, source_of_paste
from pagereader import NotAPage
from tests.editorial.importing.conftest import PAGES, SOURCE, as_word, saved

pytestmark = pytest.mark.usefixtures("catalogue")


def refusal(data):
    with pytest.raises(NotAPage) as refused:
        page_in(source_of_file(data))
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "below it)."))
    return sentence


def picture():
    content = io.BytesIO()
    Image.new("RGB", (30, 30)).save(content, "PNG")
    return content.getvalue()


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in parts.items():
            written.writestr(name.replace("__", "/"), data)
    return content.getvalue()


def bomb(**more):
    return archive(**{"word__document.xml": b"<w:t>" + b"0" * 50_000_000, **more})


WRONG = {
    "nothing": (b"", "The text is empty"),
    "blanks": (b" \n\n\t ", "The text is empty"),
    "five megabytes": (b"A line of text.\n" * 400_000, "has 6,400,000 bytes"),
    "a text of just under five": (b"A line of text.\n" * 300_000, "characters, far more than a category page"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "This is a PDF"),
    "picture": (picture(), "This is a picture"),
    "old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "This is an old Word or Office file"),
    "rich text": (b"{\\rtf1\\ansi Hello}", "rich text file"),
    "NUL bytes": (b"London Borough of Sutton\0\n", "binary"),
    "zip bomb": (bomb(), "far bigger than a category page"),
    "another archive": (archive(notes=b"hello"), "not a Word document"),
    "cut Word file": (as_word("London Borough")[:-400], "damaged"),
    "empty Word file": (archive(**{"word__document.xml": b""}), "damaged"),
    "Word file with entities": (
        archive(**{"word__document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "damaged",
    ),
    "other web page": (
        b"<!doctype html><title>x</title><p>Minutes of the meeting.</p>",
        "no Practice Spotlight category page",
    ),
    "endless web page": (b"<!doctype html>" + b"<div>" * 100_000, "far more than a category page"),
    "other text": (b"Minutes of the meeting.\n\nNobody came.\n", "no Practice Spotlight category page"),
}


@pytest.mark.parametrize(("data", "said"), WRONG.values(), ids=WRONG)
def test_what_is_no_page_is_told_in_one_sentence(data, said):
    before = time.process_time()
    assert said in refusal(data)
    assert time.process_time() - before < 10


def test_a_word_file_that_declares_less_than_it_holds_is_not_unpacked():
    honest = archive(**{"word__document.xml": b"<w:t>" + b"0" * 5_000_000})
    size = (5_000_005).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert refusal(honest.replace(size, (500).to_bytes(4, "little")))


def test_the_limit_is_on_the_bytes_of_the_file():
    padded = SOURCE.read_bytes() + b"\n" * (LARGEST_FILE - SOURCE.stat().st_size)
    assert len(padded) == LARGEST_FILE
    assert "5,000,001 bytes" in refusal(padded + b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_whatever_editor_saved_the_text(encoding):
    text = SOURCE.read_text()
    read = source_of_file(text.encode(encoding, "replace")).text
    assert [entry.title for entry in page_in(read).entries] == [entry.title for entry in page_in(text).entries]
    assert "’" in read


def said(page):
    """What a page says, formatting left aside."""
    return [(e.title, e.boroughs, e.team, e.partners, [(c.name, c.email) for c in e.contacts]) for e in page.entries]


@pytest.mark.parametrize(
    "source", [SOURCE, PAGES / "early-help.txt", PAGES / "youth-justice-afc.txt"], ids=lambda p: p.stem
)
def test_the_same_page_from_word_says_the_same(source):
    text = source.read_text()
    assert said(page_in(source_of_file(as_word(text)))) == said(page_in(text))


def test_structure_of_a_word_file_is_kept_and_the_rest_dropped():
    document = docx.Document()
    document.add_heading("London Borough of Sutton – KickStart", 1)
    for line in (
        "Summary of project: Rooms first.",
        "Key Contact: Jo Bell – jo.bell@sutton.gov.uk",
        "Main Submission:",
    ):
        document.add_paragraph(line)
    document.add_heading("What we did", 2)
    document.add_paragraph("We listened, and then we acted on it.").runs[0].bold = True
    document.add_paragraph("opened a house", style="List Bullet")
    document.add_paragraph("found a cook", style="List Bullet")
    document.add_paragraph("I like it here, and I will stay.", style="Quote")
    document.add_picture(io.BytesIO(picture()))
    (entry,) = page_in(source_of_file(saved(document))).entries
    assert [(block.kind, block.text or block.items) for block in entry.body] == [
        ("heading", "What we did"),
        ("paragraph", "We listened, and then we acted on it."),
        ("bullets", ("opened a house", "found a cook")),
        ("quote", "“I like it here, and I will stay.”"),
    ]


HTML = """<!DOCTYPE html><html><head><title>x</title><style>p { color: red }</style></head><body>
<nav><ul><li>Home</li></ul></nav><main><h2>London Borough of
Sutton – KickStart</h2><p><b>Summary of project:</b> Rooms <em>first</em>.</p>
<table><tr><td><p>Key Contact:</p></td>
<td><p>Jo Bell <a href="mailto:jo.bell@sutton.gov.uk?subject=Hi">write</a></p></td></tr></table>
<p>Main Submission:</p><h3>What we did</h3>
<ul><li><p>opened a house</p></li><li>found a cook<script>alert(1)</script></li></ul>
<ol start="3"><li>third</li><li>fourth</li></ol>
<blockquote><p>I like it here, and I will stay.</p><cite>Young person</cite></blockquote>
<p>Supporting Information:</p>
<p>See <a href="https://sutton.gov.uk/film">the film</a> and <a href="#top">the top</a>.</p>
</main></body></html>"""


def test_html_becomes_the_lines_a_person_sees():
    assert source_of_paste(HTML).text.split("\n") == [
        "London Borough of Sutton – KickStart",
        "",
        "Summary of project: Rooms first.",
        "",
        "Key Contact:\tJo Bell write jo.bell@sutton.gov.uk",
        "",
        "Main Submission:",
        "",
        "What we did",
        "",
        "• opened a house",
        "• found a cook",
        "",
        "3. third",
        "4. fourth",
        "",
        "“I like it here, and I will stay.”",
        "– Young person",
        "",
        "Supporting Information:",
        "",
        "See [the film](https://sutton.gov.uk/film) and the top.",
        "",
    ]


def test_links_of_html_are_documents_of_the_entry():
    (entry,) = page_in(source_of_paste(HTML)).entries
    assert [(item.title, item.url) for item in entry.supporting_items] == [("the film", "https://sutton.gov.uk/film")]
    assert [voice.speaker for voice in entry.voices] == ["Young person"]


def test_a_paste_from_word_keeps_its_bullets_and_nothing_of_words_own():
    pasted = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>@list l0</style></head><body>"
        "<!--[if gte mso 9]><xml>junk</xml><![endif]--><p class=MsoNormal>What we did<o:p></o:p></p>"
        "<p class=MsoListParagraph style='mso-list:l0'><![if !supportLists]>"
        "<span>·<span>&nbsp;&nbsp;&nbsp; </span></span>"
        "<![endif]>opened a\nhouse</p></body></html>"
    )
    assert source_of_paste(pasted).text == "What we did\n\n· opened a house\n"
