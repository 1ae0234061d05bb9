"""Whichever column of whatever readers see is changed, by a plain UPDATE: each card and page stored is as drawn anew.

The triggers note an entry for some columns and not for others (`submissions.triggers`); here nobody lists them.
"""

import uuid
import zlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from boroughs.models import Borough
from submissions.derived import rebuild, renew
from submissions.models import DerivedEntry, Submission, Theme
from submissions.triggers import APPS, HISTORY, NOT_SHOWN

MOST_ROWS = 2  # of a table that are changed, each in every column
SHOWN = [
    model
    for label in APPS
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    if model._meta.model_name not in NOT_SHOWN and not model._meta.model_name.startswith(HISTORY)
]


def stored():
    renew()
    rows = DerivedEntry.objects.exclude(card="").values_list("pk", "card", "page", "facets")
    return {pk: (card, zlib.decompress(page).decode(), facets) for pk, card, page, facets in rows}


def rows_of(model):
    """Some rows, of those that entries show where they do not show all."""
    tied = {Borough: "submissions", Theme: "themed__content_object"}.get(model)
    rows = model.objects.order_by("pk")
    if tied:
        rows = rows.filter(**{f"{tied}__in": Submission.objects.published()}).distinct()
    return list(rows[:MOST_ROWS])


def other_values(field, value):
    """Values that the column could have instead, the likeliest first."""
    if field.is_relation:
        others = field.related_model.objects.exclude(pk=value).order_by("pk").values_list("pk", flat=True)[:3]
        return [*others, None]
    if field.choices:
        return [choice for choice, _ in field.flatchoices if choice != value]
    if isinstance(field, models.DateTimeField):
        return [(value or timezone.now()) + timedelta(days=40)]
    if isinstance(field, models.DateField):
        return [(value or timezone.localdate()) + timedelta(days=40)]
    if isinstance(field, models.BooleanField):
        return [not value]
    if isinstance(field, models.UUIDField):
        return [uuid.uuid4()]
    if isinstance(field, models.JSONField):
        return [[*value, "Zeppelin"] if isinstance(value, list) else {"body": "Zeppelin"}]
    if isinstance(field, models.DecimalField):
        return [(value or 0) + Decimal(1)]
    if isinstance(field, models.IntegerField):
        return [(value or 0) + 1]
    return [f"{value[:-1]}x", f"{value}x", "zep"]


def changed(row, field):
    """Whether the row has another value in this column now."""
    for value in other_values(field, getattr(row, field.attname)):
        try:
            with transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{field.attname: value})
            return True
        except DatabaseError:
            continue
    return False


@pytest.mark.slow
@pytest.mark.parametrize("model", SHOWN, ids=lambda model: model._meta.label_lower)
def test_a_change_of_any_column_leaves_no_stored_page_as_it_was(desk, model):
    wrong = []
    for row in rows_of(model):
        for field in model._meta.concrete_fields:
            if field.primary_key:
                continue
            with transaction.atomic():
                if changed(row, field):
                    living = stored()
                    rebuild()
                    if stored() != living:
                        wrong.append(field.name)
                transaction.set_rollback(True)
    assert not wrong
