"""Writes again what is derived from entries that were noted."""

import logging
import random
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from submissions.derived import rows
from submissions.models import CatalogueVersion, DerivedEntry, EntryToRenew, Submission

PATIENCE = 2000  # milliseconds
# Modules that write something of each entry: `write(pks, progress)`, where entries that are not published (any more)
# leave nothing to readers, and `clear()`, before all is written again. `submissions.apps` adds those above this one.
WRITERS = [rows]
log = logging.getLogger(__name__)


def renew(patience=PATIENCE):
    """Write all that is derived from the entries that were noted, and delete the notes. One query if there are none.

    Where somebody else does so for longer than `patience` (milliseconds), it raises an OperationalError and the notes
    stay. The catalogue's version changes: what a process built while notes were left is built again."""
    if not EntryToRenew.objects.exists():
        return
    with short_waits(patience) as cursor:
        _keep_other_writers_out(cursor)
        # Deleted before the entries are read: what changes from now on is noted again.
        cursor.execute(f"DELETE FROM {EntryToRenew._meta.db_table} RETURNING submission")  # noqa: S608 (our own table)
        _write(sorted({pk for (pk,) in cursor.fetchall()}))


def renew_if_possible(what):
    """As `renew`; what cannot be written now is logged, with `what` was going on, and left to the next reader."""
    try:
        renew()
    except DatabaseError:
        log.exception("What is derived from the entries could not be renewed %s", what)


def renew_after_writing(get_response):
    """Middleware: what a request changed is renewed before anybody reads."""

    def answer(request):
        response = get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            renew_if_possible(f"after {request.path}")
        return response

    return answer


def rebuild(progress=None):
    """Write all that is derived again from the entries, all or nothing. Returns how many there are.
    `progress(n)` is called after every batch of n entries in the search index."""
    with transaction.atomic(), connection.cursor() as cursor:
        _keep_other_writers_out(cursor)
        EntryToRenew.objects.all()._raw_delete(EntryToRenew.objects.db)
        for writer in WRITERS:
            writer.clear()
        published = set(Submission.objects.published().values_list("pk", flat=True))
        # Also the rows of entries that are no longer there: other processes learn of it by these.
        _write(sorted(published.union(DerivedEntry.objects.values_list("pk", flat=True))), progress)
    return len(published)


def _write(pks, progress=None):
    for writer in WRITERS:
        writer.write(pks, progress)
    CatalogueVersion.objects.update(stamp=random.getrandbits(53))


@contextmanager
def short_waits(milliseconds):
    """A transaction, and its cursor, that gives up where another connection keeps it waiting for longer."""
    usual = None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = '{int(milliseconds)}ms'")
            yield cursor
    finally:
        if usual is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def _keep_other_writers_out(cursor):
    """Of two that renew, one waits for the other. On SQLite every writer does."""
    if connection.vendor == "postgresql":
        cursor.execute(f"LOCK TABLE {DerivedEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
