"""Keeps the index true: every save, link, deletion or change of a name writes the rows of the entries it touches.

It happens in the writer's own transaction. `gathered()` writes each entry once where one deed touches it many times;
`submissions.indexed` does the same for the bulk words of a QuerySet, `stale` for whatever sends no signal.
"""

import threading
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.models import (
    OutcomeMetric,
    Partner,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
    ThemedSubmission,
)
from submissions.search.index import forget, index_in_bulk

_waiting = threading.local()  # .entries: a set while `gathered()` is open

# Records an entry shows the names of, and how to find its entries from them.
_NAMED = {
    Borough: lambda record: {"boroughs": record},
    Contact: lambda record: {"contacts": record},
    DeliveryBody: lambda record: models.Q(delivery_body=record) | models.Q(boroughs__delivery_body=record),
    Partner: lambda record: {"partners": record},
    Theme: lambda record: {"themed__tag": record},
}
# Parts of an entry, and the field that holds its key.
_PARTS = {
    OutcomeMetric: "submission_id",
    SubmissionContact: "submission_id",
    SupportingItem: "submission_id",
    ThemedSubmission: "content_object_id",
}


@contextmanager
def gathered():
    """Inside, entries to write are only noted; at the end each is written once, in the transaction that is open."""
    if getattr(_waiting, "entries", None) is not None:
        yield  # inside another: the outer one writes
        return
    _waiting.entries = set()
    try:
        with transaction.atomic():
            yield
            index_in_bulk(_waiting.entries)
    finally:
        _waiting.entries = None


def reindex(pks):
    """Write these entries now, or at the end of `gathered()`."""
    if getattr(_waiting, "entries", None) is not None:
        _waiting.entries.update(pks)
    elif pks:
        index_in_bulk(pks)


def start():
    """Connect the signals; called once, when the app is ready."""
    post_save.connect(_entry_saved, Submission)
    pre_delete.connect(_entry_goes, Submission)
    for through in (Submission.boroughs.through, Submission.partners.through):
        m2m_changed.connect(_links_changed, through)
    for part in _PARTS:
        post_save.connect(_part_saved, part)
        post_delete.connect(_part_gone, part)
    for named in _NAMED:
        post_save.connect(_name_saved, named)
        pre_delete.connect(_name_goes, named)
        post_delete.connect(_name_gone, named)


def _entry_saved(instance, **_):
    reindex([instance.pk])


def _entry_goes(instance, **_):
    if getattr(_waiting, "entries", None):
        _waiting.entries.discard(instance.pk)
    forget([instance.pk])


def _links_changed(instance, action, reverse, pk_set, **_):
    """Boroughs or partners were linked, from the entry's side or (`reverse`) from theirs."""
    if action == "pre_clear":
        instance._entries_of_links = _other_side(instance, reverse, None)
    elif action == "post_clear":
        reindex(instance._entries_of_links)
    elif action.startswith("post_"):
        reindex(_other_side(instance, reverse, pk_set))


def _other_side(instance, reverse, pk_set):
    if not reverse:
        return [instance.pk]
    return list(pk_set if pk_set is not None else _entries_of(instance))


def _part_saved(instance, sender, **_):
    reindex([getattr(instance, _PARTS[sender])])


def _part_gone(instance, sender, origin=None, **_):
    # Parts that go with their entry must not bring its row back.
    if getattr(origin, "model", type(origin)) is not Submission:
        reindex([getattr(instance, _PARTS[sender])])


def _name_saved(instance, created, **_):
    if not created:
        reindex(_entries_of(instance))


def _name_goes(instance, **_):
    instance._entries_before = _entries_of(instance)


def _name_gone(instance, **_):
    reindex(getattr(instance, "_entries_before", ()))


def _entries_of(record):
    wanted = _NAMED[type(record)](record)
    entries = Submission.objects.filter(**wanted) if isinstance(wanted, dict) else Submission.objects.filter(wanted)
    return list(entries.values_list("pk", flat=True).distinct())
