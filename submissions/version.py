"""The catalogue's version: stamps that triggers change at any change to what readers see (`submissions.triggers`)."""

import threading
from functools import partial, wraps
from typing import NamedTuple

from django.db import connection

from submissions.derived import renew_if_possible


class Version(NamedTuple):
    stamp: int  # changes with anything
    names: int  # changes with what facets and search have names from: boroughs, themes, partners, terms and their like


def current_version():
    """The version to keep things under, once all that was noted is renewed. One query if nothing was.

    What cannot be renewed just now changes the stamp when it is."""
    *version, notes_left = _state()
    if notes_left:
        renew_if_possible("before it was read")
        *version, _ = _state()
    return Version(*version)


def _state():
    """(stamp, names, whether notes are left). As plain SQL: every request asks it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stamp, names, EXISTS (SELECT 1 FROM submissions_entrytorenew) "
            "FROM submissions_catalogueversion WHERE id = 1"
        )
        return cursor.fetchone()


def _once_per(part, build):
    """`build(stamp)` as a function without arguments, called once for each stamp in each process.

    One query when nothing changed since the last call; a caller that comes while it is built waits for the new one."""
    lock, built = threading.Lock(), {}

    @wraps(build)
    def latest():
        stamp = getattr(current_version(), part)
        if (present := built.get(stamp)) is not None:
            return present
        with lock:
            if stamp not in built:
                new = build(stamp)
                built.clear()
                built[stamp] = new
            return built[stamp]

    return latest


once_per_version = partial(_once_per, "stamp")
once_per_names = partial(_once_per, "names")
