"""`manage.py forget_old_corrections`: removes personal data a year after a correction was closed. For cron, daily."""

from editorial.corrections import forget
from editorial.failures import RecordsCommand
from editorial.models import Correction


class Command(RecordsCommand):
    help = "Remove addresses, and words about a person, from corrections that were closed a year ago."

    def handle(self, **options):
        self.do_each(Correction.objects.to_forget(), forget)
        self.stdout.write(f"Removed from {self.done}.")
        self.finish()
