"""Writes again what is derived from entries that were noted."""

import logging
import random
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from submissions.derived import rows
from submissions.models import CatalogueVersion, DerivedEntry, EntryToRenew, Submission

PATIENCE = 2000  # milliseconds
# Entries at most that a request draws of those that it changed itself. Where it changed more, and of what others left
# to a reader, none is drawn: each is drawn for the first reader who asks for it, or by the next command.
DRAWN_AFTER_WRITING = 200
DRAWN_TOGETHER = 100  # by a command, in one transaction: others write in between
# Modules of higher parts that write something of each entry, added by `submissions.apps`: `write(pks, progress)`, where
# entries that are not published (any more) leave nothing to readers, and `clear()`, before all is written again.
WRITERS = []
log = logging.getLogger(__name__)


def renew(most_drawn=None, patience=PATIENCE):
    """Write all that is derived from the entries that were noted, and delete the notes. One query if there are none.

    If more than `most_drawn` were noted, none is drawn. Without it, all are, and whatever else this code has not drawn.
    Where somebody else renews for longer than `patience` (milliseconds), it raises an OperationalError and the notes
    stay. The catalogue's version changes: what a process built while notes were left is built again."""
    if EntryToRenew.objects.exists():
        with _alone(patience) as cursor:
            # Deleted before the entries are read: what changes from now on is noted again.
            table = EntryToRenew._meta.db_table
            cursor.execute(f"DELETE FROM {table} RETURNING submission")  # noqa: S608 (our own table)
            pks = sorted({pk for (pk,) in cursor.fetchall()})
            _write(pks)
        if most_drawn is not None and len(pks) <= most_drawn:
            draw_if_possible(pks)
    if most_drawn is None:
        draw_rest()


def renew_if_possible(what, most_drawn=0):
    """As `renew`; what cannot be written now is logged, with `what` was going on, and left to the next reader."""
    try:
        renew(most_drawn)
    except DatabaseError:
        log.exception("What is derived from the entries could not be renewed %s", what)


def renew_after_writing(get_response):
    """Middleware: what a request changed is renewed before anybody reads."""

    def answer(request):
        response = get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            renew_if_possible(f"after {request.path}", DRAWN_AFTER_WRITING)
        return response

    return answer


def draw(pks, patience=PATIENCE):
    """Draw and store those of these entries that this code has not drawn yet; of several who want one, one does."""
    with _alone(patience):
        rows.draw(pks)


def draw_if_possible(pks):
    """As `draw`; what cannot be drawn or stored now is logged, and tried again for its next reader. An entry that fails
    keeps nobody from the others."""
    try:
        draw(pks)
    except Exception:
        log.exception("Entries %s could not be drawn and stored", pks)


def cards(keys, **how):
    """The cards of these entries as `rows.shown_cards` has them, which says `how`. What this code has not drawn is
    drawn first and stored, for whoever asks next. One query where nothing is missing."""
    keys = list(keys)
    stored = rows.stored_cards(keys)
    missing = [pk for pk in keys if pk not in stored]
    # Notes are left only where nothing can be stored just now.
    if missing and not EntryToRenew.objects.filter(submission__in=missing).exists():
        draw_if_possible(missing)
        stored |= rows.stored_cards(missing)
    return rows.shown_cards(keys, stored, **how)


def draw_rest(progress=None):
    """Draw and store whatever this code has not drawn. `progress(n)` is called after every n entries."""
    pks = rows.not_drawn()
    for start in range(0, len(pks), DRAWN_TOGETHER):
        together = pks[start : start + DRAWN_TOGETHER]
        draw_if_possible(together)
        if progress:
            progress(len(together))


def renew_after_migrating(using, plan=(), **_):
    """Renew what a migration had noted, which is every entry, before a reader comes; draw none. Not on the way back, or
    not this far yet: then the code does not fit the tables."""
    executor = MigrationExecutor(connections[using])
    if plan and using == DEFAULT_DB_ALIAS and not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        renew(most_drawn=0)


def rebuild(progress=None):
    """Write all that is derived again from the entries, all or nothing; draw none. Returns how many there are.
    `progress(n)` is called after every batch of n entries in the search index."""
    with _alone(None):
        EntryToRenew.objects.all()._raw_delete(EntryToRenew.objects.db)
        for writer in WRITERS:
            writer.clear()
        published = set(Submission.objects.published().values_list("pk", flat=True))
        # Also the rows of entries that are no longer there: other processes learn of it by these.
        _write(sorted(published.union(DerivedEntry.objects.values_list("pk", flat=True))), progress)
    return len(published)


def _write(pks, progress=None):
    rows.write(pks)
    for writer in WRITERS:
        writer.write(pks, progress)
    CatalogueVersion.objects.update(stamp=random.getrandbits(53))


@contextmanager
def _alone(patience):
    """A transaction, and its cursor, beside which nobody else renews. On SQLite every writer waits for the other."""
    with short_waits(patience) as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {DerivedEntry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        yield cursor


@contextmanager
def short_waits(milliseconds):
    """A transaction, and its cursor, that gives up where another connection keeps it waiting for longer; None: waits as
    long as usual."""
    usual = None
    if milliseconds is not None and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if milliseconds is not None and connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = '{int(milliseconds)}ms'")
            yield cursor
    finally:
        if usual is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
