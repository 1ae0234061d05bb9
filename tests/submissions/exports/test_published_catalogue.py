"""The published catalogue itself, through every door that gives away many entries at once."""

import io
import json
import zipfile

import pytest
from django.core.cache import caches

from boroughs.models import Contact
from submissions.exports.tables import TABLES
from submissions.models import Administrator, Submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(seed_catalogue):
    caches["requests"].clear()


def everything(client, download):
    """(address, text) of every file, and of every answer of the API."""
    for table in TABLES.values():
        for form, path in table.addresses():
            content = download(path)
            if form == "xlsx":
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    content = b"\n".join(book.read(name) for name in book.namelist())
            yield path, content.decode()
    slugs = Submission.objects.published().values_list("slug", flat=True)
    for rest in ("submissions", "outcomes", "openapi.json", "", *(f"submissions/{slug}" for slug in slugs)):
        yield f"/api/{rest}", client.get(f"/api/{rest}").content.decode()


def test_no_address_of_anybody_goes_out_in_bulk(catalogue, client, download):
    known = {*Contact.objects.values_list("email", flat=True), *Administrator.objects.values_list("email", flat=True)}
    assert len(known) > 10
    for address, content in everything(client, download):
        assert not [email for email in known if email and email in content], address
        assert "@" not in content.replace("@context", "").replace("@graph", ""), address


def test_every_entry_is_there_with_what_its_page_says(catalogue, download):
    rows = {row["id"]: row for row in json.loads(download("/submissions.json"))["results"]}
    entries = list(Submission.objects.published().for_detail())
    assert len(rows) == len(entries) > 10
    for entry in entries:
        row = rows[entry.pk]
        assert row["title"] == entry.title
        assert row["boroughs"] == [borough.name for borough in entry.boroughs.all()]
        assert set(row["themes"]) == {theme.name for theme in entry.themes.all()}
        assert row["partners"] == [partner.name for partner in entry.partners.all()]
        assert row["figures"] == [str(figure) for figure in entry.figures]
        assert row["voices_count"] == len(entry.heard)
        assert row["delivery_body"] == (entry.delivery_body.name if entry.delivery_body else None)
        assert "<" not in (row["summary"] or "")
