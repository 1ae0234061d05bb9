"""Outcomes, voices, coverage and glossary: what they show, what they never show, and that files equal pages."""

import csv
import io
import re

import pytest

from submissions.models import BoroughMention, GlossaryTerm, OutcomeMetric, Submission, Voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def seed(seed_catalogue):
    pass


def body(client, address):
    return client.get(address).getvalue().decode()


def tight(page):
    """A page without the white space beside its tags."""
    return re.sub(r"\s*([<>])\s*", r"\1", page)


def rows(client, address):
    return list(csv.reader(io.StringIO(client.get(address).getvalue().decode("utf-8-sig"))))


# --- outcomes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("£266 a week, against £805", "an average placement cost of £266 per week, in comparison to the £805 per week"),
        ("47 referrals", "the service has received 47 referrals between September and December 2024"),
        ("16 prison packs", "We have sent out 16 packs to date."),
        ("Over 300 suitcases", "To date we have distributed over 300 suitcases."),
        ("6 interns", "Six interns were successfully appointed; two in HR, one in HS2"),
        ("Over 50 young people", "co-designed with over 50 care-experienced young people"),
    ],
)
def test_the_seeds_figures_stand_with_their_sentences(client, seed, figure, sentence):
    pages = body(client, "/outcomes/") + body(client, "/outcomes/?page=2")
    assert f">{figure}</a>" in pages
    assert sentence in pages


def test_five_entries_say_they_state_none(client, seed):
    silent = body(client, "/outcomes/").partition("Entries that state no figures")[2]
    expected = {
        "brent-care-journeys",
        "routes-to-independence",
        "cooking-with-friends",
        "care-leaver-alumni",
        "annual-celebrations",
    }
    assert set(re.findall(r'href="/submissions/([\w-]+)/"', silent)) == expected


def test_only_confirmed_figures_of_published_entries_are_outcomes(client, make_entry):
    make_entry(title="Shown", figures=["confirmed", "proposed", "rejected"])
    make_entry(title="Draft", status="draft", figures=["confirmed"])
    page = body(client, "/outcomes/")
    assert 'data-count="1"' in page
    assert "Draft" not in page


def test_figures_are_filtered_and_the_file_equals_the_page(client, make_entry):
    make_entry(title="One", boroughs=["merton"], themes=["housing"], figures=["confirmed"])
    make_entry(title="Two", boroughs=["brent"], themes=["money"], figures=["confirmed"])
    OutcomeMetric.objects.filter(submission__title="Two").update(kind="cost", unit="GBP")
    for query, title in (("theme=housing", "One"), ("borough=brent", "Two"), ("kind=cost", "Two"), ("unit=GBP", "Two")):
        assert 'data-count="1"' in body(client, f"/outcomes/?{query}"), query
        assert [row[1] for row in rows(client, f"/outcomes.csv?{query}")[1:]] == [title]


def test_an_unknown_choice_is_told(client, make_entry):
    make_entry(figures=["confirmed"])
    page = body(client, "/outcomes/?theme=nonsense")
    assert "There is no theme “nonsense”. It was left out." in page
    assert 'data-count="1"' in page
    assert client.get("/outcomes.csv?theme=nonsense").status_code == 400
    assert client.get("/outcomes/?page=2").status_code == 404


@pytest.mark.parametrize("entries", [1, 3, 25])
@pytest.mark.parametrize(("address", "queries"), [("/outcomes/", 9), ("/voices/", 9), ("/coverage/", 4)])
def test_pages_ask_a_fixed_number_of_times(client, make_entry, address, queries, entries, django_assert_num_queries):
    for _ in range(entries):
        make_entry(themes=["housing"], figures=["confirmed"], voices=["“It helped.”"])
    client.get(address)  # builds the index
    with django_assert_num_queries(queries):
        client.get(f"{address}?again")


# --- voices -------------------------------------------------------------------------------------------------------


def test_a_withdrawn_voice_is_gone_from_every_door_and_can_come_back(client, make_entry):
    words = "I felt safe, & that mattered"
    text = "<blockquote><p>“I felt safe, &amp; that</p><p>mattered”</p></blockquote>"
    entry = make_entry(slug="e", body=f"<p>Before.</p>{text}", voices=[words])
    doors = (
        "/submissions/e/",
        "/voices/",
        "/submissions/?q=mattered",
        "/api/submissions/e",
        "/submissions.json",
        "/pack/?ids=1",
    )
    before = [body(client, door) for door in doors]  # warm caches
    assert "mattered" in before[0] + before[1]
    voice = Voice.objects.get()
    voice.withdraw()
    for door in doors:
        assert "that mattered" not in body(client, door).replace("q=mattered", ""), door
        assert "I felt safe" not in body(client, door), door
    assert Voice.WITHDRAWN in Submission.objects.get().body
    voice.refresh_from_db()
    voice.restore()
    assert Submission.objects.get().body == entry.body
    assert "I felt safe" in body(client, "/voices/")


