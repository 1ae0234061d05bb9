"""`manage.py forget_old_corrections`: removes personal data a year after a correction was closed. For cron, daily."""

from django.core.management.base import BaseCommand

from editorial.corrections.receiving import forget_old


class Command(BaseCommand):
    help = "Remove addresses, and words about a person, from corrections that were closed a year ago."

    def handle(self, **options):
        self.stdout.write(f"Removed from {forget_old()}.")
