"""`manage.py check_contacts`: asks the contacts whose turn it is whether they are still right. For cron, once a day."""

from django.core.management.base import BaseCommand

from editorial.contacts.checking import tasks


class Command(BaseCommand):
    help = (
        "Ask contacts every six months, remind once after three weeks, and send readers to LIIA where nobody answers."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what is due, and do nothing.")

    def handle(self, dry_run, **options):
        due = tasks()
        for task in due:
            self.stdout.write(f"{task.said}: {task.contact.name} <{task.contact.email}>")
            if not dry_run:
                task.do()
        done = "would be done (nothing was)" if dry_run else "done"
        self.stdout.write(f"{len(due)} {done}.")
