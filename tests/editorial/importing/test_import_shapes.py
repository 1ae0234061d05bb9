"""Any shape of an HTML or Word file is answered in good time, and what a person sees of it is what arrives."""

import io
import time
import zipfile

import docx
import pytest

from editorial.importing.reading import page_in, source_of_file, source_of_paste
from pagereader import NotAPage
from tests.editorial.importing.conftest import saved

SIZE, SECONDS = 200_000, 5  # of processor time
UNITS = [
    *("<div>", "<b>", "<p>", "<td>", "<li>", "<q>a", "<blockquote>", "<blockquote>'", "<table><tr><td>", "<ul><li>"),
    *("<header>x</header>", "<table><tr><td>a<td>b", "<a><table><td>", "<a href=http://a.org>b</a>", "<del>a", "<img>"),
    *("<!--", "<!-- -->", "<![", "<![CDATA[", "<?", "</", "</p>", "<", "&", "&#9", "&#99999999999", "&amp;", "=", " "),
    *("<a b='", '<a b="', "<a b=x ", "<script>", "<pre> ", "<pre>  \n", "\t", "“", "<span hidden>a</span>", "<br>"),
    *(
        "<dl><dt>a<dd>b",
        "a</x>",
        "<p>London Borough of Sutton – X</p>",
        "<p>Key Contact:</p>",
        "<h1>.</h1>",
        "<p>“a</p>",
        "<style>.a .a{display:none}</style><b class=a>",
        "<style>/*",
        "<style>@media x{",
        "<b style='font-size:0'><i style='font-size:1em'>a",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["<p>x", "<blockquote>", "<table><tr><td>"])
def test_html_of_any_shape_is_answered_in_good_time(catalogue, unit, before):
    begun = time.process_time()
    try:
        page_in(source_of_file((before + unit * (SIZE // len(unit))).encode()))
    except NotAPage as refusal:
        assert str(refusal)
    assert time.process_time() - begun < SECONDS


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


BODIES = {
    "runs": "<w:p>" + run("a") * 14_000 + "</w:p>",
    "paragraphs": f"<w:p>{run('a')}</w:p>" * 8000,
    "nested tables": "<w:tbl><w:tr><w:tc>" * 4000 + "</w:tc></w:tr></w:tbl>" * 4000,
    "tables in tables": "<w:tbl><w:tr><w:tc>" * 40 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 40,
    "cells": "<w:tbl><w:tr>" + f"<w:tc><w:p>{run('1')}</w:p></w:tc>" * 5000 + "</w:tr></w:tbl>",
    "rows": "<w:tbl>" + f"<w:tr><w:tc><w:p>{run('1')}</w:p></w:tc></w:tr>" * 4000 + "</w:tbl>",
    "one run": "<w:p>" + run("a " * 3_000_000) + "</w:p>",
}


def word(body, **parts):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old, zipfile.ZipFile(content, "w", 8) as new:
        named = {f"word/{name}.xml": part for name, part in parts.items()}
        named["word/document.xml"] = f"<w:document {W} {M}><w:body>{body}</w:body></w:document>"
        for name, part in ({name: old.read(name) for name in old.namelist()} | named).items():
            new.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_word_of_any_shape_is_answered_in_good_time(catalogue, body):
    data, begun = word(body), time.process_time()
    try:
        page_in(source_of_file(data))
    except NotAPage as refusal:
        assert str(refusal)
    assert time.process_time() - begun < SECONDS


# Markup, what arrives, and what a doubt names.
SEEN = {
    "deleted": ("We met <del>twelve</del><ins>twenty</ins> people", "We met twenty people", "twelve"),
    "struck": ("We met <s>twelve</s><strike>ten</strike> people", "We met people", "ten"),
    "hidden": ("We <span hidden>SECRET</span>met", "We met", "SECRET"),
    "not displayed": ('We <span style="color:red; DISPLAY : none">SECRET</span>met', "We met", "SECRET"),
    "invisible": ('We <i style="visibility:hidden">SECRET</i>met', "We met", "SECRET"),
    "hidden by a class": (
        "<style>.x{color:red;display : none}</style>We <b class='a x'>SECRET</b>met",
        "We met",
        "SECRET",
    ),
    "hidden by its place": (
        "<style>@media screen{div .x > i{visibility:hidden}}</style>We <b class=x><i>SECRET</i></b> met",
        "We met",
        "SECRET",
    ),
    "hidden in print alone": (
        "<style>@media print{.x{display:none}}</style>We <b class=x>had</b> met",
        "We had met",
        "",
    ),
    "struck by an attribute": (
        "<style>[data-x='1']{text-decoration-line:line-through}</style>We <b data-x=1>SECRET</b>met",
        "We met",
        "SECRET",
    ),
    "shown after all": (
        "<style>#a{display:none}</style>We <b id=a style='display:none;display:inline!important'>had</b> met",
        "We had met",
        "",
    ),
    "transparent": ("We <b style='opacity: 0.0'>SECRET</b>met", "We met", "SECRET"),
    "half transparent": ("We <b style='opacity:.5;color:rgb(0,0,0)'>had</b> met", "We had met", ""),
    "without colour": ("We <b style='color:rgba(1,2,3,0)'>SECRET</b>met", "We met", "SECRET"),
    "of no size": ("We <b style='font:0/0 a'>SECRET</b>met", "We met", "SECRET"),
    "of no size, but inside": ("We <b style='font-size:0'><i style='font-size:1em'>had</i></b> met", "We had met", ""),
    "far away": ("We <b style='position:absolute;left:-9999px'>SECRET</b>met", "We met", "SECRET"),
    "clipped": ("We <b style='position:absolute;clip:rect(0 0 0 0)'>SECRET</b>met", "We met", "SECRET"),
    "without height": ("We <b style='height:0;overflow:hidden'>SECRET</b>met", "We met", "SECRET"),
    "read out alone": ("We <b class='sr-only'>SECRET</b>met", "We met", "SECRET"),
    "accordion": ("<details><summary>We</summary>met</details>", "We\n\nmet", ""),
    "panel of tabs": ("<style>.x{display:none}</style><a href='#p'>We</a><p class=x id=p>met</p>", "We\n\nmet", ""),
    "waiting for a search": ("We <b hidden='until-found'>had</b> met", "We had met", "had"),
    "hidden from readers aloud": ("We <b aria-hidden=true>had</b> met", "We had met", ""),
    "picture": ('We <img src="a.png" alt="A dog">met', "We met", "A dog"),
    "film": ('We <iframe src="https://films.org/1"></iframe>met', "We met", "https://films.org/1"),
    "menu": ("<nav>Home page</nav>We met", "We met", "Home page"),
    "relative link": ('We <a href="/report.pdf">met</a>', "We met", "/report.pdf"),
    "link": ('We <a href="https://a.org/1">met</a>', "We [met](https://a.org/1)", ""),
    "script": ("We <script>SECRET</script><template>x</template>met", "We met", ""),
    "comment": ("We <!-- SECRET -->met", "We met", ""),
    "rows": (
        "<table><tr><th>Year<th>Homes<tr><td>2022<td>14<tr><td>2023<td>18 (40%)</table>",
        "• Year: 2022; Homes: 14\n• Year: 2023; Homes: 18 (40%)",
        "3 rows and 2 columns",
    ),
    "rows without heads": ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "• a; b\n• c; d", "2 rows and 2 columns"),
}


@pytest.mark.parametrize(("markup", "text", "named"), SEEN.values(), ids=SEEN)
def test_what_a_person_sees_of_html_arrives_and_the_rest_is_named(markup, text, named):
    source = source_of_paste(f"<div>{markup}</div>")
    assert source.text == text + "\n"
    doubts = " ".join(sentence for _, _, sentence in source.doubts)
    assert named in doubts
    assert bool(doubts) == bool(named)


STYLES = (
    f'<w:styles {W}><w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Quiet"><w:basedOn w:val="Base"/></w:style></w:styles>'
)
NOTES = f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("As counted in May.")}</w:p></w:footnote></w:footnotes>'
IN_WORD = {
    "field": (f'<w:fldSimple w:instr="DOCPROPERTY n">{run("112")}</w:fldSimple>', "We 112 met", ""),
    "link field": (
        f"<w:fldSimple w:instr='HYPERLINK \"https://a.org/f\"'>{run('did')}</w:fldSimple>",
        "We [did](https://a.org/f) met",
        "",
    ),
    "hidden": (run("SECRET", "<w:vanish/>"), "We met", "SECRET"),
    "hidden by style": (run("SECRET", '<w:rStyle w:val="Quiet"/>'), "We met", "SECRET"),
    "shown against its style": (run("this", '<w:rStyle w:val="Quiet"/><w:vanish w:val="0"/>'), "We this met", "Quiet"),
    "hidden on the web": (run("SECRET", "<w:webHidden/>"), "We met", "SECRET"),
    "tiny": (run("SECRET", '<w:sz w:val="1"/>'), "We met", "SECRET"),
    "prompt": (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>",
        "We met",
        "Click here",
    ),
    "moved away": (f"<w:moveFrom>{run('SECRET')}</w:moveFrom>", "We met", "SECRET"),
    "struck": (run("SECRET", "<w:strike/>"), "We met", "SECRET"),
    "deleted": ("<w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del>", "We met", "SECRET"),
    "inserted": (f"<w:ins>{run('had')}</w:ins>", "We had met", ""),
    "direction": (f'<w:bdo w:val="ltr">{run("had")}</w:bdo>', "We had met", ""),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('had')}</w:sdtContent></w:sdt>", "We had met", ""),
    "equation": ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "We x=1 met", "x=1"),
    "text box": (
        f"<w:r><w:pict><w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent></w:pict></w:r>",
        "We met\n\nIn a box",
        "In a box",
    ),
    "picture": ('<w:r><w:drawing><docPr descr="A dog"/></w:drawing></w:r>', "We met", "A dog"),
    "footnote": ('<w:r><w:footnoteReference w:id="2"/></w:r>', "We met", "As counted in May."),
}


@pytest.mark.parametrize(("inside", "text", "named"), IN_WORD.values(), ids=IN_WORD)
def test_what_a_person_sees_of_word_arrives_and_the_rest_is_named(inside, text, named):
    body = f"<w:p>{run('We ')}{inside}{run(' met')}</w:p>"
    source = source_of_file(word(body, styles=STYLES, footnotes=NOTES))
    assert source.text == text + "\n"
    doubts = " ".join(sentence for _, _, sentence in source.doubts)
    assert named in doubts
    assert bool(doubts) == bool(named)


@pytest.mark.parametrize("mark", ["<w:hidden/>", '<w:del w:id="1"/>'])
def test_a_row_that_word_does_not_show_is_named(mark):
    rows = f"<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:p>{run('SECRET')}</w:p></w:tc></w:tr>"
    rows += f"<w:tr><w:tc><w:p>{run('We met')}</w:p></w:tc></w:tr>"
    source = source_of_file(word(f"<w:tbl>{rows}</w:tbl>"))
    assert source.text == "We met\n"
    assert "SECRET" in " ".join(sentence for _, _, sentence in source.doubts)


FORM = ["Summary of project|We help.", "Key Contact|Jo Bell – jo.bell@sutton.gov.uk", "Team|Early Help"]
FORM += ["Partners|Mind, Nesta", "Main Submission|We began in 2021. It went well."]


def test_a_form_in_a_word_table_is_read_as_a_form(catalogue):
    document = docx.Document()
    document.add_paragraph("London Borough of Sutton – KickStart")
    table = document.add_table(0, 2)
    for row in FORM:
        for cell, text in zip(table.add_row().cells, row.split("|"), strict=True):
            cell.text = text
    (entry,) = page_in(source_of_file(saved(document))).entries
    assert (entry.team, entry.partners, entry.contacts[0].name) == ("Early Help", ("Mind", "Nesta"), "Jo Bell")
    assert [block.text for block in entry.body] == ["We began in 2021. It went well."]


def test_a_footnote_closes_its_entry_and_cuts_nothing_off(catalogue):
    lines = ["London Borough of Sutton – KickStart", *(row.replace("|", ": ") for row in FORM)]
    body = "".join(f"<w:p>{run(line)}</w:p>" for line in lines[:-1])
    body += f'<w:p>{run(lines[-1])}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    page = page_in(source_of_file(word(body, footnotes=NOTES)))
    assert [block.text for block in page.entries[0].supporting] == ["As counted in May."]
    assert [doubt.kind for doubt in page.doubts] == ["left-out"]
