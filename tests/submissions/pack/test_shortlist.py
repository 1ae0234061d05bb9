"""A shortlist as one document, as a Word file and side by side; and what is said of what is not there."""

import io
import re
import zipfile

import pytest
import time_machine
from docx import Document
from docx.oxml.ns import qn

from editorial.workflow import transition
from submissions.models import Submission
from submissions.sharing.addresses import ids_in

pytestmark = pytest.mark.django_db

BODY = (
    "<h3>What &amp; why</h3><p>It <strong>works</strong> and is <em>kind</em>; see "
    '<a href="https://example.org/report">the report</a> and <a href="mailto:a@merton.gov.uk">a@merton.gov.uk</a>.</p>'
    "<ul><li>One<ul><li>Deeper</li></ul></li><li>Two</li></ul><ol><li>First</li><li>Second</li></ol><p>Between.</p>"
    "<ol><li>Again first</li></ol><blockquote><p>“It helped me.”</p><p>Young person</p></blockquote><h4>Details</h4>"
)


@pytest.fixture
def three(make_entry):
    """Three entries of which the second says everything an entry can say."""
    make_entry(title="First")
    rich = {"summary": "<p>In short.</p>", "body": BODY, "team": "The team", "supporting": "<p>More.</p>"}
    second = make_entry(title="Second", boroughs=["sutton"], partners=["Barnardo’s"], figures=["confirmed", "proposed"],
                        contact="person@sutton.gov.uk", **rich)  # fmt: skip
    second.supporting_items.create(title="A film", url="https://example.org/film")
    second.metrics.create(
        figure="£5", label="a week", quote="It costs £5.", value=5, unit="GBP", kind="cost", status="confirmed"
    )
    second.categories.get().administrators.create(name="Mei", role="Administrator", email="mei@example.org")
    make_entry(title="Third", summary="")
    return list(Submission.objects.order_by("pk"))


def ids(*entries):
    return ",".join(str(entry.pk) for entry in entries)


def get(client, address, *entries, **more):
    return client.get(address, {"ids": ids(*entries), **more})


def word(response):
    return Document(io.BytesIO(response.content))


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        (["3,7,12"], [3, 7, 12]),
        (["3", "7", "3"], [3, 7]),
        ([" 7 , x, -2,,٣"], [7, 2]),
        ([""], []),
        (["9" * 40], [int("9" * 18), int("9" * 4)]),
    ],
)
def test_numbers_are_read_whatever_stands_between_them(values, numbers):
    assert ids_in(values) == numbers


def test_entries_stand_in_the_order_asked_for_with_all_they_say(client, three):
    page = get(client, "/pack/", three[1], three[0]).content.decode()
    assert page.index('<h2 id="entry-') < page.index(">Second</h2>") < page.index(">First</h2>")
    for said in (
        "In short.",
        "The team",
        "Barnardo’s",
        "person@sutton.gov.uk",
        "75% felt safe.",
        "A film",
        "Mei",
        "Young person",
    ):
        assert said in page, said
    assert "<h4>What &amp; why</h4>" in page
    assert "<h5>Details</h5>" in page
    assert page.count("75% felt safe.") == 1  # a proposed figure is not shown
    assert f"/s/{three[1].pk}</a>" in page


@pytest.mark.parametrize("address", ["/pack/", "/pack.docx", "/compare/"])
def test_missing_is_said(client, three, address):
    response = get(client, address, three[0], three[2])
    text = (
        "\n".join(p.text for p in word(response).paragraphs) if address == "/pack.docx" else response.content.decode()
    )
    assert text.count("Not stated") >= 4


def test_the_cover_bears_the_day_on_which_it_was_made(client, three):
    for day, said in (("2026-03-01T12:00Z", "1 March 2026"), ("2026-03-02T12:00Z", "2 March 2026")):
        with time_machine.travel(day, tick=False):
            response = get(client, "/pack/", three[0])
            assert said in response.content.decode()
            assert not response.has_header("ETag")


def test_what_is_not_there_is_told_without_detail(client, three):
    transition(three[2], "withdraw")
    page = client.get("/pack/", {"ids": f"{ids(*three)},998,999"}).content.decode()
    assert f"Withdrawn since the list was made, and no longer shown: entry number {three[2].pk}." in page
    assert "2 numbers in the address are no entries." in page
    assert "Third" not in page
    assert client.get("/pack/", {"ids": "998,999"}).status_code == 404
    for empty in ("", "abc"):
        response = client.get("/pack/", {"ids": empty})
        assert response.status_code == 200
        assert "No entry is on this list yet" in response.content.decode()
        assert client.get("/pack.docx", {"ids": empty}).status_code == 404


def test_a_list_that_is_too_long_is_cut_and_told(client, make_entry):
    entries = [make_entry() for _ in range(32)]
    page = get(client, "/pack/", *entries).content.decode()
    assert "Only the first 30 entries are shown. 2 more were asked for." in page
    assert page.count('<article class="pack-entry"') == 30
    assert (
        "Only the first 4 entries are shown. 28 more were asked for."
        in get(client, "/compare/", *entries).content.decode()
    )


