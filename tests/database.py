"""The tests' database: migrated once and copied, put back after a journey, the catalogue loaded once and put in again.

Tests in a row that begin with the same rows (STARTS in conftest.py) share them: they are put in once, in a transaction
around those of the tests, which is rolled back before a test that begins with others.

To run every migration costs nine seconds of processor time, to load the catalogue two, and to flush the tables half a
second. On SQLite a template in data/ holds what the migrations make. Its name is a digest of all that they read, so
that it can never be out of date; what follows a migration (rights, triggers) runs on each copy, with the code of today.
On PostgreSQL the migrations run as they always do.
"""

import fcntl
import hashlib
import random
import re
import shutil
import sqlite3
import time
from contextlib import contextmanager

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.test.testcases import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

from submissions.models import CatalogueVersion

DATA = settings.ROOT / "data"
OUR_IMPORTS = re.compile(
    r"^(?:from|import) ((?:boroughs|editorial|pagereader|spotlight|submissions|survey)[\w.]*)", re.MULTILINE
)
AN_HOUR = 60 * 60

pristine = None  # on SQLite: the database as no test has touched it yet, in memory
known_rows = {}  # {what: {table: its rows}}, as they were made once
shared = []  # what is in the database between tests, and the transaction around it


def make_database(verbosity):
    """Make the database as migrating leaves it; what `teardown_databases` wants to remove it."""
    options = {"verbosity": verbosity, "interactive": False, "serialized_aliases": []}
    if connection.vendor != "sqlite":
        return setup_databases(**options)
    shutil.copyfile(_template(options), connection.creation._get_test_db_name())
    made = setup_databases(**options, keepdb=True)  # asks whether every migration was run, and does what follows
    _remember()
    return made


def _template(options):
    """The path of the database that the migrations make. Two processes at once make it once."""
    path = DATA / f"test-template-{_digest()}.sqlite3"
    with (DATA / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _clear_away()
            with _nothing_follows_a_migration():
                made = setup_databases(**options)
                new = path.with_suffix(".new")
                new.unlink(missing_ok=True)
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(new)])
                teardown_databases(made, verbosity=0)
            new.replace(path)
    return path


def _digest():
    """Of the migrations, of what they import from the project, and of the packages, which have migrations too."""
    migrations = sorted(settings.ROOT.glob("*/migrations/*.py"))
    modules = {name for path in migrations for name in OUR_IMPORTS.findall(path.read_text())}
    bases = [settings.ROOT.joinpath(*name.split(".")) for name in sorted(modules)]
    files = [*migrations, *(path for base in bases for path in (base.with_suffix(".py"), *sorted(base.glob("*.py"))))]
    digest = hashlib.sha256()
    for path in [*files, settings.ROOT / "uv.lock"]:
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _clear_away():
    """Templates of other migrations, and databases of tests that were killed."""
    for path in [*DATA.glob("test-template-*"), *DATA.glob("test-[0-9]*")]:
        if path.exists() and time.time() - path.stat().st_mtime > AN_HOUR:
            path.unlink(missing_ok=True)


@contextmanager
def _nothing_follows_a_migration():
    receivers, post_migrate.receivers = post_migrate.receivers, []
    post_migrate.sender_receivers_cache.clear()
    yield
    post_migrate.receivers = receivers
    post_migrate.sender_receivers_cache.clear()


def _remember():
    global pristine
    pristine = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(pristine)
    TransactionTestCase._fixture_teardown = _put_back


def _put_back(_test):
    """In place of Django's flush, which leaves a database without the rights and rows that migrating gives."""
    connection.ensure_connection()
    pristine.backup(connection.connection)


def start_from(what, put_in_rows):
    """Before a test's own transaction: the rows it begins with. `what` is None where a test has the database alone."""
    if shared and (shared[0] != what or connection.needs_rollback):
        end_sharing()
    if what and not shared and not connection.in_atomic_block:  # within a module's own rows nothing else is shared
        around = transaction.atomic()
        around.__enter__()
        put_in_rows()
        shared[:] = [what, around]


def end_sharing():
    if shared:
        transaction.set_rollback(True)
        shared.pop().__exit__(None, None, None)
        shared.clear()


@contextmanager
def shared_in_module():
    """Around the tests of a module that begin with rows of its own: what is put in within is taken back at the end."""
    end_sharing()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def forget_pages():
    """What this process remembers of the shared rows from an earlier test is out of date: each test begins alike."""
    CatalogueVersion.objects.update(stamp=random.getrandbits(53))


def load_catalogue():
    """What `load_fixtures` leaves in an empty database. Nothing to do where the test began with it."""
    if shared and shared[0] == "the catalogue":
        return
    put_in("the catalogue", lambda: call_command("load_fixtures", verbosity=0))


def load_survey():
    """The survey with the boroughs and themes it points to. Nothing to do where the test began with it."""
    if not (shared and shared[0] == "the survey"):
        call_command(
            "loaddata", *(f"fixtures/{name}.json" for name in ("boroughs", "themes", "survey-2024")), verbosity=0
        )


def put_in(what, make):
    """The rows that `make()` adds to the database: made once in this process, put in as rows from then on."""
    if what in known_rows:
        _put_in(known_rows[what])
        return
    before = {table: set(rows_of(table)) for table in tables()}
    make()
    if time_machine.escape_hatch.is_travelling():
        return  # the times in its rows are not those of other tests
    added = {table: [row for row in rows_of(table) if row not in known] for table, known in before.items()}
    known_rows[what] = {table: rows for table, rows in added.items() if rows}


def tables():
    """Without the version's stamp, which triggers renew."""
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models} - {"submissions_catalogueversion"})


def _put_in(added):
    empty = [table for table in set(tables()) - set(added) if not rows_of(table)]
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in added.items():
            _insert(cursor, connection.ops.quote_name(table), rows)
        for table in empty:  # what triggers noted of these rows was settled when they were made
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in added]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def rows_of(table):
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {name} TO STDOUT") as lines:
                return b"".join(lines).splitlines(keepends=True)
        cursor.execute(f"SELECT * FROM {name}")
        return cursor.fetchall()


def _insert(cursor, table, rows):
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY {table} FROM STDIN") as lines:
            lines.write(b"".join(rows))
    else:
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})", rows)
