"""No e-mail address, however it is written and wherever it is, is in a file, a feed, an API answer or a picture."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from submissions.models import OutcomeMetric, Submission
from submissions.sharing.previews import entry_card
from submissions.withheld import NOTE, withhold, withhold_from_link

WAYS = [
    "jane.doe@camden.example", "jane.doe%40camden.example", "jane.doe%2540camden.example",
    "jane.doe&#64;camden.example",
    "jane.doe＠camden.example", "jane.doe [at] camden [dot] example", "jane.doe at camden.example",
    "jane.doe\u200b@camden.example", "jane.doe AT camden.example", "jane.doe (aT) camden.example",
    "jane.doe (at) camden dot example", "jane at camden dot example", "jane dot doe at camden dot example",
    "jane.doe &lt;at&gt; camden.example", "jane.doe [@] camden.example", "jane.doe @ camden . example",
    "jane.doe&nbsp;@&nbsp;camden.example", "jane.doe@camden&shy;.example", "jane.doe@camden&#8203;.example",
    "jane.doe@<!-- -->camden.example", "jane.doe@<br>camden.example", "jane.doe%u0040camden.example",
    "jane.doe&#64camden.example",
]  # fmt: skip
FILES = [
    "/submissions.csv", "/submissions.json", "/submissions.atom", "/outcomes.csv", "/coverage.csv", "/data/themes.json",
    "/data/boroughs.csv", "/api/submissions", "/api/submissions/planted", "/api/outcomes", "/api/themes",
    "/suggest?q=ask",
    "/sitemap-pages.xml", "/sitemap-entries.xml", "/api/openapi.json",
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_one(way):
    assert re.sub(r"<[^>]*>", "", withhold(f"Ask {way}, please")) == f"Ask {NOTE}, please"


@pytest.mark.parametrize(
    "text",
    [
        "look at camden.example",
        "pkg@1.2.3",
        "@handle",
        "50 % at 40",
        "meet @ noon",
        "Ask @handle . Please",
        "“at” risk. Then",
    ],
)
def test_what_is_none_stays(text):
    assert withhold(text) == text


def test_a_link_loses_the_part_that_names_somebody():
    assert withhold_from_link("https://x.example/a?m=jane.doe%40camden.example") == "https://x.example/a"
    assert withhold_from_link("mailto:jane.doe@camden.example") == ""
    assert withhold_from_link("https://x.example/a?q=1") == "https://x.example/a?q=1"


@pytest.mark.django_db
def test_no_file_feed_or_answer_holds_one(client, make_entry):
    said = f"Ask {WAYS[0]} or {WAYS[1]}"
    link = f"https://x.example/?m={WAYS[2]}"
    body = f'<p>{said} or <a href="{link}">this</a></p>'
    entry = make_entry(slug="planted", title=said, summary=body, body=body, supporting=body, team=said,
                       themes=["housing"], partners=["Settle"], figures=["confirmed"],
                       voices=[said], contact=WAYS[0])  # fmt: skip
    entry.partners.update(name=said)
    entry.themes.update(name=said, description=said)
    entry.supporting_items.create(title=said, url=link)
    OutcomeMetric.objects.update(label=said, quote=said, figure="jane@x.example", period=said)
    for address in FILES:
        text = client.get(address).getvalue().decode()
        for _ in range(3):
            text = unquote(unescape(text))
        assert not re.search(r"jane|camden\.example", text), address
    assert "jane" not in repr(entry_card(Submission.objects.for_listing().get()))
