"""The catalogue's version: a stamp that triggers change at any change to what readers see (`submissions.triggers`)."""

import threading
from functools import wraps

from django.db import connection

from submissions.derived import renew_if_possible


def current_version():
    """The stamp to keep counts under, once all that was noted is renewed. One query if nothing was.

    What cannot be renewed just now changes the stamp when it is."""
    stamp, notes_left = _state()
    if notes_left:
        renew_if_possible("before it was read")
        stamp, _ = _state()
    return stamp


def _state():
    """(stamp, whether notes are left). As plain SQL: every request asks it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stamp, EXISTS (SELECT 1 FROM submissions_entrytorenew) "
            "FROM submissions_catalogueversion WHERE id = 1"
        )
        return cursor.fetchone()


def once_per_version(build):
    """`build(stamp)` as a function without arguments, called once for each state of the catalogue in each process.

    One query when nothing changed since the last call; a caller that comes while it is built waits for the new one."""
    lock, built = threading.Lock(), {}

    @wraps(build)
    def latest():
        stamp = current_version()
        if (present := built.get(stamp)) is not None:
            return present
        with lock:
            if stamp not in built:
                new = build(stamp)
                built.clear()
                built[stamp] = new
            return built[stamp]

    return latest
