"""Every version of an entry, kept with its author; and new versions of entries that readers see meanwhile unchanged."""

from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models.signals import post_save

from editorial.models import Version
from editorial.snapshots import restore, snapshot_of
from submissions.models import Submission


def save_version(entry, *, by=None, why=""):
    """Saves what the entry says as its newest version, unless its last version says the same; returns the newest."""
    content, last = snapshot_of(entry), entry.versions.first()
    if last and last.content == content:
        return last
    return Version.objects.create(submission=entry, title=entry.title, by=by, why=why, content=content)


@transaction.atomic
def begin_new_version(entry, *, by=None):
    """Creates a draft with the content of a published entry, to be changed and then published in its place.

    Readers see nothing of it. Its first version is what it began with: its changes are compared with that.
    """
    slug = f"{entry.slug[:230]}--new-version"
    draft = Submission.objects.create(replaces=entry, slug=slug, title=entry.title, round=entry.round)
    restore(snapshot_of(entry), draft)
    save_version(draft, by=by, why="New version begun")
    return draft


def start():
    """Whatever the desk writes in its log about an entry or a part of one, is a version of that entry."""
    post_save.connect(_keep_what_was_logged, LogEntry)


def _keep_what_was_logged(instance, created, **_):
    record = instance.get_edited_object() if created and not instance.is_deletion() else None
    entry = record if isinstance(record, Submission) else getattr(record, "submission", None)
    if isinstance(entry, Submission):
        save_version(entry, by=instance.user, why=instance.get_change_message())