def test_the_word_document_has_real_headings_lists_quotations_and_links(client, three):
    response = get(client, "/pack.docx", three[1], three[0])
    assert response["Content-Disposition"].startswith('attachment; filename="practice-spotlight-')
    document = word(response)
    styles = {}
    for paragraph in document.paragraphs:
        styles.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert styles["Heading 1"] == ["Second (Sutton)", "First (Merton)"]
    assert styles["Heading 3"] == ["What & why"]
    assert styles["Heading 4"] == ["Details"]
    assert styles["List Bullet"][-3:] == ["One", "Two", "A film: https://example.org/film"]
    assert styles["List Bullet 2"] == ["Deeper"]
    assert styles["List Number"] == ["First", "Second", "Again first"]
    assert styles["Quote"] == ["“It helped me.”", "Young person"]
    assert styles["toc 1"] == styles["Heading 1"]
    text = next(p for p in document.paragraphs if p.text.startswith("It works"))
    assert text.text == (
        "It works and is kind; see the report (https://example.org/report) and [address on the entry’s own page]."
    )
    assert [run.text for run in text.runs if run.bold] == ["works"]
    assert [run.text for run in text.runs if run.italic] == ["kind"]
    assert [link.address for link in text.hyperlinks] == ["https://example.org/report"]


def test_numbered_lists_begin_anew(client, three):
    document = word(get(client, "/pack.docx", three[1]))
    numbered = [p for p in document.paragraphs if p.style.name == "List Number"]
    keys = [p._p.pPr.numPr.numId.val for p in numbered]
    assert keys[0] == keys[1] != keys[2]


def test_the_word_document_says_its_language_title_and_contents(client, three):
    document = word(get(client, "/pack.docx", *three))
    assert document.core_properties.title == "Practice Spotlight: a shortlist"
    assert document.core_properties.language == "en-GB"
    assert document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    markup = document.element.xml
    assert "TOC \\o" in markup
    anchors = re.findall(r'<w:hyperlink w:anchor="(\w+)"', markup)
    assert anchors == re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', markup)
    assert len(anchors) == 3


def test_the_same_entries_make_the_same_file(client, three):
    with time_machine.travel("2026-03-01T09:00Z", tick=False):
        first = get(client, "/pack.docx", *three).content
    with time_machine.travel("2026-03-01T17:00Z", tick=False):
        assert get(client, "/pack/", *three, format="docx").content == first
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None


def test_characters_that_word_cannot_hold_are_left_out(client, make_entry):
    entry = make_entry(title="Bell\x07 and \x0bbreak", body="<p>Form\x0cfeed &amp; ﷽ 👋</p>")
    texts = [p.text for p in word(get(client, "/pack.docx", entry)).paragraphs]
    assert "Bell and break (Merton)" in texts
    assert "Formfeed & ﷽ 👋" in texts


def test_a_comparison_is_a_table_with_headers_both_ways(client, three):
    page = get(client, "/compare/", three[0], three[1]).content.decode()
    assert page.count('<th scope="col">') == 2
    rows = re.findall(r'<th scope="row">(\w+)</th>', page)
    assert rows == ["Authority", "Summary", "Team", "Partners", "Figures", "Costs", "Contact"]
    costs = page.partition('<th scope="row">Costs</th>')[2].partition("</tr>")[0]
    assert "£5" in costs
    assert "75%" not in costs


def test_one_entry_alone_is_no_comparison(client, three):
    page = get(client, "/compare/", three[0]).content.decode()
    assert "Two to four entries can stand side by side." in page
    assert "<table" not in page


def test_the_list_goes_with_the_reader_in_the_address(client, three, make_entry):
    """Without script: a card adds to the list that the address carries, and every link of the list page keeps it."""
    page = " ".join(client.get("/submissions/", {"list": f"{three[0].pk},{three[1].pk}"}).content.decode().split())
    assert f'href="/pack/?ids={three[0].pk},{three[1].pk}">My list <span class="n">(2)</span></a>' in page
    assert f'value="{ids(*three)}" data-add="{three[2].pk}"' in page
    assert f'href="{three[2].get_absolute_url()}?list={three[0].pk},{three[1].pk}"' in page
    assert f'<input type="hidden" name="list" value="{three[0].pk},{three[1].pk}">' in page
    sorts = page.partition('class="sorts"')[2].partition("</ul>")[0]
    assert sorts.count(f"list={three[0].pk},{three[1].pk}") == sorts.count("<a ")
    assert "list=" not in re.search(r'rel="canonical" href="([^"]+)"', page)[1]
    assert "data-my-list hidden" in client.get("/submissions/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_documents_ask_the_database_a_fixed_number_of_times(client, make_entry, number, django_assert_num_queries):
    entries = [make_entry(partners=["Settle"], figures=["confirmed"], contact="a@merton.gov.uk") for _ in range(number)]
    for address, queries in {"/pack/": 12, "/pack.docx": 12, "/compare/": 11}.items():
        with django_assert_num_queries(queries):
            get(client, address, *entries)


def test_readers_get_no_cookie(client, three):
    for address in ("/pack/", "/pack.docx", "/compare/"):
        assert not get(client, address, *three).cookies
