"""The whole database as one file, and its way back: the same file for SQLite and PostgreSQL.

A file is a zip archive: `manifest.json` says when it was made, which migrations its rows belong to, and for each table
the columns, the number of rows and the SHA-256 of `tables/<app.model>.jsonl`, one row of JSON a line by primary key.
Rows instead of the database's own format, because a copy of SQLite's file under writes loses what is in its log, and
because the same file leads from SQLite to PostgreSQL.
"""

import base64
import datetime
import decimal
import hashlib
import json
import os
import tempfile
import uuid
import zipfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.duration import duration_iso_string

from submissions.derived import rebuild
from submissions.triggers import drop_triggers, install_triggers

FORMAT = 1
ROWS_AT_ONCE = 500
NAME = "practice-spotlight-{:%Y-%m-%d-%H%M%S}.zip"
# What a backup leaves out, with the reason.
LEFT_OUT = {
    "sessions.session": "people sign in again",
    "submissions.catalogueversion": "a stamp, drawn again",
    "submissions.derivedentry": "made again from the entries",
    "submissions.entrytorenew": "made again from the entries",
    "submissions.searchrow": "made again from the entries",
    "submissions.searchstem": "made again from the entries",
    "submissions.searchword": "made again from the entries",
}
NOT_IN_A_BACKUP = {*LEFT_OUT, "submissions.searchstale"}  # of this release or of an earlier one


class BackupError(Exception):
    """A backup cannot be made, trusted or restored; the text is the sentence that says why, and what to do."""


def back_up(path, *, keep_days=None, using="default"):
    """Write the database into the file `path`, or into a file named by the hour in the folder `path`.

    Safe while others write: all tables are read as they were at one moment. The file appears whole or not at all, and
    its owner alone may read it, for it holds names and addresses. With `keep_days`, older backups in the same folder
    that bear such a name are deleted afterwards. Returns the file's path and its manifest.
    """
    path = Path(path)
    path = path / NAME.format(timezone.now()) if path.is_dir() else path
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}. Make it first, or choose another file.")
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            manifest = _write_archive(file, connections[using])
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
    if keep_days is not None:
        _delete_old(path, keep_days)
    return path, manifest


def verify(path):
    """The manifest of a backup whose every table is whole; BackupError says what is damaged. Restores nothing."""
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        for label, table in manifest["tables"].items():
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"tables/{label}.jsonl") as lines:
                for line in lines:
                    digest.update(line)
                    rows += 1
            if (digest.hexdigest(), rows) != (table["sha256"], table["rows"]):
                raise BackupError(f"{path} is damaged: the rows of {label} are not those of its list. Use another one.")
    return manifest


def restore(path, *, replace=False, using="default"):
    """Put a backup's rows into the database of the settings, all or nothing, and bring it up to this release.

    An empty database is made ready for the backup's release first. One with content is refused unless `replace`: then
    a backup of it is written beside `path` before its rows are deleted. Returns the manifest, and the path of the
    backup of what was there (or None).
    """
    manifest, connection = verify(path), connections[using]
    executor = MigrationExecutor(connection)
    migrations = [tuple(node) for node in manifest["migrations"]]
    if unknown := [node for node in migrations if node not in executor.loader.disk_migrations]:
        raise BackupError(
            f"{path} comes from a newer release: this one does not know {'.'.join(unknown[0])}. Install the release "
            "that made it, or a newer one, and restore it there."
        )
    present, before = set(executor.loader.applied_migrations), None
    if present and present != set(migrations):
        raise BackupError(
            f"{path} comes from another release than this database. Restore it into a new, empty database "
            "(set DATABASE_URL to one): it is brought up to this release by itself."
        )
    if present and _has_content(connection):
        if not replace:
            raise BackupError(
                "This database has content. Give --replace to put the backup in its place, or set DATABASE_URL to an "
                "empty one. Nothing was changed."
            )
        before, _ = back_up(Path(path).resolve().parent, using=using)
    if not present:
        executor.migrate(_last_of(migrations, executor.loader.graph))
    state = executor.loader.project_state(migrations)
    with _opened(path) as archive, transaction.atomic(using):
        drop_triggers(using, plan=True)
        _load(archive, manifest, state.apps, connection)
        if present:
            install_triggers(using)
    call_command("migrate", database=using, verbosity=0)  # also gives rights and makes the triggers again
    rebuild()
    return manifest, before


