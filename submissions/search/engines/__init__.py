"""Two engines behind one way to ask. An engine knows:

`set_up(schema_editor)` / `tear_down(schema_editor)`  its tables beside the managed ones
`follow_rows(schema_editor)`  makes what keeps them true, after the table of rows was made again
`rebuild(cursor)`     writes what is stored beside the managed rows again
`in_title(wanted)`    SQL that gives the ids of entries with these stems in their title
`matches(query)`      SQL that gives the ids of entries, and its parameters
`scored(query)`       the same with a score for each, the lowest best
`ranked(queryset, query)`  the queryset with the nearest first
"""

from submissions.search.engines import postgres, sqlite

_ENGINES = {"sqlite": sqlite, "postgresql": postgres}


def engine_of(connection):
    return _ENGINES[connection.vendor]
