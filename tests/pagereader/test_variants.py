"""Pages by other hands: nine categories' words, other labels, bullets, marks and line breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from ledgers import missing_words

from pagereader import as_json, decode, read
from pagereader.text.lines import lines_of

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def text_of(name: str) -> str:
    return decode((Path(__file__).parent / "pages" / f"{name}.txt").read_bytes())


@pytest.fixture
def page_of(reference):
    return lambda name: read(text_of(name), reference)


def people(entry) -> list[tuple[str, str, str]]:
    return [(contact.name, contact.role, contact.email) for contact in entry.contacts]


def figures(entry) -> set[tuple[float, str]]:
    return {(float(metric.value), metric.unit) for metric in entry.metrics}


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_nothing_is_lost(path, reference):
    text = decode(path.read_bytes())
    page = read(text, reference)
    assert set(page.ledger) == {line.number for line in lines_of(text)}
    assert missing_words(text, page) == []
    assert as_json(page)["entries"]


def test_early_help(page_of):
    page = page_of("early-help")
    category, (hubs, champions) = page.category, page.entries
    assert (category.number, category.title) == (3, "Early help and family support")
    assert category.sponsor == "London Early Help Network"
    assert category.panel == "The panel was made up of parents, early help leads and health visitors."
    assert [(named.borough, named.has_entry) for named in category.named_boroughs] == [
        ("Barnet", False),
        ("Camden", True),
        ("Hammersmith and Fulham", True),
        ("Hackney", False),
    ]
    assert people(hubs) == [("Priya O’Neill", "Early Help Manager", "priya.o'neill@camden.gov.uk")]
    assert hubs.contacts[0].phone == "020 7946 0958"
    assert hubs.partners == ("Coram", "Family and Friends", "Health and Social Care", "Camden Learning Ltd.")
    assert [block.kind for block in hubs.body] == [
        "heading",
        "paragraph",
        "heading",
        "bullets",
        "heading",
        "paragraph",
        "quote",
    ]
    assert hubs.body[-1].speaker == "Father of two"
    assert figures(hubs) == {
        (24, "sessions"),
        (130, "people"),
        (18, "people"),
        (60, "packs"),
        (82, "percent"),
        (74, "referrals"),
        (6, "weeks"),
    }
    assert {metric.value: metric.comparator for metric in hubs.metrics if metric.comparator} == {74: 120, 6: 14}
    assert [item.url for item in hubs.supporting_items] == ["https://www.camden.gov.uk/dads-film", ""]
    assert [contact.name for contact in champions.contacts] == ["Tom Reid", "Amina Yusuf"]
    assert (12500, "GBP per year") in figures(champions) and (96, "GBP per family") in figures(champions)
    assert [doubt.kind for doubt in page.doubts] == [
        "praised-without-entry",
        "praised-without-entry",
        "announced-missing",
    ]


def test_fostering_without_a_single_blank_line(page_of):
    page = page_of("kinship-no-blanks")
    first, second = page.entries
    assert (page.category.number, page.category.sponsor) == (6, "South London Commissioning Partnership")
    assert (first.boroughs, first.title) == (("Barking and Dagenham",), "KINSHIP FIRST")
    assert people(first) == [
        ("Jo Smith-Jones", "Service Manager – Kinship", "jo.smith-jones@lbbd.gov.uk"),
        ("Fatou Ndiaye", "Principal Social Worker", "fndiaye@lbbd.gov.uk"),
    ]
    assert first.team == "Permanence and Kinship Team"
    assert first.partners == ("Kinship (charity)", "Family Rights Group", "CoramBAAF")
    assert first.body[3].items[2] == "carers said it changed their lives"
    assert [(voice.speaker, voice.quote) for voice in first.voices] == [
        ("One carer", "They ring me back."),
        ("Grandmother", "I did not know there was help."),
        ("Aunt, kinship carer", "He is home."),
    ]
    assert second.boroughs == ("Richmond upon Thames", "Wandsworth")
    assert [contact.name for contact in second.contacts] == ["Lewis Grant", "Mary Obi"]
    assert {contact.role for contact in second.contacts} == {"Joint Heads of Fostering"}
    assert len(second.body) == 3
    assert page.doubts == ()


def test_send_with_labels_alone_on_their_lines(page_of):
    page = page_of("send-labels-alone")
    first, second = page.entries
    assert (page.category.number, page.category.title) == (5, "Special educational needs and disabilities")
    assert people(first) == [("Dr Olu Adeyemi", "Head of SEND", "olu.adeyemi@royalgreenwich.gov.uk")]
    assert first.partners == ("Oxleas NHS Foundation Trust", "Greenwich Parent Carer Forum", "12 nursery schools")
    assert first.team == "SEND and Inclusion Service"
    assert first.body[-1].items == ("visits before July", "a one-page profile", "a call in week 3")
    assert figures(first) == {(31, "nurseries"), (75, "people")}
    assert second.boroughs == ("Kensington and Chelsea", "Westminster")
    assert second.delivery_body == "Bi-borough Children's Services"
    assert figures(second) == {(140, "passports"), (9, "people")}
    assert "send" in {theme.slug for theme in first.themes} & {theme.slug for theme in second.themes}
    assert [(doubt.kind, doubt.entry) for doubt in page.doubts] == [("empty-label", 0)]


def test_youth_justice_by_a_delivery_body(page_of):
    first, second = page_of("youth-justice-afc").entries
    assert first.boroughs == ("Kingston upon Thames", "Richmond upon Thames")
    assert (first.title, first.delivery_body) == ("Turnaround Plus", "Achieving for Children")
    assert people(first) == [("Sam Okoro", "Youth Justice Manager", "sam.okoro@achievingforchildren.org.uk")]
    assert first.partners == ("Met Police", "Probation", "Youth Justice Board")
    assert {(29, "people"), (28, "people"), (4, "people")} <= figures(first)
    assert next(metric for metric in first.metrics if metric.value == 29).comparator == 48
    assert "criminal-justice" in {theme.slug for theme in first.themes}
    assert first.supporting_items[0].url == "www.achievingforchildren.org.uk/turnaround"
    assert (second.boroughs, second.title) == (("City of London",), "Safe in the Square Mile")
    assert second.team == "Children’s Social Care and Early Help Service"


def test_workforce_with_labels_missing(page_of):
    first, second = page_of("workforce-unlabelled").entries
    assert [block.text for block in first.summary] == ["A two-year route into social work for local people."]
    assert people(first) == [("Nadia Begum (she/her)", "Academy Lead", "nadia.begum@towerhamlets.gov.uk")]
    assert figures(first) == {
        (22, "people"),
        (18, "percent"),
        (1200000, "GBP"),
        (4300, "GBP per trainee"),
        (95, "percent"),
    }
    assert people(second) == [("Ffion ap Rhys", "Principal Social Worker", "ffion.ap-rhys@walthamforest.gov.uk")]
    assert second.supporting_items[0].url == "https://example.org/handbook.pdf"
    assert all("workforce" in {theme.slug for theme in entry.themes} for entry in (first, second))


def test_a_single_entry_about_data(page_of):
    page = page_of("data-single")
    (entry,) = page.entries
    assert (entry.boroughs, entry.title) == (("Newham",), "Seeing Sooner: a Data Platform (with Hackney)")
    assert figures(entry) == {(14, "datasets"), (4.6, "out of 5")}
    assert page.category.introduction == ()


def test_safeguarding_from_windows(page_of):
    page = page_of("safeguarding-windows")
    (entry,) = page.entries
    assert page.category.title == "Children’s social care"
    assert people(entry) == [
        ("Moira Flynn", "Head of Safeguarding", "moira.flynn@lewisham.gov.uk"),
        ("Kwame Boateng", "MASH Manager", "kwame.boatang@lewisham.gov.uk"),
    ]
    assert entry.partners == ("Police", "Health", "Education")
    assert entry.body[1].items == ("decisions in a day", "one plan")
    assert figures(entry) == {(212, "cases")}
    assert [doubt.kind for doubt in page.doubts] == ["contact-address", "announced-missing"]


def test_addresses_before_names(page_of):
    first, second = page_of("email-first").entries
    assert people(first) == [
        ("Ade Bello", "Youth Lead", "ade.bello@islington.gov.uk"),
        ("Mei Tan", "", "mei.tan@islington.gov.uk"),
    ]
    assert people(second) == [("Sunita Patel", "Head of Schools", "s.patel@haringey.gov.uk")]
    assert first.partners == ()


def test_contacts_over_several_lines_without_any_label(page_of):
    page = page_of("several-lines")
    first, second = page.entries
    assert first.boroughs == ("Camden", "Islington")
    assert people(first) == [
        ("Grace Okafor", "Service Manager", "grace.okafor@camden.gov.uk"),
        (
            "Liam Byrne",
            "Deputy Head of Service, Safeguarding and Quality Assurance",
            "liam.byrne@islington.gov.uk",
        ),
    ]
    assert [block.text for block in first.summary] == ["Two boroughs share one out-of-hours service."]
    assert [block.kind for block in first.body] == ["paragraph", "paragraph", "heading", "paragraph"]
    assert figures(first) == {(1450, "calls"), (310000, "GBP per year")}
    assert second.boroughs == ("Kensington and Chelsea", "Westminster")
    assert [person.email for person in page.category.administrators] == ["Mei.ho@londoncouncils.gov.uk"]


def test_a_page_wrapped_at_seventy_columns(page_of):
    page = page_of("hard-wrapped")
    first, second = page.entries
    assert page.category.scope.endswith("children in care to thrive, wherever they live.")
    assert page.category.panel.startswith("The panel, made up of care experienced adults and")
    assert first.title == "Family Time that Works for Every Child and Every Family"
    assert people(first) == [
        ("Harriet Quill", "Service Manager – Children Looked After and Permanence", "harriet.quill@bexley.gov.uk")
    ]
    assert first.partners == ("Bexley Women's Aid", "Bexley Children in Care Council", "Barnardo's", "NSPCC")
    assert [block.kind for block in first.body] == ["paragraph", "paragraph", "heading", "bullets", "quote"]
    assert first.body[3].items[0].endswith("whenever the court allows it")
    assert first.body[4].speaker == "Child, 9"
    assert figures(first) == {(42, "people"), (96, "people")}
    assert {(float(metric.value), float(metric.comparator or 0)) for metric in second.metrics} == {(24, 0), (1.4, 3.1)}


def test_prose_that_looks_like_headings(page_of):
    page = page_of("prose-traps")
    assert [entry.title for entry in page.entries] == ["One Front Door", "Ealing's Promise", "Greenwich Grows"]
    barnet = page.entries[0]
    assert len(barnet.summary) == 2
    assert barnet.partners == ("The police", "health", "education", "Barnet Homes")
    assert barnet.team == "Children's Social Care and Early Help"
    assert figures(barnet) == {(3400, "people")}
    assert barnet.body[-1].text == "Partners: they tell us it is simpler."
    assert [(doubt.kind, doubt.line) for doubt in page.doubts] == [("empty-label", 42)]
    assert page.category.sign_off == "Each submission has been approved by the relevant DCS and Practice Leader."


def test_titles_in_unusual_places(page_of):
    page = page_of("titles")
    assert [(entry.boroughs[0], entry.title) for entry in page.entries] == [
        ("Hillingdon", "Stronger Families Hub"),
        ("Hounslow", "Brighter Beginnings"),
        ("Enfield", "Reading Together"),
        ("Kensington and Chelsea", "Family Safety"),
        ("Hammersmith and Fulham", "Upskilling Schools"),
    ]
    assert all(len(entry.contacts) == 1 and not entry.contacts[0].email_suspect for entry in page.entries)


def test_a_main_text_without_its_label(page_of):
    first, second = page_of("no-main-label").entries
    assert [block.text for block in first.summary] == [
        "Intensive help for six weeks.",
        "The second paragraph still belongs to the summary.",
    ]
    assert [contact.name for contact in first.contacts] == ["Dawn Price", "Chidi Eze"]
    assert first.partners == ("Family Action", "St Christopher's", "Housing", "Public Health")
    assert len(first.body) == 3
    assert (31, "people") in figures(first)
    assert first.supporting_items[0].title == "Leaflet"
    assert [block.text for block in second.summary] == ["A group for dads."]
    assert second.body[1].speaker == "Dad, 31"


def test_quotations_of_every_kind(page_of):
    page = page_of("quotations")
    (entry,) = page.entries
    assert [(voice.speaker, voice.quote) for voice in entry.voices] == [
        ("", "We waited for years."),
        ("Young trainer", "Then somebody listened, and now 100% of us feel heard."),
        ("Student social worker", "It was the best day, and I will come again"),
        ("", "They don’t talk over me."),
        ("Newly qualified social worker", "I was nervous but they were kind and it changed how I work"),
        ("A parent", "I trust them now that they write to me."),
        ("Jo, 15", "You can tell them anything"),
        ("Sam, 17", "They remember"),
    ]
    assert figures(entry) == {(50, "GBP per month"), (85, "people")}
    assert [(doubt.kind, doubt.line) for doubt in page.doubts] == [("unclosed-quote", 25), ("announced-missing", 37)]


def test_figures_among_numbers_that_count_nothing(page_of):
    (entry,) = page_of("figures").entries
    assert figures(entry) == {
        (214, "people"),
        (171, "people"),
        (80, "percent"),
        (63, "people"),
        (120, "people"),
        (1150, "GBP per family"),
        (31, "percent"),
        (84, "percent"),
        (38, "percent"),
        (3, "people"),
        (2400000, "GBP"),
        (75, "phones"),
        (12, "bikes"),
        (340, "vouchers"),
        (20, "GBP each"),
    }
    against = {metric.value: metric.comparator for metric in entry.metrics if metric.comparator}
    assert against == {1150: 4900, 84: 61}
    assert next(metric.kind for metric in entry.metrics if metric.value == 38) == "context"
