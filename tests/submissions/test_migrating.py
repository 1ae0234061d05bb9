"""A database that is in use is brought from one release to the next, and back."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def manage(database, *words):
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=settings.ROOT, env=os.environ | database, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
def test_tables_that_triggers_speak_of_can_be_remade(tmp_path):
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}", "DEBUG": "on"}
    manage(database, "load_fixtures", "--migrate")
    manage(database, "migrate", "submissions", "0008", "--verbosity=0")
    manage(database, "migrate", "--verbosity=0")
    names = ("note_", "submissions_searchindex_", "version_submissions_")
    count = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{}%'"
    asked = "from django.db import connection as c; k = c.cursor(); " + "; ".join(
        f'print(k.execute("{count.format(name)}").fetchone()[0])' for name in names
    )
    notes, index, version = (int(line) for line in manage(database, "shell", "--no-imports", "-c", asked).split())
    assert (notes, index, version > 30) == (50, 3, True)
