"""An entry's own page: what it says, what it never shows, and the addresses that lead to it."""

import re

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from boroughs.models import Contact
from submissions.derived.entry_text import EntryText
from submissions.models import FormerSlug, GlossaryTerm, Submission

pytestmark = pytest.mark.django_db


def text_of(client, entry):
    return client.get(entry.get_absolute_url()).content.decode()


def test_missing_is_said(client, make_entry):
    page = text_of(client, make_entry(summary="", team="", contact=None))
    for label in ("Summary", "Contact", "Team", "Partners", "What it took"):
        assert f"<dt>{label}" in page
    assert page.count("Not stated") == 5
    assert "This entry states no figures." in page


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("withdrawn", 410)])
def test_what_is_not_published_is_at_no_address(client, make_entry, status, answer):
    entry = make_entry(slug="first", status=status, boroughs=["ealing"], themes=["housing"])
    entry.slug = "second"
    entry.save()
    for address in ("/submissions/first/", "/submissions/second/"):
        assert client.get(address).status_code == answer
    for address in ("/", "/submissions/", "/boroughs/ealing/", "/themes/housing/", "/categories/care-leavers/"):
        assert entry.title not in client.get(address).content.decode()


def test_every_earlier_address_leads_to_the_present_one(client, make_entry):
    entry = make_entry(slug="one")
    for slug in ("two", "three", "two"):
        entry = Submission.objects.get(pk=entry.pk)
        entry.slug = slug
        entry.save()
    for slug in ("one", "three"):
        response = client.get(f"/submissions/{slug}/")
        assert response.status_code == 301
        assert response["Location"] == "/submissions/two/"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"one", "three"}


def test_an_earlier_address_cannot_be_given_to_another_entry(make_entry):
    entry = make_entry(slug="one", title="The first")
    entry.slug = "two"
    entry.save()
    other = make_entry(slug="other")
    other.slug = "one"
    with pytest.raises(ValidationError, match="This was once the address of “The first”"):
        other.full_clean()


def test_figures_are_marked_where_they_stand_and_linked(client, make_entry):
    quote = "Costs fell to £266 & stayed <there>."
    entry = make_entry(
        body="<p>Before. Costs fell to £266 &amp; stayed &lt;there&gt;. After.</p>", figures=["confirmed"]
    )
    metric = entry.metrics.get()
    metric.quote = quote
    metric.save()
    page = text_of(client, entry)
    assert f'<mark class="figure" id="figure-{metric.pk}">Costs fell to £266 &amp; stayed &lt;there&gt;.</mark>' in page
    assert f'href="#figure-{metric.pk}"' in page


def test_two_figures_of_one_sentence_share_one_mark(make_entry):
    entry = make_entry(body="<p>75% felt safe.</p>", figures=["confirmed", "confirmed"])
    first, second = entry.metrics.all()
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    mark = f'<mark class="figure" id="figure-{first.pk}"><span id="figure-{second.pk}"></span>75% felt safe.</mark>'
    assert text.html == f"<p>{mark}</p>"


def test_proposed_and_rejected_figures_are_not_shown(client, make_entry):
    page = text_of(client, make_entry(figures=["proposed", "rejected"]))
    assert "felt safe</li>" not in page and "figure-list" not in page
    assert "Figures: not yet decided by LIIA." in page
    assert "This entry states no figures." not in page
    assert "This entry states no figures." in text_of(client, make_entry(figures=["rejected"]))


def test_contents_number_repeated_headings(make_entry):
    entry = make_entry(body="<h3>What &amp; why</h3><p>a</p><h3>What &amp; why</h3><p>b</p>")
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    assert text.contents == [("section-what-why", "What & why"), ("section-what-why-2", "What & why")]
    assert '<h3 id="section-what-why-2">' in text.html


def test_headings_of_the_supporting_information_stand_in_the_contents_too(make_entry):
    entry = make_entry(body="<h3>Feedback</h3><p>a</p>", supporting="<h3>Feedback</h3><p>b</p>")
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    assert text.contents == [("section-feedback", "Feedback")]
    assert text.supporting_contents == [("section-feedback-2", "Feedback")]
    assert text.supporting == '<h3 id="section-feedback-2">Feedback</h3><p>b</p>'


def test_a_voice_inside_a_sentence_is_marked_as_a_quotation_and_its_speaker_stays(make_entry):
    entry = make_entry(
        body="<blockquote><p>“It was fun.”</p><p>Young person</p></blockquote>",
        supporting="<p>Quotes: “I learnt a lot” – (YP 21)</p><p>“Two</p><p>parts”</p>",
        voices=["It was fun.", "I learnt a lot", "Two parts"],
    )
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    first, second, third = (f'id="voice-{voice.pk}"' for voice in entry.voices.all())
    assert text.html == f"<blockquote><p>“<span {first}></span>It was fun.”</p><p>Young person</p></blockquote>"
    assert text.supporting == (
        f'<p>Quotes: “<q class="voice" {second}>I learnt a lot</q>” – (YP 21)</p>'
        f"<p>“<span {third}></span>Two</p><p>parts”</p>"
    )


