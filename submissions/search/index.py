"""Writes the index: the row of words of each published entry, and how many of them have each stem.

Nothing of any other entry is in it, so no spelling help, completion, count or order of results can give words away that
readers may not see. What changed is noted by triggers (`submissions.triggers`), and written again by `renew`: at the
end of the request or command that changed it, and before a search where notes are left."""

import logging
import random
from collections import Counter
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction

from submissions.models import CatalogueVersion, EntryToRenew, SearchRow, SearchStem, SearchWord, Submission
from submissions.search.documents import documents
from submissions.search.engines import engine_of
from submissions.search.stems import stem

PATIENCE = 2000  # milliseconds
BATCH = 500  # entries at once: enough to share the queries, few enough to keep in memory (about 30 MB of text)
COLUMNS = ("title", "about", "details", "text")
log = logging.getLogger(__name__)


def renew(patience=PATIENCE):
    """Write the index rows of the entries that were noted, and delete the notes. One query when there are none.

    Where somebody else writes the index for longer than `patience` (milliseconds), it raises an OperationalError and
    the notes stay. The catalogue's version changes, since pages may have been drawn from the index as it was."""
    if not EntryToRenew.objects.exists():
        return
    with short_waits(patience) as cursor:
        _keep_other_writers_out(cursor)
        # Deleted before the entries are read: what changes from now on is noted again.
        cursor.execute(f"DELETE FROM {EntryToRenew._meta.db_table} RETURNING submission")  # noqa: S608 (our own table)
        _index({pk for (pk,) in cursor.fetchall()})
        _change_version()


def renew_if_possible(after):
    """As `renew`; what cannot be written now is logged, with what came before it, and left to the next search."""
    try:
        renew()
    except DatabaseError:
        log.exception("The search index could not be renewed after %s", after)


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


def renew_after_writing(get_response):
    """Middleware: what a request changed is in the index before anybody searches."""

    def answer(request):
        response = get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            renew_if_possible(request.path)
        return response

    return answer


def rebuild(progress=None):
    """Write the whole index again from the entries, all or nothing. Returns how many there are.
    `progress(n)` is called after every batch of n entries."""
    with transaction.atomic(), connection.cursor() as cursor:
        _keep_other_writers_out(cursor)
        for model in (EntryToRenew, SearchRow, SearchStem, SearchWord):
            model.objects.all()._raw_delete(model.objects.db)
        engine_of(connection).rebuild(cursor)
        pks = list(Submission.objects.published().values_list("pk", flat=True))
        _index(pks, progress)
        _change_version()
    return len(pks)


def _change_version():
    """Every process reads words and terms again, and draws its pages again."""
    CatalogueVersion.objects.update(stamp=random.getrandbits(53))


def _keep_other_writers_out(cursor):
    """Of two that count the same words, one waits for the other. On SQLite every writer does."""
    if connection.vendor == "postgresql":
        cursor.execute(f"LOCK TABLE {SearchRow._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _index(pks, progress=None):
    """Write the rows of these entries, new or old, and remove those of entries that are not published (any more)."""
    pks, counts, words = sorted(pks), Counter(), {}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        _index_batch(batch, counts, words)
        if progress:
            progress(len(batch))
    _write_words(words)
    _count(counts)


def _index_batch(pks, counts, words):
    """Write the rows of one batch; add to `counts` (by stem) and `words` ({word: parts}) what is stored at the end."""
    counts.subtract(_stem_counts(pks))
    found = list(documents(pks))
    for document in found:
        counts.update(document.stems)
        words.update(dict.fromkeys(document.words.difference(words), ""))
        words.update(document.parts)
    if hidden := set(pks).difference(document.pk for document in found):
        SearchRow.objects.filter(pk__in=hidden).delete()
    _write_rows(found)


def _stem_counts(pks):
    """How many of these entries' rows, as they stand, have each stem."""
    counts = Counter()
    for columns in SearchRow.objects.filter(pk__in=pks).values_list(*COLUMNS):
        counts.update(_stems_in(columns))
    return counts


def _stems_in(columns):
    if connection.vendor == "postgresql":  # 'stem':1,7,12 in alphabetical order
        return {lexeme.partition(":")[0].strip("'") for column in columns for lexeme in column.split()}
    return {part for column in columns for part in column.split()}


def _write_rows(found):
    rows = [
        SearchRow(submission_id=document.pk, **dict(zip(COLUMNS, document.columns, strict=True))) for document in found
    ]
    SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["submission"], update_fields=COLUMNS)


def _write_words(words):
    table = connection.ops.quote_name(SearchWord._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (word, stem, parts) VALUES (%s, %s, %s) "  # noqa: S608 (our own table's name)
            "ON CONFLICT (word) DO UPDATE SET parts = excluded.parts "
            f"WHERE {table}.parts = '' AND excluded.parts <> ''",
            [(word, stem(word), parts[:120]) for word, parts in sorted(words.items())],
        )


def _count(changes):
    """Add to the stems' counts. In alphabetical order, so that two writers cannot lock each other out."""
    changed = sorted((part, change) for part, change in changes.items() if change)
    table = connection.ops.quote_name(SearchStem._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (stem, entries) VALUES (%s, %s) "  # noqa: S608 (our own table's name)
            f"ON CONFLICT (stem) DO UPDATE SET entries = {table}.entries + %s",
            [(part, max(change, 0), change) for part, change in changed],
        )
    if removed := [part for part, change in changed if change < 0]:
        _forget_words(removed)


def _forget_words(stems):
    """Delete those of these stems that no entry has any more, with their spellings."""
    for start in range(0, len(stems), BATCH):
        unused = SearchStem.objects.filter(stem__in=stems[start : start + BATCH], entries=0)
        SearchWord.objects.filter(stem__in=unused.values("stem")).delete()
        unused.delete()
