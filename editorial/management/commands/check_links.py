"""`manage.py check_links`: follows every link that readers are given. For cron, once a week."""

from editorial.dead_links import follow, note_links_to_follow
from editorial.failures import RecordsCommand, attempt
from editorial.models import CheckedLink


class Command(RecordsCommand):
    help = "See which links of published entries lead nowhere. What is found stands on the desk's first page."

    def handle(self, verbosity, **options):
        last = {}
        for url, pk in note_links_to_follow().items():
            with attempt(self.task, CheckedLink, pk) as outcome:  # no transaction while another site answers
                said = follow(url, last)
                if said and verbosity > 1:
                    self.stdout.write(said)
            self.failed += outcome.failed
        failing = CheckedLink.objects.filter(failing_since__isnull=False).count()
        self.stdout.write(f"{failing} links lead nowhere." if failing != 1 else "1 link leads nowhere.")
        self.finish()
