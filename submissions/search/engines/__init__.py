"""Two engines behind one way to ask. An engine knows:

`set_up(schema_editor)` / `tear_down(schema_editor)`  its tables beside the managed ones
`follow_rows(schema_editor)`  makes what keeps them true, after the table of rows was made again
`rebuild(cursor)`     writes what is stored beside the managed rows again
`in_title(wanted)`    SQL that gives the ids of entries with these stems in their title
`begins_with(column, letters)`  a condition in SQL, and its parameters
`matches(query)`      SQL that gives the ids of entries, and its parameters
`scored(query)`       the same with a score for each, the lowest best
"""

from django.db import connection

from submissions.search.engines import postgres, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine_of(connection):
    return _ENGINES[connection.vendor]


def matching_ids(query):
    """The keys of published entries that have every concept of the query."""
    return [pk for (pk,) in _rows(query, "matches")]


def scored_ids(query):
    """[(key, score)] of the same entries, the lowest score best."""
    return _rows(query, "scored")


def _rows(query, question):
    if not query.concepts:
        return []  # nothing but little words, or no word at all
    with connection.cursor() as cursor:
        cursor.execute(*getattr(engine_of(connection), question)(query))
        return cursor.fetchall()
