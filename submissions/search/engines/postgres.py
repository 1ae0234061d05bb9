"""PostgreSQL: one `tsvector` of the four weights, generated from the words of `SearchRow`, with a GIN index."""

from submissions.search.query import Way

ROWS = "submissions_searchrow"
LABELS = {"title": "A", "about": "B", "details": "C", "text": "D"}
WEIGHTS = "{0.05, 0.25, 0.5, 1.0}"  # of D, C, B, A, as ts_rank wants them
ALSO_WEIGHT = 0.3  # a synonym counts this much of a typed word
TITLE = 0.7  # a typed word that is in the title counts this much more
RANK = f"%s * ts_rank(%s, {ROWS}.found, %s::tsquery)"
NEARNESS = 8.0  # the words side by side, as they were typed


def set_up(schema_editor):
    parts = " || ".join(f"setweight({column}, '{label}')" for column, label in LABELS.items())
    schema_editor.execute(f"ALTER TABLE {ROWS} ADD COLUMN found tsvector GENERATED ALWAYS AS ({parts}) STORED")
    schema_editor.execute(f"CREATE INDEX {ROWS}_found ON {ROWS} USING gin (found)")


def tear_down(schema_editor):
    schema_editor.execute(f"ALTER TABLE {ROWS} DROP COLUMN IF EXISTS found")


def follow_rows(schema_editor):
    """Nothing to do: the column is generated."""


def rebuild(cursor):
    """Nothing to write again, for the same reason."""


def matches(query):
    """(SQL, parameters): the ids of entries that have every concept of the query."""
    return f"SELECT submission_id FROM {ROWS} WHERE found @@ %s::tsquery", [expression(query.concepts)]  # noqa: S608


def scored(query):
    """(SQL, parameters): the ids of entries that `matches` gives, each with its score, the lowest best."""
    score, params = _score(query)
    sql = f"SELECT submission_id, -({score}) FROM {ROWS} WHERE found @@ %s::tsquery"  # noqa: S608
    return sql, [*params, expression(query.concepts)]


def in_title(wanted):
    """(SQL, parameters): the ids of entries whose title has, of each group of stems, at least one."""
    groups = " & ".join("(" + " | ".join(f"'{word}':A" for word in group) + ")" for group in wanted)
    return f"SELECT submission_id FROM {ROWS} WHERE found @@ %s::tsquery", [groups]  # noqa: S608


def begins_with(column, letters):
    """(SQL, parameters): a column of words begins with these letters. By its index for patterns."""
    return f"{column} LIKE %s", [f"{letters}%"]


def expression(concepts):
    return " & ".join(f"({_any((*concept.typed, *concept.also))})" for concept in concepts)


def _score(query):
    """Each concept's rank times how telling it is; ts_rank itself knows nothing of rare and common words."""
    terms, params = [], []
    for concept in query.concepts:
        for ways, weight in ((concept.typed, 1), (concept.also, ALSO_WEIGHT)):
            if ways:
                terms.append(RANK)
                params += [concept.telling * weight * _size(ways), WEIGHTS, _any(ways)]
        terms.append(f"CASE WHEN {ROWS}.found @@ %s::tsquery THEN %s ELSE 0 END")
        params += [_any(concept.typed, ":A"), concept.telling * TITLE]
    if len(query.in_order) > 1:
        terms.append(RANK)
        params += [NEARNESS, WEIGHTS, _phrase(query.in_order)]
    return " + ".join(terms), params


def _size(ways):
    """ts_rank divides what it adds up by the number of different words asked for."""
    return len({stem for way in ways for stem in way.stems})


def _any(ways, label=""):
    return " | ".join(f"({_way(way, label)})" for way in ways)


def _way(way, label=""):
    """`label`: “:A” for the title only."""
    return (" <-> " if way.adjacent else " & ").join(f"'{word}'{label}" for word in way.stems)


def _phrase(stems):
    return _way(Way(stems))
