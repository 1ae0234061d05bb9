"""The catalogue's version: a stamp that triggers change at any change to what readers see (`submissions.triggers`)."""

import threading
from functools import wraps

from submissions.models import CatalogueVersion


def current_version():
    """The stamp to keep counts and pages under. One query."""
    return CatalogueVersion.objects.values_list("stamp", flat=True).get(pk=1)


class ForNow:
    """What a function of `once_per_version` returns if the next caller is to build again."""

    def __init__(self, result):
        self.result = result


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
                if isinstance(new, ForNow):
                    return new.result
                built.clear()
                built[stamp] = new
            return built[stamp]

    return latest
