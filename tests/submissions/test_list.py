"""The list: filters, the counts beside them, sorting, paging, and what it says when it does not understand."""

import re
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.urls import reverse

from submissions.derived import renew
from submissions.filters import SubmissionFilter
from submissions.models import Submission, Theme

pytestmark = pytest.mark.django_db

CHOICE = re.compile(r'<input type="checkbox" name="(\w+)" value="([\w-]+)" data-count="(\d+)"( checked)?')


def get(client, **params):
    return client.get(reverse("submissions"), params)


def shown(response):
    return re.findall(r'<article class="card" data-submission="([\w-]+)"', response.content.decode())


def total(response):
    return int(re.search(r'id="result-count" data-count="(\d+)"', response.content.decode())[1])


def list_asked_as(params):
    """The list of a page with these parameters, of which some are lists: without the page, which takes much longer."""
    return SubmissionFilter(QueryDict(urlencode(params, doseq=True)))


def choices(response):
    """[(name, value, count, ticked)] as the page prints them."""
    return [(n, v, int(c), bool(t)) for n, v, c, t in CHOICE.findall(response.content.decode())]


def test_only_published_entries_are_listed(client, make_entry):
    make_entry(slug="open")
    make_entry(slug="draft", status="draft")
    make_entry(slug="gone", status="withdrawn")
    response = get(client)
    assert shown(response) == ["open"]
    assert total(response) == 1


def test_or_inside_a_facet_and_between_facets(client, make_entry):
    make_entry(slug="a", boroughs=["merton"], themes=["housing"])
    make_entry(slug="b", boroughs=["brent"], themes=["housing"])
    make_entry(slug="c", boroughs=["brent"], themes=["money"])
    make_entry(slug="d", boroughs=["sutton"], themes=["money", "housing"])
    assert shown(get(client, theme=["housing", "money"], borough="brent")) == ["b", "c"]
    assert shown(get(client, theme="housing")) == ["a", "b", "d"]
    assert shown(get(client, borough=["merton", "sutton"], theme="money")) == ["d"]


def test_an_entry_of_two_boroughs_and_two_themes_is_listed_and_counted_once(client, make_entry):
    make_entry(slug="joint", boroughs=["kingston-upon-thames", "richmond-upon-thames"], themes=["housing", "money"])
    response = get(client, borough=["kingston-upon-thames", "richmond-upon-thames"], theme=["housing", "money"])
    assert shown(response) == ["joint"]
    assert {c for _, _, c, ticked in choices(response) if ticked} == {1}


def test_evidence_must_be_confirmed_and_both_kinds_together_mean_both(client, make_entry):
    make_entry(slug="none")
    make_entry(slug="proposed", figures=["proposed"])
    make_entry(slug="figures", figures=["confirmed"])
    make_entry(slug="both", figures=["confirmed"], voices=["“It helped.”"])
    assert shown(get(client, has="outcomes")) == ["figures", "both"]
    assert shown(get(client, has=["outcomes", "voices"])) == ["both"]


def test_every_count_is_what_ticking_gives(client, mixed_catalogue):
    """Follows each choice of several lists, adding it to what is ticked, and compares the number of results: that of
    the list each time, and each tenth time that on the page."""
    for start in (
        {},
        {"theme": ["housing"]},
        {"theme": ["housing"], "borough": ["merton"]},
        {"borough": ["merton", "brent"], "has": ["voices"]},
        {"partner": ["barnardos"], "category": ["care-leavers"]},
    ):
        response = get(client, **start)
        offered = choices(response)
        assert len(offered) > 50
        for place, (name, value, count, ticked) in enumerate(offered):
            asked = {**start, name: [*start.get(name, []), *([] if ticked else [value])]}
            assert list_asked_as(asked).total == count, (start, name, value)
            if place % 10 == 0:
                assert total(get(client, **asked)) == count, (start, name, value)


def test_a_choice_no_entry_has_is_shown_with_zero_and_greyed(client, make_entry):
    make_entry(boroughs=["merton"])
    page = get(client).content.decode()
    assert 'name="borough" value="ealing" data-count="0" disabled' in page
    assert 'name="borough" value="merton" data-count="1">' in page


def test_a_choice_that_is_only_zero_here_can_still_be_ticked(client, make_entry):
    make_entry(boroughs=["merton"], themes=["housing"])
    make_entry(boroughs=["brent"], themes=["money"])
    assert 'name="borough" value="brent" data-count="0">' in get(client, theme="housing").content.decode()


@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"theme": "nonsense"}, "There is no theme “nonsense”. It was left out."),
        ({"borough": "atlantis"}, "There is no borough “atlantis”. It was left out."),
        ({"category": "x"}, "There is no category “x”. It was left out."),
        ({"partner": "x"}, "There is no partner “x”. It was left out."),
        ({"has": "x"}, "There is no has “x”. It was left out."),
        ({"sort": "best"}, "The list cannot be sorted by “best”. It stands in its usual order."),
        ({"theme": "<script>"}, "There is no theme “&lt;script&gt;”. It was left out."),
    ],
)
def test_an_unknown_value_is_told_and_the_rest_still_counts(client, make_entry, params, sentence):
    make_entry(slug="a", themes=["housing"])
    make_entry(slug="b", themes=["money"])
    response = get(client, **{**params, "theme": ["housing", *([params["theme"]] if "theme" in params else [])]})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert shown(response) == ["a"]


