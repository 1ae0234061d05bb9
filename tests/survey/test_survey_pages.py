"""The survey's pages and files, and its lines on entries and themes."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from boroughs.models import Borough
from submissions.models import Theme
from survey.charts import section_card
from survey.models import Headline, Option, Question, Section, Statistic

ETE = "/survey/2024/education-training-employment/"
PROVISION = f"{ETE}specialist-provision"


class Cells(HTMLParser):
    """The table of one question as lists of cells, white space made even."""

    def __init__(self, markup):
        super().__init__()
        self.rows, self.depth = [], 0
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self.depth = 1

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.depth = 0
            self.rows[-1][-1] = " ".join(self.rows[-1][-1].split())
        elif tag == "li" and self.depth:
            self.rows[-1][-1] += " "

    def handle_data(self, data):
        if self.depth:
            self.rows[-1][-1] += data


def table_on(page, slug):
    section = page[page.index(f'<section class="chart" id="{slug}"') :]
    return Cells(section[section.index("<table") : section.index("</table>")]).rows


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_survey_leads_to_the_newest(client, survey):
    assert client.get("/survey/")["Location"] == "/survey/2024/"


def test_without_a_survey_there_is_no_page(client, db):
    assert client.get("/survey/").status_code == 404
    assert client.get("/survey/2024/").status_code == 404


def test_the_overview_says_who_answered_and_every_sections_headline(client, survey):
    page = text_of(client, "/survey/2024/")
    assert "21 or 22 authorities of London’s 33." in page
    assert "The survey says “2 LA responses”: the number came out garbled." in page
    for section in Section.objects.all():
        assert section.headline.sentence in page
        assert section.get_absolute_url() in page


def test_every_table_on_the_pages_equals_its_csv_file(client, survey):
    questions = Question.objects.filter(introduced_as="").select_related("section__survey")
    assert len(questions) == 6
    for question in questions:
        page = text_of(client, question.section.get_absolute_url())
        place = [2024, question.section.slug, question.slug]
        response = client.get(reverse("survey_question_csv", args=place))
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert [row[1:3] for row in rows[1:]] == table_on(page, question.slug)[1:], question
        assert {row[0] for row in rows[1:]} == {question.text}
        assert rows[0] == ["question", "answer", "authorities", "base", "note"]


def test_bars_are_as_long_as_their_numbers(client, survey):
    page = text_of(client, ETE)
    widths = re.findall(r'<rect class="value" width="([\d.]+)%"', page[page.index('id="financial-support"') :])
    assert widths == ["95.45", "95.45", "81.82", "72.73", "68.18", "63.64", "4.55", "4.55"]
    assert " style=" not in page


def test_a_cell_is_never_a_formula(client, survey):
    Option.objects.filter(text="Virtual College").update(text="=1+1")
    assert "'=1+1" in client.get(f"{PROVISION}.csv").content.decode()


def test_the_picture_opens_and_is_named_for_its_question(client, survey):
    response = client.get(f"{PROVISION}.png")
    image = Image.open(io.BytesIO(response.content))
    assert (image.format, image.width) == ("PNG", 1400)
    assert image.getpixel((700, 10)) == (255, 255, 255)
    name = "survey-2024-education-training-employment-specialist-provision.png"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "address",
    [
        "/survey/2023/",
        "/survey/2024/money/",
        "/survey/2023/housing/",
        "/survey/2024/health/joint-working.csv",
        "/survey/2024/housing/specialist-provision.csv",
        "/survey/2024/housing/nothing.png",
    ],
)
def test_an_address_of_nothing_is_not_found(client, survey, address):
    assert client.get(address).status_code == 404


def test_a_contradiction_stands_beside_the_published_figure(client, survey):
    for one in Statistic.objects.exclude(note="").select_related("consideration__section__survey"):
        page = text_of(client, one.consideration.section.get_absolute_url())
        assert page.index(one.figure) < page.index(one.note)
    assert "15 of 22 is 68%, not 71%. 15 of 21 would be 71%." in text_of(client, "/survey/2024/immigration/")


def test_a_glued_row_is_split_and_flagged(client, survey):
    page = text_of(client, ETE)
    assert "<li>Business Other – Inner Circle Education Trust: Charity no. 291583</li>" in page
    assert "The survey prints this as one answer: “Camden has community budget" in page


def test_what_the_survey_does_not_say_is_said(client, survey):
    housing = text_of(client, "/survey/2024/housing/")
    assert "Base not stated." in housing
    assert "The survey prints this answer without a number." in housing
    assert "Not stated for this section." in text_of(client, "/survey/2024/immigration/")


def test_no_debris_reaches_a_reader(client, survey):
    addresses = ["/survey/2024/", *(section.get_absolute_url() for section in Section.objects.all())]
    pages = "".join(text_of(client, address) for address in addresses)
    for debris in ("₽", "Vo.", "▼", "□", "Hackney"):
        assert debris not in pages


class TestNeedMeetsPractice:
    def test_a_named_borough_goes_before_an_entry_that_shares_more_themes(self, client, survey, make_entry):
        section = Section.objects.get(slug="education-training-employment")
        section.themes.add(Theme.objects.get(slug="housing"))
        both = ["education-training-employment", "housing"]
        make_entry(title="Shares both", themes=both, boroughs=["brent"], published_on="2026-02-02")
        make_entry(title="From Camden", themes=["education-training-employment"], boroughs=["camden"])
        page = text_of(client, ETE)
        assert page.index(">From Camden</a>") < page.index(">Shares both</a>")

    def test_entries_answer_by_theme_those_of_named_boroughs_first(self, client, survey, make_entry):
        on_theme = ["education-training-employment"]
        make_entry(title="Newer", themes=on_theme, boroughs=["brent"], published_on="2026-02-02")
        make_entry(title="From Camden", themes=on_theme, boroughs=["camden"])
        make_entry(title="Other theme", themes=["leisure"], boroughs=["redbridge"])
        make_entry(title="Nothing to do with it", themes=["leisure"], boroughs=["brent"])
        make_entry(title="Draft", themes=on_theme, status="draft")
        page = text_of(client, ETE)
        order = [page.index(f">{title}</a>") for title in ("From Camden", "Newer", "Other theme")]
        assert order == sorted(order)
        assert "Education, training and employment; named in the survey: Camden" in page
        assert "Named in the survey: Redbridge" in page
        assert "2 entries on" in page
        assert "Nothing to do with it" not in page
        assert "Draft" not in page
        assert "2 entries on it" in text_of(client, "/survey/2024/")

    def test_more_than_ten_lead_to_the_list(self, client, survey, make_entry):
        for _ in range(11):
            make_entry(themes=["housing"])
        page = text_of(client, "/survey/2024/housing/")
        assert 'href="/submissions/?theme=housing&amp;theme=independent-living">All 11 entries</a>' in page
        assert page.count('class="who"') == 10

    def test_no_entry_leaves_a_way_on(self, client, survey):
        assert "No entry answers this section yet." in text_of(client, "/survey/2024/immigration/")

    def test_a_theme_shows_all_of_its_lines(self, client, survey):
        page = text_of(client, "/themes/money/")
        assert f'<a href="{ETE}#financial-support">21 authorities help with travel costs to enter' in page
        assert "What the 2024 survey says" in page
        assert "survey says" not in text_of(client, "/themes/identity/")

    def test_an_entry_shows_one_line_of_each_section_its_themes_touch(self, client, survey, make_entry):
        entry = make_entry(themes=["education-training-employment", "money", "immigration"])
        page = text_of(client, entry.get_absolute_url())
        assert f'<a href="{ETE}#specialist-provision">17 authorities have an in-house ETE service</a>' in page
        assert 'href="/survey/2024/immigration/#considerations">71% of the authorities that answered' in page
        assert "a note there says what contradicts it" in page
        assert "help with travel costs" not in page

    def test_a_tie_changed_is_seen_at_once(self, client, survey, make_entry):
        entry = make_entry(themes=["leisure"])
        address = entry.get_absolute_url()
        assert "Participation forums" in text_of(client, address)
        Headline.objects.get(sentence__startswith="Participation").themes.clear()
        assert "Participation forums" not in text_of(client, address)
        housing = Section.objects.get(slug="housing")
        assert entry.title not in text_of(client, housing.get_absolute_url())
        housing.themes.add(Theme.objects.get(slug="leisure"))
        assert entry.title in text_of(client, housing.get_absolute_url())


@pytest.mark.parametrize("entries", [1, 5])
def test_pages_ask_a_fixed_number_of_times(client, survey, make_entry, entries, django_assert_num_queries):
    boroughs = Borough.objects.filter(slug__in=["camden", "brent"])
    for borough in boroughs:
        for _ in range(entries):
            make_entry(themes=["education-training-employment"], boroughs=[borough.slug], figures=["confirmed"])
            make_entry(themes=["leisure"], boroughs=["redbridge"])
    client.get("/submissions/")  # builds the index
    with django_assert_num_queries(7):
        client.get("/survey/2024/")
    with django_assert_num_queries(23):
        client.get(ETE)
    with django_assert_num_queries(2):
        client.get(f"{PROVISION}.csv")
    with django_assert_num_queries(1):
        client.get("/survey/2024/preview.png")
    with django_assert_num_queries(2):
        client.get(f"{ETE}preview.png")


@pytest.mark.parametrize("address", ["/survey/2024/", ETE, "/survey/2024/miscellaneous/"])
def test_a_page_has_a_preview_image_of_its_own(client, survey, address):
    picture = re.search(r'<meta property="og:image" content="([^"]+)">', text_of(client, address))[1]
    assert picture.startswith(f"{settings.SITE_URL}{address}preview.png?v=")
    image = Image.open(io.BytesIO(client.get(picture.removeprefix(settings.SITE_URL)).content))
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_a_preview_image_says_no_figure_that_carries_a_note(client, survey):
    for section in survey.sections.for_preview():
        said = [headline for headline in section.headlines.all() if headline.sentence == section_card(section).foot]
        assert all(not headline.is_contradicted for headline in said)
    miscellaneous = survey.sections.get(slug="miscellaneous")
    assert miscellaneous.headlines.first().sentence.startswith("71%")
    assert "71%" not in section_card(miscellaneous).foot


def test_there_is_no_preview_image_of_a_page_that_is_not_there(client, survey):
    assert client.get("/survey/2023/preview.png").status_code == 404
    assert client.get("/survey/2024/nothing/preview.png").status_code == 404
