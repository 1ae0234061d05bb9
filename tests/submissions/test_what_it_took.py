"""What an entry took (staff, money, time): everywhere its other facts are, and nothing where nobody states it."""

import io
import json

import docx
import pytest

from editorial.claims import claims

pytestmark = pytest.mark.django_db
WORDS = "Two advisers, £80,000 a year; write to ann.bell@merton.gov.uk"


def body_of(client, address):
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_it_is_found_shown_compared_and_taken_away(client, make_entry):
    entry, other = make_entry(what_it_took=WORDS), make_entry(title="Another")
    for address in (entry.get_absolute_url(), f"/pack/?ids={entry.pk}", f"/compare/?ids={entry.pk},{other.pk}"):
        assert "Two advisers, £80,000 a year" in body_of(client, address).decode(), address
    results = json.loads(body_of(client, "/submissions.json?q=advisers"))["results"]
    assert [row["what_it_took"] for row in results] == [
        "Two advisers, £80,000 a year; write to [address on the entry’s own page]"
    ]
    sheet = body_of(client, "/submissions.csv?sort=title").decode().splitlines()
    assert sheet[0].endswith(",figures_undecided,what_it_took")
    assert any(line.endswith(",Not stated") for line in sheet)
    assert client.get(f"/api/submissions/{entry.slug}").json()["what_it_took"] == results[0]["what_it_took"]
    paragraphs = [p.text for p in docx.Document(io.BytesIO(body_of(client, f"/pack.docx?ids={entry.pk}"))).paragraphs]
    assert any(text.startswith("What it took: Two advisers") and "@" not in text for text in paragraphs)


def test_where_nobody_states_it_nothing_more_is_signed(make_entry):
    entry = make_entry(what_it_took="")
    assert "What it took" not in claims(entry)
    entry.what_it_took = WORDS
    assert claims(entry)["What it took"] == [WORDS]


def test_words_withdrawn_leave_it_too_and_can_come_back(client, make_entry):
    said = "“Ann & I paid £5 < £6 for it.”"
    entry = make_entry(what_it_took=f"A young person: {said}", voices=[said])
    voice = entry.voices.get()
    voice.withdraw()
    assert "paid" not in client.get(entry.get_absolute_url()).content.decode()
    entry.refresh_from_db()
    entry.what_it_took = f"Again: {said}"
    entry.save()
    entry.settle_evidence()
    assert "paid" not in client.get(entry.get_absolute_url()).content.decode()
    voice.refresh_from_db()
    voice.restore()
    entry.refresh_from_db()
    assert entry.what_it_took == f"Again: {said}"


def test_a_figure_quoted_from_it_is_not_to_settle(make_entry):
    entry = make_entry(what_it_took=WORDS)
    figure = {"figure": "£80,000", "label": "a year", "quote": "Two advisers, £80,000 a year", "kind": "cost"}
    entry.metrics.create(value=80_000, unit="GBP", status="confirmed", **figure)
    entry.settle_evidence()
    assert not entry.metrics.get().to_settle