def test_a_withdrawn_voice_goes_from_every_place_and_comes_back_to_each(make_entry):
    words = "I felt safe"
    text = f"<p>First: {words}.</p><p>“{words}” and: It was mine.</p><p>She said: I felt\n<em>safe</em></p>"
    entry = make_entry(summary=f"<p>{words}</p>", body=text, supporting=f"<p>{words}, {words}</p>")
    safe, mine = entry.voices.create(quote=words), entry.voices.create(quote="It was mine.")
    safe.withdraw()
    mine.withdraw()
    entry.refresh_from_db()
    for markup in (entry.summary, entry.body, entry.supporting):
        assert "felt" not in markup
        assert "mine" not in markup
    for one, other in ((safe, mine), (mine, safe)):
        for voice in (one, other):
            voice.refresh_from_db()
            voice.restore()
        entry.refresh_from_db()
        assert (entry.summary, entry.body) == (f"<p>{words}</p>", text)
        assert entry.supporting == f"<p>{words}, {words}</p>"
        for voice in (safe, mine):
            voice.refresh_from_db()
            voice.withdraw()


def test_a_withdrawn_voice_goes_however_often_it_was_printed(make_entry):
    entry = make_entry(body=f"<p>{'I felt safe. ' * 9}</p>", voices=["I felt safe."])
    entry.voices.get().withdraw()
    entry.refresh_from_db()
    assert "felt" not in entry.body


def test_a_voice_that_says_the_mark_itself_is_no_endless_task(make_entry):
    entry = make_entry(body="<p>words withdrawn</p>")
    voice = entry.voices.create(quote="words withdrawn")
    voice.withdraw()
    voice.restore()
    entry.refresh_from_db()
    assert entry.body == "<p>words withdrawn</p>"


def test_a_voice_leads_to_its_place(client, make_entry):
    make_entry(slug="e", body="<blockquote><p>“It helped.”</p></blockquote>", voices=["It helped."])
    voice = Voice.objects.get()
    assert f'href="/submissions/e/#voice-{voice.pk}"' in body(client, "/voices/")
    assert f'“<span id="voice-{voice.pk}"></span>It helped.”' in body(client, "/submissions/e/")


def test_every_voice_of_the_seed_has_its_place(seed, client):
    for voice in Voice.objects.select_related("submission"):
        assert f'id="voice-{voice.pk}"' in body(client, voice.submission.get_absolute_url()), voice


# --- coverage -----------------------------------------------------------------------------------------------------


def test_coverage_of_the_seed(client, seed):
    page = body(client, "/coverage/")
    assert page.count('<th scope="row">') == 34
    assert page.count("praised in an introduction, no entry") == 3
    table = rows(client, "/coverage.csv")
    totals = {row[0]: row[-1] for row in table[1:]}
    assert totals["Merton"] == "5"
    assert totals["All boroughs"] == "14"
    assert totals["Ealing"] == "0"


def test_the_coverage_file_equals_the_page(client, mixed_catalogue):
    page = tight(body(client, "/coverage/"))
    shown = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.S)
    for row, line in zip(rows(client, "/coverage.csv")[1:], shown, strict=True):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", line, re.S)
        assert [re.sub(r"<.*", "", re.sub(r"^<a[^>]*>", "", cell), flags=re.S) or "0" for cell in cells] == row[1:]


def test_every_square_leads_to_as_many_entries_as_it_says(client, mixed_catalogue):
    page = tight(body(client, "/coverage/"))
    squares = re.findall(r'<td><a href="(/submissions/\?borough=[^"]+)">(\d+)<', page)
    assert squares
    for address, number in squares:
        assert f'id="result-count" data-count="{number}"' in body(client, address.replace("&amp;", "&"))


def test_a_praised_borough_is_noted(client, make_entry):
    category = make_entry().categories.get()
    entry = make_entry(boroughs=["ealing"])
    BoroughMention.objects.create(category=category, borough=entry.boroughs.get(), printed="Ealing", sentence="Ealing!")
    assert "praised in an introduction" not in body(client, "/coverage/")
    Submission.objects.filter(pk=entry.pk).update(status="withdrawn")
    assert "praised in an introduction" in body(client, "/coverage/")


# --- glossary -----------------------------------------------------------------------------------------------------


def test_the_first_use_of_a_short_form_is_explained_and_nothing_else(client, make_entry):
    GlossaryTerm.objects.create(term="PA", expansion="Personal adviser", definition="A worker.", shown=True)
    make_entry(
        slug="e",
        body="<h3>PA</h3><p>A pa and SPA. A PA, another PA.</p><blockquote><p>My PA said.</p></blockquote>",
    )
    page = body(client, "/submissions/e/")
    assert page.count('popovertarget="term-pa"') == 1
    assert "A pa and SPA. A <button" in page
    assert "<p>My PA said.</p>" in page
    assert "<strong>PA</strong>: Personal adviser. A worker." in page


def test_the_glossary_shows_the_words_to_show(client, make_entry):
    GlossaryTerm.objects.create(term="LAC", shown_as="Children in care", definition="Children a council looks after.")
    GlossaryTerm.objects.create(term="jobs", synonyms=["work"], shown=False)
    page = body(client, "/glossary/")
    assert "Children in care" in page
    assert 'id="lac"' in page
    assert "jobs" not in page
