"""An entry's own page: what it says, what it never shows, and the addresses that lead to it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from boroughs.models import Contact
from submissions.entry_text import EntryText
from submissions.models import FormerSlug, Submission

pytestmark = pytest.mark.django_db


def text_of(client, entry):
    return client.get(entry.get_absolute_url()).content.decode()


def test_missing_is_said(client, make_entry):
    page = text_of(client, make_entry(summary="", team="", contact=None))
    for label in ("Summary", "Contact", "Team", "Partners"):
        assert f"<dt>{label}" in page
    assert page.count("Not stated") == 4
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
    assert "This entry states no figures." in page


def test_contents_number_repeated_headings(make_entry):
    entry = make_entry(body="<h3>What &amp; why</h3><p>a</p><h3>What &amp; why</h3><p>b</p>")
    text = EntryText(Submission.objects.for_detail().get(pk=entry.pk))
    assert text.contents == [("section-what-why", "What & why"), ("section-what-why-2", "What & why")]
    assert '<h3 id="section-what-why-2">' in text.html


def test_other_entries_are_offered_by_theme_and_by_borough(client, make_entry):
    entry = make_entry(title="This", boroughs=["merton"], themes=["housing", "money"])
    make_entry(title="One theme", boroughs=["brent"], themes=["housing"])
    make_entry(title="Two themes", boroughs=["brent"], themes=["housing", "money"])
    make_entry(title="Same borough", boroughs=["merton"], themes=["health"])
    make_entry(title="Nothing shared", boroughs=["sutton"], themes=["send"])
    page = text_of(client, entry)
    assert page.index("Two themes") < page.index("One theme") < page.index("Same borough")
    assert "Nothing shared" not in page


def test_the_page_asks_the_database_a_fixed_number_of_times(client, make_entry, django_assert_num_queries):
    for _ in range(5):
        entry = make_entry(boroughs=["merton"], themes=["housing"], figures=["confirmed"])
    client.get(reverse("submissions"))  # builds the index of this catalogue
    with django_assert_num_queries(18):
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
