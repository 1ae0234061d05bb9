"""`manage.py remind_signatories`: a second and a third mail to people who have not answered. For cron, once a day."""

from editorial.asking import REMIND_AFTER, remind_as_due, to_remind
from editorial.failures import RecordsCommand


class Command(RecordsCommand):
    help = f"Remind people who have not answered a sign-off after {' and '.join(map(str, REMIND_AFTER))} days."

    def handle(self, **options):
        self.do_each(to_remind(), remind_as_due)
        self.stdout.write(f"{self.done} done.")
        self.finish()
