"""Writes the index: the row of words of each published entry, and how many of them have each stem.

Nothing of any other entry is in it, so no spelling help, completion, count or order of results can give words away that
readers may not see. `submissions.derived` has it written for the entries that changed."""

from collections import Counter

from django.db import connection

from submissions.models import SearchRow, SearchStem, SearchWord
from submissions.search.documents import documents
from submissions.search.engines import engine_of
from submissions.search.stems import stem

BATCH = 500  # entries at once: enough to share the queries, few enough to keep in memory (about 30 MB of text)
COLUMNS = ("title", "about", "details", "text")


def write(pks, progress=None):
    """Write the rows of these entries, new or old, and remove those of entries that are not published (any more).
    `progress(n)` is called after every batch of n entries."""
    counts, words = Counter(), {}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        _write_batch(batch, counts, words)
        if progress:
            progress(len(batch))
    _write_words(words)
    _count(counts)


def clear():
    """Delete the whole index, before it is written again from the entries."""
    for model in (SearchRow, SearchStem, SearchWord):
        model.objects.all()._raw_delete(model.objects.db)
    with connection.cursor() as cursor:
        engine_of(connection).rebuild(cursor)


def _write_batch(pks, counts, words):
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
