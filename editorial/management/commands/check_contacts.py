"""`manage.py check_contacts`: asks the contacts whose turn it is whether they are still right. For cron, once a day."""

from editorial.contacts.questions import TASKS
from editorial.failures import RecordsCommand


class Command(RecordsCommand):
    help = (
        "Ask contacts every six months, remind once after three weeks, and send readers to LIIA where nobody answers."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what is due, and do nothing.")

    def handle(self, dry_run, **options):
        if dry_run:
            lines = [task.line(record) for task in TASKS for record in task.due()]
            self.stdout.write("\n".join([*lines, f"{len(lines)} would be done (nothing was)."]))
            return
        for task in TASKS:
            self.do_each(task.due(), self._deed(task))
        self.stdout.write(f"{self.done} done.")
        self.finish()

    def _deed(self, task):
        def done(record):
            task.do(record)
            return task.line(record)

        return done
