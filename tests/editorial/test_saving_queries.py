"""How often saving an entry at the desk asks the database: never more than 60 times, however rich the entry."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.edits import waiting_version
from submissions.models import Submission
from tests.admin.conftest import administrator, catalogue, desk, fields_of, group, send_form

__all__ = ["administrator", "catalogue", "desk", "group", "send_form"]
RICH = "speakerbox-and-the-innovation-project"  # four figures, eight voices, five themes, four partners


@pytest.fixture
def rich(catalogue):
    return Submission.objects.get(slug=RICH)


@pytest.fixture
def asked(desk):
    """asked(entry, **changes) → how many queries the sent form took, as far as its own transaction goes: the renewal
    of what is derived comes after it."""

    def count(entry, **changes):
        address = f"/admin/submissions/submission/{entry.pk}/change/"
        fields = fields_of(desk.get(address)) | {"_save": "1"} | changes
        with CaptureQueriesContext(connection) as queries:
            answer = desk.post(address, fields)
        assert answer.status_code == 302, answer.context["errors"]
        statements = [query["sql"] for query in queries]
        return next(n for n, sql in enumerate(statements) if "entrytorenew" in sql)

    return count


def figure(entry, number):
    """One figure more, as the form sends it."""
    like = entry.metrics.first()
    new = {"figure": "44%", "label": "were happy", "quote": like.quote, "kind": like.kind, "status": "proposed"}
    new |= {"value": "44", "unit": "percent", "position": "9"}
    return {"metrics-TOTAL_FORMS": number + 1} | {f"metrics-{number}-{name}": value for name, value in new.items()}


def test_a_published_entry(rich, asked):
    """A changed text begins a new version beside it; from then on the form shows and saves that."""
    numbers = []
    numbers.append(asked(rich))
    numbers.append(asked(rich, team="Another team"))
    draft = waiting_version(rich)
    assert (draft.team, draft.metrics.count(), draft.voices.count()) == ("Another team", 4, 8)
    numbers.append(asked(rich))
    numbers.append(asked(rich, **figure(rich, 4)))
    assert numbers == [36, 54, 49, 53]
    assert (rich.metrics.count(), draft.metrics.count()) == (4, 5)


def test_a_draft(rich, asked):
    numbers = []
    Submission.objects.filter(pk=rich.pk).update(status="draft")
    numbers.append(asked(rich))
    numbers.append(asked(rich, team="Another team"))
    numbers.append(asked(rich, **figure(rich, 4)))
    assert numbers == [35, 39, 38]
    assert rich.metrics.count() == 5
