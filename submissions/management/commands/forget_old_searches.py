"""`manage.py forget_old_searches`: deletes searches without a result after 90 days. For cron, daily."""

from django.core.management.base import BaseCommand

from submissions.search.failures import forget_old


class Command(BaseCommand):
    help = "Delete searches that found nothing and were asked more than 90 days ago."

    def handle(self, **options):
        self.stdout.write(f"Deleted {forget_old()}.")
