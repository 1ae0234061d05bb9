"""Which numbers of a sentence say what the work reached, did or cost, and which count nothing."""

from __future__ import annotations

import pytest

from pagereader import Block
from pagereader.figures.metrics import metrics_in, metrics_of


def found(sentence):
    return [(float(metric.value), metric.unit) for metric in metrics_in(sentence, 1)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Six interns were successfully appointed; two in HR, one in HS2.", [(6, "people")]),
        ("Four students graduated in 2024 in fields such as Fashion.", [(4, "people")]),
        ("Seven young people secured apprenticeships in 2023/24.", [(7, "people")]),
        ("Two sessions have been delivered so far to of 21 participants.", [(2, "sessions"), (21, "people")]),
        ("We have sent out 16 packs to date.", [(16, "packs")]),
        ("In 2023/24 we supported 148 families, a 20% increase.", [(148, "people"), (20, "percent")]),
        ("We recruited eleven new foster carers in our first year.", [(11, "people")]),
        ("The programme has trained over 400 practitioners.", [(400, "people")]),
        ("The dashboard is used by 212 staff each month.", [(212, "people")]),
        ("The scheme has 25 mentors matched with 25 young people.", [(25, "people"), (25, "people")]),
        ("We delivered 1,240 hours of short breaks to 86 disabled children.", [(1240, "hours"), (86, "people")]),
        ("One hundred and twenty-five parents took part.", [(125, "people")]),
        ("A dozen young people joined.", [(12, "people")]),
        ("One intern has already accessed a permanent role.", [(1, "people")]),
        ("Three of the young people now work as peer mentors.", [(3, "people")]),
        ("Of the 52 families, 47 (90%) did not return.", [(52, "people"), (47, "people"), (90, "percent")]),
        ("We surveyed 60 parents; 54 felt listened to.", [(60, "people"), (54, "people")]),
        (
            "The portfolio has 31 units, 9 of which are new and 22 via the council.",
            [(31, "units"), (9, "units"), (22, "units")],
        ),
        ("12 of the 15 young people are now in employment.", [(12, "people")]),
        ("Users rated it 4.8 out of 5.", [(4.8, "out of 5")]),
        ("82.35% of the eligible young people are in education.", [(82.35, "percent")]),
        ("93 percent of schools said so.", [(93, "percent")]),
        ("Reoffending fell by 18 percentage points.", [(18, "percentage points")]),
        ("It cost £45,000 a year.", [(45000, "GBP per year")]),
        (
            "We saved £1.2m, or £96 per family and £5k pcm.",
            [(1200000, "GBP"), (96, "GBP per family"), (5000, "GBP per month")],
        ),
        ("Each gets up to £200 each.", [(200, "GBP each")]),
        ("The latter received a $400,000 scholarship.", [(400000, "USD")]),
        ("They raised close to £2500.supports.", [(2500, "GBP")]),
        ("We sent 40 postcards and planted 12 trees.", [(40, "postcards"), (12, "trees")]),
        ("300 hampers were delivered.", [(300, "hampers")]),
        ("Year 11 pupils led 14 workshops.", [(14, "workshops")]),
        ("Over the last two and half years 37 packs have been given.", [(37, "packs")]),
        ("Our policy states “each child receives £50 per month in savings”.", [(50, "GBP per month")]),
    ],
)
def test_what_counts(sentence, expected):
    assert found(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Young people aged 16-25 can join.",
        "SpeakerBox is for young people aged 5 to 25 in Southwark.",
        "Some work with the 13 – 25 age group, others with the under 13s.",
        "A second group of 13+ young people also did the same.",
        "Care leavers are rejected due to being over the age of 18.",
        "Over 18s and 16 year olds are welcome, and so are 25+ young people.",
        "In 2020 the council realised this, and in June 2021 it changed.",
        "It was an 18-month placement over two years.",
        "Sessions ran every two weeks, over three months, on the 2nd floor at 4pm.",
        "Support is delivered as 1-2-1 sessions, 1-1s and 1:1 work, 24/7.",
        "It began with a single, 4 bed property and a 3-bedroom house.",
        "Cohort 1 of the scheme and Phase 2 of the work began.",
        "BCJ 2.0 members have led changes.",
        "It is something I would 100% recommend.",
        "I made 12 friends.",
        "Participants said “we met 12 friends there and 3 mentors”.",
        "Outcome 1: Strategic partnership.",
        "Two Year 12 classes and one Level 3 course are named.",
        "There are now 2 children’s rights and participation officers (CROs).",
        "The team has two project workers and one service manager.",
        "The three key outcome areas were these.",
        "We had two large hostels located in gang hotspots.",
        "One of the projects the Alumni led was the guide.",
        "One key lesson is flexibility; one young person said so.",
        "She has two children and a dog.",
        "One in four care leavers struggles; 1 in 3 moves.",
        "Covid-19 delayed us, and Section 17 money helped.",
        "YouGov, 2021. Social Work and 12 Surveys. Retrieved online.",
        "Call 020 7946 0958 or visit https://example.org/12-children.",
        "The group meets six times a year for 2 hours.",
    ],
)
def test_what_counts_nothing(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "value", "comparator", "unit"),
    [
        ("It cost £266 per week, in comparison to the £805 per week average.", 266, 805, "GBP per week"),
        ("The rate dropped from 24% to 15%.", 15, 24, "percent"),
        ("Our vacancy rate is now 6%, down from 21% in 2022.", 6, 21, "percent"),
        ("Referrals to social care fell from 120 to 74.", 74, 120, "referrals"),
        ("We reduced agency social workers from 64 to 31.", 31, 64, "people"),
        ("The average wait fell from 14 weeks to 6 weeks.", 6, 14, "weeks"),
        ("83 first-time entrants compared to 121 the year before.", 83, 121, "people"),
        ("Placement moves dropped from 3.1 to 1.4 a year.", 1.4, 3.1, "moves"),
        ("The allowance rose from £180 to £245 per week.", 245, 180, "GBP per week"),
    ],
)
def test_comparators(sentence, value, comparator, unit):
    metrics = list(metrics_in(sentence, 1))
    assert [(float(metric.value), float(metric.comparator), metric.unit) for metric in metrics] == [
        (value, comparator, unit)
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The service received 47 referrals.", "activity"),
        ("Four students graduated.", "outcome"),
        ("98% of young people felt safe.", "outcome"),
        ("It cost £3,000.", "cost"),
        ("Nationally, 38% of care entrants are teenagers.", "context"),
        ("Our borough has 72,000 children.", "context"),
    ],
)
def test_kinds(sentence, kind):
    assert [metric.kind for metric in metrics_in(sentence, 1)] == [kind]


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("47 referrals were received between September and December 2024.", "between September and December 2024"),
        ("In 2023/24 there were 1005 episodes.", "In 2023/24"),
        ("Over the past year 20 families took part.", "Over the past year"),
        ("We support 10 young people every fortnight.", "every fortnight"),
        ("£266 per week is what it cost.", ""),
        ("20 families took part.", ""),
    ],
)
def test_periods(sentence, period):
    assert [metric.period for metric in metrics_in(sentence, 1)] == [period]


def test_a_sentence_that_goes_on_from_the_one_before():
    block = Block("paragraph", (7,), "We helped 20 young people. Of those, 5 returned home.", starts=(0,))
    assert [(metric.value, metric.unit, metric.line) for metric in metrics_of((block,))] == [
        (20, "people", 7),
        (5, "people", 7),
    ]


def test_quotations_and_headings_hold_no_metrics():
    blocks = (Block("quote", (1,), "“We met 12 mentors.”"), Block("heading", (2,), "100 children reached"))
    assert metrics_of(blocks) == ()
