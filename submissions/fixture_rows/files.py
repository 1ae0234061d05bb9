"""The fixture files: built from sources and decisions, as the same bytes each time."""

import json
from collections import Counter

from submissions.fixture_rows.boroughs import borough_rows
from submissions.fixture_rows.glossary import term_rows
from submissions.fixture_rows.page_rows import page_rows
from submissions.fixture_rows.row import BuildError
from submissions.fixture_rows.themes import theme_rows

BUILT = ("boroughs.json", "themes.json", "glossary.json", "care-leavers.json")  # in the order they load


def build(root):
    """{file name: rows} for every file in BUILT; `root` is the fixtures folder. BuildError says what is wrong."""
    boroughs, themes = borough_rows(root), theme_rows(root)
    rows = (boroughs, themes, term_rows(root), page_rows(root, boroughs, themes))
    built = dict(zip(BUILT, rows, strict=True))
    for name, rows in built.items():
        _each_key_once(name, rows)
    return built


def _each_key_once(name, rows):
    (key, times), *_ = Counter((row["model"], row["pk"]) for row in rows).most_common(1)
    if times > 1:
        raise BuildError(f"{name} would hold {key[0]} {key[1]} {times} times; give one of them another number.")


def as_bytes(rows):
    """The file's content: one space of indent, letters as they are, a line end at the end."""
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def write_built(root, built):
    """Write every file; returns the number of rows."""
    for name, rows in built.items():
        (root / name).write_bytes(as_bytes(rows))
    return sum(len(rows) for rows in built.values())


def read_built(path):
    """The rows of a fixture file, none if there is no such file. BuildError if it is not a list of rows."""
    if not path.exists():
        return []
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise BuildError(f"{path} is not valid JSON ({error}). Delete it and run build_fixtures.") from error
