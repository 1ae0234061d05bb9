"""Another catalogue's export: every entry of it is loaded, or none."""

import json

import pytest
from django.core.management import CommandError, call_command

from boroughs.models import Contact
from submissions.models import Partner, Submission, Theme

FIRST = {
    "title": "Homes for two",
    "boroughs": ["Camden", "Sutton"],
    "themes": ["Housing"],
    "partners": ["Centrepoint", "Centrepoint"],
    "category": "Homes",
    "team": "Leaving care",
    "summary": "Two homes.",
    "body": "One & two.\n\nThree.",
    "contacts": [{"name": "Ana Bell", "role": "Manager", "email": "Ana.Bell@camden.gov.uk"}],
    "outcomes": [
        {"label": "moved in", "value": 31, "unit": "people"},
        {"label": "stay", "value": 90, "unit": "per cent"},
    ],
    "published": "2026-03-31",
}
SECOND = {"title": "Work", "boroughs": ["Sutton"], "contacts": FIRST["contacts"], "published": "2025-01-02"}


@pytest.fixture
def load(boroughs, tmp_path):
    def load(*records):
        file = tmp_path / "corpus.jsonl"
        lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
        file.write_text("\n".join(lines))
        call_command("load_catalogue", file)

    return load


@pytest.fixture
def boroughs(db):
    call_command("loaddata", "fixtures/boroughs.json", "fixtures/themes.json", verbosity=0)


def test_an_entry_is_loaded_with_all_that_belongs_to_it(load, client, capsys):
    load(FIRST, SECOND)
    assert capsys.readouterr().out.endswith("The catalogue now has 2.\n")
    homes, work = Submission.objects.order_by("pk")
    assert (homes.slug, homes.status, homes.round.year, work.round.year) == ("homes-for-two", "published", 2026, 2025)
    assert (homes.summary, homes.body) == ("<p>Two homes.</p>", "<p>One &amp; two.</p><p>Three.</p>")
    assert homes.borough_names == "Camden and Sutton"
    assert list(homes.themes.all()) == [Theme.objects.get(slug="housing")]
    assert list(homes.partners.all()) == [Partner.objects.get(slug="centrepoint")]
    assert [str(figure) for figure in homes.metrics.shown()] == ["31 people: moved in", "90%: stay"]
    assert [*homes.contacts.all()] == [*work.contacts.all()] == [Contact.objects.get(email="ana.bell@camden.gov.uk")]
    assert b'data-submission="homes-for-two"' in client.get("/submissions/?q=homes").content


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{", "Line 2 is not JSON"),
        ({"title": "Nowhere"}, "Line 2 has no title or no boroughs."),
        (SECOND | {"boroughs": ["Reading"]}, "Line 2: “Reading” is none of London's 33 local authorities."),
        (SECOND | {"published": "soon"}, "Line 2: “published” must be a date"),
        (SECOND | {"slug": "homes-for-two"}, "Line 2: there is already an entry at “homes-for-two”."),
        (SECOND | {"outcomes": [{"value": "many"}]}, "Line 2: each outcome needs a “value” that is a number."),
        (SECOND | {"contacts": [{"role": "Manager"}]}, "Line 2: each contact needs a “name”."),
    ],
)
def test_one_bad_line_loads_nothing(load, record, said):
    with pytest.raises(CommandError, match=said):
        load(FIRST, record)
    assert not Submission.objects.exists()
    assert not Contact.objects.exists()