@pytest.mark.parametrize("page", ["0", "-1", "3", "two", "99999999999999999999", "1.0", "٢", ""])
def test_a_page_out_of_range_is_not_found(client, make_entry, page):
    for _ in range(21):
        make_entry()
    expected = 404 if page else 200
    assert get(client, page=page).status_code == expected


def test_pages_hold_twenty_and_keep_the_filters(client, make_entry):
    for _ in range(45):
        make_entry(themes=["housing"])
    response = get(client, theme="housing", page=2)
    assert len(shown(response)) == 20
    assert '<a href="?theme=housing&amp;page=3">' in response.content.decode()
    seen = [slug for n in (1, 2, 3) for slug in shown(get(client, theme="housing", page=n))]
    assert len(seen) == len(set(seen)) == 45


def test_sorting(client, make_entry):
    make_entry(slug="1", title="beta", boroughs=["sutton"], published_on="2026-01-01")
    make_entry(slug="2", title="Alpha", boroughs=["merton"], published_on="2025-01-01")
    make_entry(slug="3", title="gamma", boroughs=["brent"], published_on="2026-06-01")
    assert shown(get(client)) == ["3", "1", "2"]
    assert shown(get(client, sort="title")) == ["2", "1", "3"]
    assert shown(get(client, sort="borough")) == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ({"q": "how", "sort": "newest"}, ["newest"]),
        ({"q": "how"}, []),
        ({"sort": "newest"}, []),
        ({"sort": "title"}, ["title"]),
    ],
)
def test_a_filter_ticked_afterwards_keeps_the_order_that_was_chosen(client, make_entry, asked, sent):
    make_entry()
    form = get(client, **asked).content.decode().partition('aria-label="Filters"')[2].partition("</form>")[0]
    assert re.findall(r'name="sort" value="(\w+)"', form) == sent


def test_chips_take_one_filter_away(client, make_entry):
    make_entry(boroughs=["merton"], themes=["housing"])
    page = " ".join(get(client, theme="housing", borough="merton").content.decode().split())
    assert '<a class="chip" href="?borough=merton"> <span class="visually-hidden">Remove this filter: Theme,<' in page
    assert '<a class="chip" href="?theme=housing"> <span class="visually-hidden">Remove this filter: Borough,<' in page


def test_nothing_found_offers_a_way_on(client, make_entry):
    make_entry(boroughs=["merton"], themes=["housing"])
    make_entry(boroughs=["brent"], themes=["money"])
    response = get(client, theme="housing", borough="brent")
    assert total(response) == 0
    assert "No entry has all of this at once" in response.content.decode()


@pytest.mark.parametrize("entries", [3, 300])
def test_the_list_asks_the_database_as_often_for_3_as_for_300(client, make_entry, entries, django_assert_num_queries):
    for n in range(entries):
        make_entry(boroughs=["merton", "brent"][: n % 2 + 1], themes=["housing"], figures=["confirmed"])
    renew()  # draws the cards
    get(client, sort="borough")  # builds the index of this catalogue, and this order
    with django_assert_num_queries(2):
        get(client, theme="housing", sort="borough")


def test_the_list_may_be_asked_with_anything(client, make_entry):
    make_entry()
    odd = {"theme": ["", "\x00", "a" * 5000], "page": "1", "sort": "\x00", "unknown": "1", "has": "' OR 1=1"}
    assert client.get(f"{reverse('submissions')}?{urlencode(odd, doseq=True)}").status_code == 200


def test_no_cookie_and_no_address_of_a_person_in_the_list(client, make_entry):
    entry = make_entry(contact="someone@merton.gov.uk")
    response = get(client)
    assert not response.cookies
    assert "someone@" not in response.content.decode()
    assert "someone@merton.gov.uk" in client.get(entry.get_absolute_url()).content.decode()
    assert Submission.objects.published().count() == 1


def test_relevance_is_no_order_where_nothing_is_searched(client, make_entry):
    for day in (1, 3, 2):
        make_entry(slug=f"day-{day}", published_on=f"2026-01-0{day}")
    response = get(client, sort="relevance")
    assert shown(response) == ["day-3", "day-2", "day-1"]
    assert response.context["filterset"].sorting == "newest"
    assert "Best match first" not in response.content.decode()


def test_the_same_value_twice_is_one_filter(client, make_entry):
    make_entry(themes=["housing"])
    page = get(client, theme=["housing", "housing"]).content.decode()
    assert page.count("Remove this filter: Theme") == 1
    assert "theme=housing&amp;theme=housing" not in page


def test_choices_that_no_entry_has_stand_last(client, make_entry):
    make_entry(boroughs=["merton", "sutton"])
    counts = [count for name, _, count, _ in choices(get(client)) if name == "borough"]
    assert counts == [1, 1] + [0] * 31


def test_a_new_search_keeps_what_is_ticked_and_offers_to_drop_it(client, make_entry):
    make_entry(boroughs=["merton"], themes=["housing"])
    page = get(client, theme=["housing", "money"], borough="merton", q="how", list="7").content.decode()
    form = page.partition('<form class="search"')[2].partition("</form>")[0]
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([\w-]+)">', form)
    assert kept == [("list", "7"), ("theme", "housing"), ("theme", "money"), ("borough", "merton")]
    said = " ".join(re.sub(r"<[^>]+>", " ", form).split())
    names = [Theme.objects.get(slug=slug).name for slug in ("housing", "money")]
    assert f"Within {', '.join(names)}, Merton. Search everything instead" in said
    assert '<a href="?q=how&amp;list=7">Search everything instead</a>' in form
    unfiltered = get(client, q="how").content.decode()
    assert "Search everything instead" not in unfiltered
