"""The entries a query asks for, from whichever engine holds them."""

from django.db import connections
from django.db.models.expressions import RawSQL

from submissions.search.engines import engine_of
from submissions.search.understanding import understand


def search(queryset, text):
    """The entries of a queryset that a text asks for, best first, then newest."""
    query = understand(text)
    return ranked(matching(queryset, query), query)


def matching(queryset, query):
    """The entries of a queryset that have every concept of the query; all of them when nothing was typed."""
    if query.is_empty:
        return queryset
    if not query.concepts:
        return queryset.none()  # nothing but little words, or no word at all
    sql, params = _engine(queryset).matches(query)
    return queryset.filter(pk__in=RawSQL(sql, params))  # noqa: S611 (our own SQL; words as parameters)


def ranked(queryset, query):
    """A queryset that `matching` gave, in order of relevance, then newest."""
    if not query.concepts:
        return queryset.newest_first()
    return _engine(queryset).ranked(queryset, query)


def matching_ids(query):
    """The keys of published entries that have every concept of the query: for an index in memory."""
    return [pk for (pk,) in _rows(query, "matches")]


def scored_ids(query):
    """[(key, score)] of the same entries, the lowest score best. With an index in memory of what is published and how
    new it is, this gives the first page several times faster than `ranked`, which reads each entry's own row."""
    return _rows(query, "scored")


def _rows(query, question):
    if not query.concepts:
        return []
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute(*getattr(engine_of(connection), question)(query))
        return cursor.fetchall()


def _engine(queryset):
    return engine_of(connections[queryset.db])
