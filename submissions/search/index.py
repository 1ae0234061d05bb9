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
    stems, words, parts = Counter(), Counter(), {}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        _write_batch(batch, stems, words, parts)
        if progress:
            progress(len(batch))
    _count_words(words, parts)
    _count_stems(stems)


def clear():
    """Delete the whole index, before it is written again from the entries."""
    for model in (SearchRow, SearchStem, SearchWord):
        model.objects.all()._raw_delete(model.objects.db)
    with connection.cursor() as cursor:
        engine_of(connection).rebuild(cursor)


def _write_batch(pks, stems, words, parts):
    """Write the rows of one batch. Add to `stems` and `words` in how many more entries each is, and to `parts`, {joined
    word: its parts}, what is stored at the end."""
    for *columns, spelled in SearchRow.objects.filter(pk__in=pks).values_list(*COLUMNS, "words"):
        stems.subtract(_stems_in(columns))
        words.subtract(spelled.split())
    found = list(documents(pks))
    for document in found:
        stems.update(document.stems)
        words.update(document.words)
        parts.update(document.parts)
    if hidden := set(pks).difference(document.pk for document in found):
        SearchRow.objects.filter(pk__in=hidden).delete()
    _write_rows(found)


def _stems_in(columns):
    if connection.vendor == "postgresql":  # 'stem':1,7,12 in alphabetical order
        return {lexeme.partition(":")[0].strip("'") for column in columns for lexeme in column.split()}
    return {part for column in columns for part in column.split()}


def _write_rows(found):
    stored = (*COLUMNS, "words")
    rows = [
        SearchRow(
            submission_id=document.pk,
            words=" ".join(document.words),
            **dict(zip(COLUMNS, document.columns, strict=True)),
        )
        for document in found
    ]
    SearchRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["submission"], update_fields=stored)


def _count_words(changes, parts):
    """Add to the words' counts, and delete those that no entry has any more."""
    changed = sorted((word, change) for word, change in changes.items() if change or word in parts)
    table = connection.ops.quote_name(SearchWord._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (word, stem, parts, entries) VALUES (%s, %s, %s, %s) "  # noqa: S608 (our own table)
            f"ON CONFLICT (word) DO UPDATE SET entries = {table}.entries + %s, "
            f"parts = CASE {table}.parts WHEN '' THEN excluded.parts ELSE {table}.parts END",
            [(word, stem(word), parts.get(word, "")[:120], max(change, 0), change) for word, change in changed],
        )
    _delete_without_entries(SearchWord, changed)


def _count_stems(changes):
    """Add to the stems' counts. In alphabetical order, so that two writers cannot lock each other out."""
    changed = sorted((part, change) for part, change in changes.items() if change)
    table = connection.ops.quote_name(SearchStem._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (stem, entries) VALUES (%s, %s) "  # noqa: S608 (our own table's name)
            f"ON CONFLICT (stem) DO UPDATE SET entries = {table}.entries + %s",
            [(part, max(change, 0), change) for part, change in changed],
        )
    _delete_without_entries(SearchStem, changed)


def _delete_without_entries(model, changed):
    """Delete those of these words or stems, [(key, change)], that no entry has any more."""
    fewer = [key for key, change in changed if change < 0]
    for start in range(0, len(fewer), BATCH):
        model.objects.filter(pk__in=fewer[start : start + BATCH], entries=0).delete()