def test_a_short_form_is_explained_where_it_first_stands_in_the_whole_entry(make_entry):
    GlossaryTerm.objects.create(term="PA", expansion="Personal adviser", definition="A worker.")
    GlossaryTerm.objects.create(term="EET", expansion="Education, employment and training", definition="Work or study.")
    entry = make_entry(
        summary="<p>With a PA.</p>", body="<p>The PA helps.</p>", supporting="<p>PA and EET. Said: “An EET PA”</p>"
    )
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    assert text.summary.count('popovertarget="term-pa"') == 1
    assert text.html == "<p>The PA helps.</p>"
    assert text.supporting.count("popovertarget") == text.supporting.count('popovertarget="term-eet"') == 1


def related(client, entry):
    """[(title, its reasons)] of the related entries on an entry's page."""
    cards = lxml.html.fromstring(text_of(client, entry)).xpath("//section[@aria-labelledby='related']//article")
    return [(card.findtext(".//h3/a"), card.xpath("ul[@class='reasons']/li/text()")) for card in cards]


def test_related_entries_stand_with_the_reason_those_that_share_most_first(client, make_entry):
    entry = make_entry(
        title="This", boroughs=["merton"], themes=["housing", "money"], partners=["Barnardo’s", "Settle"]
    )
    make_entry(title="Same borough", boroughs=["merton"], themes=["health"])
    make_entry(title="One theme", boroughs=["brent"], themes=["housing"], published_on="2026-03-01")
    make_entry(title="Two themes", boroughs=["brent"], themes=["money", "housing", "send"])
    make_entry(title="A partner and a theme", boroughs=["brent"], themes=["housing"], partners=["Barnardo’s"])
    make_entry(title="All of it", boroughs=["merton", "brent"], themes=["housing"], partners=["Settle", "Barnardo’s"])
    make_entry(title="Nothing shared", boroughs=["sutton"], themes=["send"], partners=["Centrepoint"])
    make_entry(title="A draft", boroughs=["merton"], themes=["housing"], status="draft")
    assert related(client, entry) == [
        (
            "All of it",
            ["Same partners: Barnardo’s; Settle", "Same theme: Housing and accommodation", "Also from Merton"],
        ),
        ("A partner and a theme", ["Same partner: Barnardo’s", "Same theme: Housing and accommodation"]),
        ("Two themes", ["Same themes: Housing and accommodation; Money and practical help"]),
        ("One theme", ["Same theme: Housing and accommodation"]),
        ("Same borough", ["Also from Merton"]),
    ]


def test_an_entry_that_shares_nothing_has_no_related_entries(client, make_entry):
    entry = make_entry(boroughs=["merton"])
    make_entry(boroughs=["sutton"])
    assert 'id="related"' not in text_of(client, entry)
    assert 'href="#related"' not in text_of(client, entry)


def test_at_most_six_are_related(client, make_entry):
    entries = [make_entry(boroughs=["merton"]) for _ in range(9)]
    assert len(related(client, entries[0])) == 6


def test_supporting_items_stand_also_where_there_is_no_supporting_text(client, make_entry):
    entry = make_entry(supporting="")
    entry.supporting_items.create(title="The offer.pdf")
    entry.supporting_items.create(title="The film", url="https://example.org/film")
    page = text_of(client, entry)
    assert 'The offer.pdf <span class="quiet">(named in the submission, not supplied)</span>' in page
    assert '<a href="https://example.org/film" rel="noopener">The film</a>' in page
    assert '<a href="#supporting">Supporting information</a>' in page


def test_the_page_asks_the_database_a_fixed_number_of_times(client, make_entry, django_assert_num_queries):
    for _ in range(5):
        entry = make_entry(boroughs=["merton"], themes=["housing"], figures=["confirmed"], signed_off=True)
    client.get("/submissions/")  # builds the index
    with django_assert_num_queries(3):
        client.get(entry.get_absolute_url())


def test_the_database_refuses_what_cannot_be(make_entry):
    entry = make_entry()
    Contact.objects.create(name="A", email="a@merton.gov.uk")
    for broken in (
        lambda: Submission.objects.filter(pk=entry.pk).update(published_on=None),
        lambda: Submission.objects.filter(pk=entry.pk).update(status="unknown"),
        lambda: Submission.objects.filter(pk=entry.pk).update(title=""),
        lambda: Contact.objects.create(name="Again", email="A@Merton.gov.uk"),
        lambda: Contact.objects.create(name=""),
        lambda: entry.metrics.create(figure="1", label="x", quote="q", value=1, unit="people", kind="magic"),
        lambda: entry.voices.create(quote=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


def test_a_sentence_that_stands_twice_is_marked_once(client, make_entry):
    entry = make_entry(slug="twice", body="<p>75% felt safe.</p><p>Again: 75% felt safe.</p>", figures=["confirmed"])
    page = client.get(entry.get_absolute_url()).content.decode()
    assert page.count(f'id="figure-{entry.metrics.get().pk}"') == 1
    anchors = re.findall(r' id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
