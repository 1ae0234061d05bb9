"""The feed in a real feed reader: its own title for each list, names that last, and dates."""

import feedparser
import pytest
from django.urls import reverse

from submissions.models import Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def feed(download):
    def feed(**parameters):
        found = feedparser.parse(download("/submissions.atom", **parameters))
        assert not found.bozo
        return found

    return feed


def test_an_entry_of_the_feed(feed, make_entry):
    entry = make_entry(
        title="Homes & <more>",
        slug="homes",
        boroughs=["merton", "sutton"],
        themes=["housing"],
        summary="<p>Fish &amp; chips &lt; 5.</p><ul><li>One</li></ul>",
    )
    (item,) = feed().entries
    assert item.title == "Homes & <more>"
    assert item.link == "http://127.0.0.1:8000/submissions/homes/"
    assert item.id == f"http://127.0.0.1:8000/s/{entry.pk}"
    assert item.author == "Merton and Sutton"
    assert item.published.startswith("2026-01-01")
    assert item.updated_parsed
    assert item.summary == "<p>Fish &amp; chips &lt; 5.<br />One</p>"
    assert [tag.term for tag in item.tags] == ["Housing and accommodation"]


def test_a_renamed_entry_is_the_same_entry(feed, make_entry):
    entry = make_entry(slug="before")
    name = feed().entries[0].id
    entry.slug, entry.title = "after", "Another title"
    entry.save()
    assert feed().entries[0].id == name
    assert feed().entries[0].link.endswith("/submissions/after/")


@pytest.mark.parametrize(
    ("parameters", "title"),
    [
        ({}, "Practice Spotlight: all examples of practice"),
        (
            {"theme": "housing", "borough": "merton"},
            "Practice Spotlight: examples on housing and accommodation from Merton",
        ),
        ({"borough": ["merton", "brent"]}, "Practice Spotlight: examples from Merton and Brent"),
        (
            {"partner": "settle", "has": ["outcomes", "voices"]},
            "Practice Spotlight: examples with Settle that state figures and that carry people’s own words",
        ),
        ({"q": "first  home"}, "Practice Spotlight: examples for “first home”"),
    ],
)
def test_each_list_has_a_feed_with_its_own_title_and_name(feed, make_entry, parameters, title):
    make_entry(themes=["housing"], partners=["Settle"], title="First home")
    make_entry(boroughs=["brent"])
    found = feed(**parameters).feed
    assert found.title == title
    assert found.id.startswith("http://127.0.0.1:8000/submissions.atom")
    assert {link.rel for link in found.links} == {"self", "alternate"}
    assert found.link.startswith("http://127.0.0.1:8000/submissions/")


@pytest.mark.parametrize("sort", ["", "title"])
def test_a_long_feed_has_parts_that_lead_to_each_other(feed, client, make_entry, sort, monkeypatch):
    """Each part holds the newest of the rest; inside it the entries stand as on the list."""
    monkeypatch.setattr("submissions.exports.downloads.FEED_SIZE", 2)
    for day in range(1, 6):
        make_entry(slug=f"e{day}", title=f"Entry {9 - day}", themes=["housing"], published_on=f"2026-01-0{day}")
    make_entry(slug="other")
    first = feed(theme="housing", sort=sort)
    address = first.feed.id
    links = {link.rel: link.href for link in first.feed.links}
    assert [e.link.split("/")[-2] for e in first.entries] == ["e5", "e4"]
    assert (links["self"], links["first"]) == (address, address)
    assert (links["next"], links["last"]) == (f"{address}&part=2", f"{address}&part=3")
    assert "previous" not in links
    second = feed(theme="housing", sort=sort, part=2)
    assert [e.link.split("/")[-2] for e in second.entries] == ["e3", "e2"]
    assert second.feed.id == address
    links = {link.rel: link.href for link in second.feed.links}
    assert (links["self"], links["previous"]) == (f"{address}&part=2", address)
    assert links["next"] == links["last"] == f"{address}&part=3"
    assert [e.link.split("/")[-2] for e in feed(theme="housing", sort=sort, part=3).entries] == ["e1"]
    assert client.get("/submissions.atom?theme=housing&part=4").status_code == 404
    assert client.get("/submissions.csv?theme=housing&part=4").status_code == 200


def test_one_feed_never_tells_of_another(feed, make_entry):
    make_entry(slug="a", themes=["housing"])
    make_entry(slug="b", themes=["money"])
    ids = [{item.id for item in feed(theme=theme).entries} for theme in ("housing", "money", "housing")]
    assert ids[0] == ids[2] != ids[1]
    assert feed(theme="housing").feed.id != feed(theme="money").feed.id


def test_the_feed_is_as_new_as_its_newest_change_and_stays_so_when_empty(feed, make_entry, time_machine):
    time_machine.move_to("2026-05-01 12:00")
    entry = make_entry(boroughs=["merton"])
    assert feed().feed.updated.startswith("2026-05-01")
    time_machine.move_to("2026-06-01 12:00")
    Submission.objects.get(pk=entry.pk).save()
    assert feed().feed.updated.startswith("2026-06-01")
    assert feed(borough="brent").feed.updated.startswith("2024-01-01")


def test_a_feed_is_no_file_to_save(client, make_entry):
    make_entry()
    response = client.get(reverse("entries_atom"))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.has_header("Content-Disposition")
