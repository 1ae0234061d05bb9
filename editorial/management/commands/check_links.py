"""`manage.py check_links`: follows every link that readers are given. For cron, once a week."""

from django.core.management.base import BaseCommand

from editorial.dead_links import check_all


class Command(BaseCommand):
    help = "See which links of published entries lead nowhere. What is found stands on the desk's first page."

    def handle(self, verbosity, **options):
        failing = check_all(self.stdout.write if verbosity > 1 else lambda sentence: None)
        self.stdout.write(f"{failing} links lead nowhere." if failing != 1 else "1 link leads nowhere.")
