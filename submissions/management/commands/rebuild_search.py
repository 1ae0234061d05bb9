"""`manage.py rebuild_search`: write the whole search index again from the entries."""

import time

from django.core.management.base import BaseCommand

from submissions.derived import draw_rest, rebuild
from submissions.models import Submission


class Command(BaseCommand):
    help = "Write the search index again from the entries, all or nothing. Readers search the old one until it is done."

    def handle(self, *, verbosity, **options):
        self.total, self.done, self.started = Submission.objects.published().count(), 0, time.monotonic()
        self.every = self.total // 20 + 1
        written = rebuild(self.tell if verbosity else None)
        draw_rest()
        self.stdout.write(f"Wrote {written:,} entries in {time.monotonic() - self.started:.1f} s.")

    def tell(self, more):
        before, self.done = self.done, self.done + more
        if before // self.every != self.done // self.every:
            speed = self.done / max(time.monotonic() - self.started, 0.001)
            self.stdout.write(f"{self.done:>9,} of {self.total:,} entries ({speed:,.0f} a second)")