def _models(registry):
    found = {
        model._meta.label_lower: model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in NOT_IN_A_BACKUP
    }
    return [found[label] for label in sorted(found)]


def _write_archive(file, connection):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, _one_moment(connection):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise BackupError("This database is not up to date. Run `manage.py migrate`, then make the backup again.")
        tables = {}
        for model in _models(apps):
            label = model._meta.label_lower
            with archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as lines:
                sha256, rows = _digest(model, connection, lines.write)
            tables[label] = {"columns": _columns(model), "rows": rows, "sha256": sha256}
        manifest = {
            "format": FORMAT,
            "written_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "migrations": sorted(executor.loader.applied_migrations),
            "tables": tables,
        }
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return manifest


@contextmanager
def _one_moment(connection):
    """All that is read inside is as it was at one moment, and no writer waits for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Django's own transactions take SQLite's one place for writers at once (the settings ask for that).
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def _digest(model, connection, write=None):
    """(SHA-256, number) of a table's rows; each is given to `write` as a line."""
    digest, rows = hashlib.sha256(), 0
    stored = model._base_manager.using(connection.alias).order_by("pk").values_list(*_columns(model))
    for row in stored.iterator(chunk_size=ROWS_AT_ONCE):
        line = json.dumps(row, default=_as_text, sort_keys=True, ensure_ascii=False).encode() + b"\n"
        digest.update(line)
        rows += 1
        if write:
            write(line)
    return digest.hexdigest(), rows


def _as_text(value):
    """What JSON has no form for, as each field's own `to_python` reads it."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat() if timezone.is_aware(value) else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"A backup has no form for {type(value)}")


def _load(archive, manifest, registry, connection):
    """Delete every row, and insert the backup's. Foreign keys are checked when the transaction ends."""
    models = _models(registry)
    if missing := {model._meta.label_lower for model in models} ^ set(manifest["tables"]):
        raise BackupError(f"The backup and its release disagree about {', '.join(sorted(missing))}. Use another one.")
    # Processes that run on learn what is no longer there from the rows of what was derived: these are written over.
    emptied = NOT_IN_A_BACKUP - {"submissions.derivedentry"}
    left_out = [model for model in registry.get_models() if model._meta.label_lower in emptied]
    with connection.cursor() as cursor:
        for model in [*models, *left_out]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 (our table)
        for model in models:
            label = model._meta.label_lower
            with archive.open(f"tables/{label}.jsonl") as lines:
                _insert(model, manifest["tables"][label]["columns"], lines, connection, cursor)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _last_of(migrations, graph):
    """Those of the migrations that no other of them follows."""
    return [node for node in migrations if not {child.key for child in graph.node_map[node].children} & set(migrations)]


def _insert(model, columns, lines, connection, cursor):
    """Rows as they were: a model's own saving would set times and addresses again."""
    quote = connection.ops.quote_name
    fields = {field.attname: field for field in model._meta.concrete_fields}
    fields = [fields[column] for column in columns]
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 (our own names)
    while chunk := list(islice(lines, ROWS_AT_ONCE)):
        rows = [
            [
                field.get_db_prep_save(value if value is None else field.to_python(value), connection)
                for field, value in zip(fields, json.loads(line), strict=True)
            ]
            for line in chunk
        ]
        cursor.executemany(statement, rows)


def _has_content(connection):
    counted = ("submissions.Submission", "auth.User")
    return any(apps.get_model(label)._base_manager.using(connection.alias).exists() for label in counted)


@contextmanager
def _opened(path):
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, EOFError, zipfile.zlib.error) as error:
        raise BackupError(f"{path} is no backup of this site, or is damaged ({error}). Use another one.") from None


def _manifest(path, archive):
    try:
        manifest = json.loads(archive.read("manifest.json"))
    except ValueError:
        raise BackupError(f"{path} is damaged: its list of tables cannot be read. Use another one.") from None
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{path} has a form that this release does not know. Use the release that wrote it.")
    return manifest


def _delete_old(newest, days):
    """Delete the backups of a folder that are older than `days`, but never the one just written."""
    for path in newest.parent.glob("practice-spotlight-*.zip"):
        age = timezone.now().timestamp() - path.stat().st_mtime
        if path != newest and age > days * 24 * 60 * 60:
            path.unlink()
