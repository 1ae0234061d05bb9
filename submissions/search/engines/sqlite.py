"""SQLite: an FTS5 index on the words of `SearchRow`. Triggers keep it true to that table, also on a plain DELETE."""

INDEX = "submissions_searchindex"
ROWS = "submissions_searchrow"
COLUMNS = ("title", "about", "details", "text")
WEIGHTS = (10, 5, 3, 1)
TYPED_WEIGHT = 3  # a typed word counts as often as this many of its synonyms

_LIST = ", ".join(COLUMNS)
_NEW = ", ".join(f"new.{column}" for column in COLUMNS)
_OLD = ", ".join(f"old.{column}" for column in COLUMNS)
_ADD = f"INSERT INTO {INDEX}(rowid, {_LIST}) VALUES (new.submission_id, {_NEW});"  # noqa: S608
_DROP = f"INSERT INTO {INDEX}({INDEX}, rowid, {_LIST}) VALUES ('delete', old.submission_id, {_OLD});"  # noqa: S608
_BM25 = f"bm25({INDEX}, {', '.join(map(str, WEIGHTS))})"

TRIGGERS = {
    "add": f"AFTER INSERT ON {ROWS} BEGIN {_ADD} END",
    "drop": f"AFTER DELETE ON {ROWS} BEGIN {_DROP} END",
    "change": f"AFTER UPDATE ON {ROWS} BEGIN {_DROP} {_ADD} END",
}


def set_up(schema_editor):
    """Words come as stems, in lower case, without accents: the tokeniser only has to find the spaces."""
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_LIST}, content='{ROWS}', content_rowid='submission_id', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    follow_rows(schema_editor)


def follow_rows(schema_editor):
    """Make the triggers that keep the index true to the rows, where there are none."""
    for name, body in TRIGGERS.items():
        schema_editor.execute(f"CREATE TRIGGER IF NOT EXISTS {INDEX}_{name} {body}")


def tear_down(schema_editor):
    for name in TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{name}")
    schema_editor.execute(f"DROP TABLE IF EXISTS {INDEX}")


def rebuild(cursor):
    """Write the whole index again from the rows: after a table was rebuilt, or when it was damaged."""
    cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608 (our own constant)


def matches(query):
    """(SQL, parameters): the ids of entries that have every concept of the query."""
    return f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [expression(query.concepts)]  # noqa: S608


def scored(query):
    """(SQL, parameters): the ids of entries that `matches` gives, each with its score, the lowest best."""
    return f"SELECT rowid, {_BM25} FROM {INDEX} WHERE {INDEX} MATCH %s", [_with_nearness(query)]  # noqa: S608


def in_title(wanted):
    """(SQL, parameters): the ids of entries whose title has, of each group of stems, at least one."""
    groups = " AND ".join("(" + " OR ".join(f'"{word}"' for word in group) + ")" for group in wanted)
    sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608
    return sql, [f"title : ({groups})"]


def begins_with(column, letters):
    """(SQL, parameters): a column of words begins with these letters. By its index."""
    return f"{column} >= %s AND {column} < %s", [letters, letters + "\U0010ffff"]


def expression(concepts, typed_weight=1):
    if not any(concept.also for concept in concepts):
        typed_weight = min(typed_weight, 2)  # nothing to weigh them against
    return " AND ".join(f"({_any(concept, typed_weight)})" for concept in concepts)


def _with_nearness(query):
    """The same matches, scored higher where the words stand side by side as they were typed."""
    wanted = expression(query.concepts, TYPED_WEIGHT)
    if len(query.in_order) < 2:
        return wanted
    # Whatever has the phrase has each of its words, so nothing more is found.
    return f"({wanted}) OR {_phrase(query.in_order)}"


def _any(concept, typed_weight):
    typed = [_way(way) for way in concept.typed]
    if typed_weight > 1:
        # In the title a word counts once more, by how few titles have it.
        typed = typed * typed_weight + [f"(title : ({way}))" for way in typed]
    return " OR ".join([*typed, *(_way(way) for way in concept.also)])


def _way(way):
    return _phrase(way.stems) if way.adjacent else "(" + " AND ".join(f'"{word}"' for word in way.stems) + ")"


def _phrase(stems):
    return '"' + " ".join(stems) + '"'
