"""What a preview says and shows when titles, names and texts are unusual."""

import io
import json
import re
import time

import pytest
from PIL import Image, ImageChops

from boroughs.models import Borough
from submissions.filters import SubmissionFilter
from submissions.list_titles import list_title
from submissions.models import Submission, Theme
from submissions.sharing import drawing
from submissions.sharing.previews import Card, entry_card

pytestmark = pytest.mark.django_db

HOSTILE = '</script><script>alert(1)</script> & "quotes" <b>'
LONG = "A very long title that names each and every part of the project, " * 4


def head(client, entry):
    return client.get(entry.get_absolute_url()).content.decode().partition("</head>")[0]


def test_markup_in_a_title_or_a_text_stays_text(client, make_entry):
    entry = make_entry(title=HOSTILE, summary="<p>Costs &lt;10 &amp; <em>more</em>.</p>")
    page = head(client, entry)
    assert "<script>alert" not in page
    assert 'content="Merton: Costs &lt;10 &amp; more."' in page
    for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page):
        json.loads(script)
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["headline"] == HOSTILE


def test_a_long_description_ends_with_a_whole_word(client, make_entry):
    page = head(client, make_entry(summary=f"<p>{'Supporting young people wholeheartedly ' * 9}.</p>"))
    description = re.search(r'<meta name="description" content="([^"]+)"', page)[1]
    assert 180 < len(description) <= 200
    assert re.search(r"(Supporting|young|people|wholeheartedly) …$", description)


def test_the_picture_s_address_changes_with_what_it_says_and_with_nothing_else(client, make_entry):
    entry = make_entry(title="One", figures=["confirmed"])
    first = entry_card(Submission.objects.for_listing().get(pk=entry.pk)).digest
    Submission.objects.filter(pk=entry.pk).update(body="<p>Other text.</p>")
    assert entry_card(Submission.objects.for_listing().get(pk=entry.pk)).digest == first
    Submission.objects.filter(pk=entry.pk).update(title="Two")
    assert entry_card(Submission.objects.for_listing().get(pk=entry.pk)).digest != first
    assert first not in head(client, entry)


@pytest.mark.parametrize("title", ["Short", LONG[:250], "W" * 250, "Wählt é £ – ‘both’ “of” them", "a " * 125])
@pytest.mark.parametrize("figure", ["", "£266 a week, against £805"])
def test_no_title_is_cut_off_or_drawn_over(title, figure):
    """Letters of the title are drawn inside the room between what stands above and below it."""
    card = Card(
        title, "Sutton", "Delivering excellence for care leavers", figure, "average cost of a placement" * bool(figure)
    )
    drawn, bare = (
        open_image(drawing.draw(c)) for c in (card, Card("", *[card.who, card.foot, card.figure, card.label]))
    )
    assert drawn.size == (1200, 630)
    # The palette may shift a colour by a shade: only letters count.
    letters = ImageChops.difference(drawn, bare).convert("L").point(lambda shade: 255 * (shade > 60))
    left, top, right, bottom = letters.getbbox()
    assert left >= drawing.MARGIN - 4
    assert right <= drawing.WIDTH - drawing.MARGIN + 4
    assert top >= drawing.TOP - 8
    assert bottom <= drawing.HEIGHT - 52 - 34  # above the line at the bottom
    words = "".join(title.split())
    _, lines = drawing.fitted(
        title, drawing.TITLE_SIZES, drawing.BOLD, drawing.LINE_WIDTH, lambda size, lines: len(lines) <= 9
    )
    assert "".join("".join(lines).split()) == words


def open_image(png):
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_picture_is_drawn_fast_and_then_kept(client, make_entry, monkeypatch):
    entry = make_entry(title=LONG[:250], figures=["confirmed"])
    card = entry_card(Submission.objects.for_listing().get(pk=entry.pk))
    drawing.draw(card)
    start = time.process_time()
    drawing.draw(card)
    assert time.process_time() - start < 0.2
    address = f"/submissions/{entry.slug}/preview.png"
    first = client.get(address)
    monkeypatch.setattr("submissions.sharing.previews.draw", lambda card: pytest.fail("drawn again"))
    assert client.get(address).content == first.content
    assert "max-age" in first["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "All examples of practice"),
        ("theme=housing", "1 example on housing and accommodation"),
        ("theme=send", "2 examples on SEND and disability"),
        ("borough=merton&borough=sutton&borough=brent&borough=camden", "3 examples from 4 boroughs"),
        ("has=outcomes&has=voices", "0 examples that state figures and that carry people’s own words"),
        ("partner=barnardos&category=care-leavers", "1 example with Barnardo’s in the category Care leavers"),
        ("borough=atlantis", "All examples of practice"),
    ],
)
def test_a_list_in_words(make_entry, rf, query, title):
    make_entry(boroughs=["merton"], themes=["housing", "send"], partners=["Barnardo’s"])
    make_entry(boroughs=["sutton"], themes=["send"])
    make_entry(boroughs=["brent"], category="Early help")
    Theme.objects.filter(slug="send").update(name="SEND and disability")
    filterset = SubmissionFilter(rf.get("/", query_params=dict_of(query)).GET)
    assert list_title(filterset) == title


def dict_of(query):
    found = {}
    for name, _, value in (pair.partition("=") for pair in query.split("&") if pair):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("entries", [1, 3])
def test_previews_ask_the_database_a_fixed_number_of_times(client, make_entry, entries, django_assert_num_queries):
    for _ in range(entries):
        entry = make_entry(boroughs=["merton"], themes=["housing"], figures=["confirmed"])
    client.get("/submissions/")  # renews what is derived
    for address, queries in {
        f"/submissions/{entry.slug}/preview.png": 5,
        "/boroughs/merton/preview.png": 1,
        "/themes/housing/preview.png": 1,
        "/categories/care-leavers/preview.png": 1,
        "/preview.png": 0,
        f"/s/{entry.pk}": 1,
        "/sitemap.xml": 1,
        "/sitemap-pages.xml": 6,
        "/sitemap-entries.xml": 2,
    }.items():
        with django_assert_num_queries(queries):
            assert client.get(address).status_code in (200, 302)


def test_a_borough_s_picture_names_it(client, make_entry):
    make_entry()
    Borough.objects.filter(slug="merton").update(official_name="Another name")
    assert client.get("/boroughs/merton/preview.png").status_code == 200
    assert client.get("/boroughs/atlantis/preview.png").status_code == 404
