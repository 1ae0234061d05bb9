"""The seed catalogue with its glossary and thesaurus, as readers search it."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from submissions.models import GlossaryTerm, Submission
from submissions.search import gathered, matching, ranked, understand
from submissions.search.thesaurus_rows import glossary_rows

SOURCES = Path(settings.ROOT) / "fixtures" / "sources"


def load_thesaurus(folder):
    """By loaddata, which also resets the sequence of keys."""
    glossary, thesaurus = (SOURCES / name for name in ("glossary.csv", "thesaurus.csv"))
    GlossaryTerm.objects.all().delete()
    built = folder / "glossary.json"
    built.write_text(json.dumps(glossary_rows(glossary.read_text(), thesaurus.read_text())))
    call_command("loaddata", built, verbosity=0)


@pytest.fixture(scope="session")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The seed catalogue, loaded once; each test's changes are rolled back."""
    with django_db_blocker.unblock():
        if not Submission.objects.exists():
            with gathered():
                call_command("load_fixtures", verbosity=0)
        load_thesaurus(tmp_path_factory.mktemp("thesaurus"))
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def catalogue(seeded, db):
    """Published entries of the seed catalogue."""
    return Submission.objects.published()


@pytest.fixture
def find(catalogue):
    """find(text) → titles of the entries found, best first."""

    def find(text, **options):
        query = understand(text, **options)
        return [entry.title for entry in ranked(matching(catalogue, query), query)]

    return find
