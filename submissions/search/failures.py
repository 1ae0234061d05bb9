"""Searches that found nothing, counted per day without anything about a person."""

import re
import threading
from collections import Counter

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from submissions.models import FailedSearch
from submissions.search.reading import cleaned

LONGEST = 100  # characters that are kept
MOST_WAITING = 200  # searches that wait in memory while the database is busy; later ones are not counted
_PATIENCE = 50  # milliseconds PostgreSQL may wait for the same words counted by another reader at this moment

_ADDRESS = re.compile(r"\S*@\S*")
_NUMBER = re.compile(r"(?:\+|\b)\d[\d\s().-]{5,}\d\b")  # phone, NHS and case numbers: seven digits or more
_waiting = Counter()
_lock = threading.Lock()


def record_failure(text):
    """Count a search that found nothing. Never raises and never waits: a busy database is told at the next failure."""
    if kept := without_personal_data(text):
        with _lock:
            if len(_waiting) < MOST_WAITING:
                _waiting[kept, timezone.localdate()] += 1
    _write()


def without_personal_data(text):
    """The text in lower case without e-mail addresses and long numbers, at most 100 characters."""
    text = _NUMBER.sub(" ", _ADDRESS.sub(" ", cleaned(text or "")))
    return " ".join(text.lower().split())[:LONGEST].strip()


def _write():
    with _lock:
        counted = dict(_waiting)
        _waiting.clear()
    try:
        if counted:
            with _impatient(), transaction.atomic():
                _add(counted)
    except DatabaseError:
        with _lock:
            _waiting.update(counted)


def _add(counted):
    table = connection.ops.quote_name(FailedSearch._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}ms'")
        cursor.executemany(
            f"INSERT INTO {table} (text, day, count) VALUES (%s, %s, %s) "  # noqa: S608 (our own table's name)
            f"ON CONFLICT (text, day) DO UPDATE SET count = {table}.count + excluded.count",
            [(text, day, count) for (text, day), count in sorted(counted.items())],
        )


class _impatient:
    """On SQLite: give up at once while another connection writes, instead of waiting for it."""

    def __enter__(self):
        self.patience = None
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                self.patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
                cursor.execute("PRAGMA busy_timeout = 0")

    def __exit__(self, *_):
        if self.patience is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(self.patience)}")
