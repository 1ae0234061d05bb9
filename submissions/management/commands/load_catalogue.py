"""Loads another catalogue's export (JSON Lines): every entry of it, or none."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from submissions.corpus import BadRecord, Loader, read_records
from submissions.derived import draw_rest
from submissions.models import Submission


class Command(BaseCommand):
    help = "Load a catalogue from a .jsonl file: all of it in one transaction, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **_):
        started = time.monotonic()
        try:
            with file.open(encoding="utf-8") as lines:
                total = Loader(Progress(_lines_in(file), started)).load(read_records(lines))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} could not be read ({error}). Nothing was loaded.") from None
        except BadRecord as error:
            raise CommandError(f"{file}: {error}") from None
        seconds = time.monotonic() - started
        self.stdout.write(f"Loaded {total:,} entries in {seconds:.0f} s ({total / seconds:,.0f} a second).")
        draw_rest()
        self.stdout.write(
            f"Drew their pages in {time.monotonic() - started - seconds:.0f} s. "
            f"The catalogue now has {Submission.objects.published().count():,}."
        )


def _lines_in(file):
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


class Progress:
    """Says how far the load is: one line that rewrites itself on a terminal, a line every tenth elsewhere."""

    def __init__(self, total, started):
        self.total, self.started, self.tenth = max(total, 1), started, 0

    def __call__(self, done):
        rate = done / max(time.monotonic() - self.started, 0.001)
        text = f"  {done:>9,} of {self.total:,} entries  {done / self.total:>4.0%}  {rate:,.0f} a second"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text}" + ("\n" if done == self.total else ""))
        elif done * 10 // self.total > self.tenth:
            self.tenth = done * 10 // self.total
            sys.stderr.write(f"{text}\n")
