"""What fails costs nothing else: one record of a cron command no other, a mail no answer. Failures wait at the desk.

Two runs of a cron command at once do each thing once.
"""

import logging
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from editorial.models import Failure

log = logging.getLogger(__name__)


class Refused(Exception):
    """A step that cannot be taken. Its text is a sentence for the person who tried: what, why, and what to do."""


class RecordsCommand(BaseCommand):
    """A command that calls `do_each` once or more, and then `finish`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.done = self.failed = 0

    @property
    def task(self):
        return type(self).__module__.rpartition(".")[2]

    def do_each(self, due, deed):
        """Calls `deed(record)` for each record of the QuerySet `due`, each in a transaction of its own, with its row
        locked and only if it is still due then. What the deed returns, if anything, is printed.

        A deed's error undoes that deed alone. It is logged, and shown at the desk until the record's turn succeeds.
        """
        for pk in list(due.values_list("pk", flat=True)):
            with attempt(self.task, due.model, pk) as outcome, transaction.atomic():
                due.model._base_manager.select_for_update().filter(pk=pk).first()
                record = due.filter(pk=pk).first()
                said = deed(record) if record else None
            if outcome.failed:
                self.failed += 1
                continue
            self.done += record is not None
            if said:
                self.stdout.write(said)

    def finish(self):
        """Exit status 1 with the number of failures, if there were any."""
        if self.failed:
            raise CommandError(f"{self.failed} could not be done. The log and the desk’s first page say why.")


@dataclass
class Outcome:
    failed: bool = False


@contextmanager
def attempt(task, model, pk):
    """What fails inside goes no further: it is logged, and shown at the desk until this task succeeds for this record.

    Yields an Outcome, true only after the end. Opens no transaction: for what waits for another machine, too."""
    outcome = Outcome()
    try:
        yield outcome
        Failure.objects.of(task, model, pk).delete()
    except Exception as error:
        outcome.failed = True
        _note(task, model, pk, error)


@contextmanager
def apart(task, record):
    """For what follows from something that is saved already: its failure undoes itself alone, and waits at the desk."""
    with attempt(task, type(record), record.pk), transaction.atomic():
        yield


def _note(task, model, pk, error):
    log.exception("%s: %s %s could not be done.", task, model._meta.verbose_name, pk)
    try:
        with transaction.atomic():
            Failure.objects.note(task, model, pk, error)
    except DatabaseError:  # what could not be done may be just that: to write
        log.exception("That failure could not be written down.")
