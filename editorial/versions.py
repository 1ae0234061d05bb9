"""Every version of an entry, with its author; and new versions of entries that readers see meanwhile unchanged."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models.signals import post_save

from editorial.models import Version
from editorial.snapshots import read_whole, restore, snapshot_of, whole_as_created
from submissions.models import Submission


def save_version(entry, *, by=None, why=""):
    """Saves what the entry says as its newest version, unless its last version says the same; returns the newest."""
    content, last = snapshot_of(entry), entry.versions.first()
    if last and last.content == content:
        return last
    return Version.objects.create(submission=entry, title=entry.title, by=by, why=why, content=content)


@transaction.atomic(savepoint=False)
def begin_new_version(entry, *, by=None):
    """Creates a draft with the content of a published entry, to be changed and then published in its place.

    Readers see nothing of it. Its first version is what it began with: its changes are compared with that.
    """
    slug = f"{entry.slug[:230]}--new-version"
    entry = entry if entry.is_whole else read_whole(Submission.objects.get(pk=entry.pk))
    content = snapshot_of(entry)
    draft = whole_as_created(Submission.objects.create(replaces=entry, slug=slug, **content["fields"]))
    restore(content, draft, source=entry)
    save_version(draft, by=by, why="New version begun")
    return draft


_read = ContextVar("the whole entry that the desk is about to log", default=None)


def start():
    """Whatever the desk writes in its log about an entry or a part of one, is a version of that entry."""
    post_save.connect(_save_what_was_logged, LogEntry)


@contextmanager
def as_read(entry):
    """Within it, what is logged about this whole entry is a version as it was read: it need not be read again."""
    token = _read.set(entry)
    try:
        yield
    finally:
        _read.reset(token)


def _save_what_was_logged(instance, created, **_):
    if not created or instance.is_deletion():
        return
    entry = _read.get()
    if entry is None:
        record = instance.get_edited_object()
        entry = record if isinstance(record, Submission) else getattr(record, "submission", None)
    if isinstance(entry, Submission):
        save_version(entry, by=instance.user, why=instance.get_change_message())
