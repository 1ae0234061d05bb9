"""`manage.py verify FILE`: whether a backup is whole, without restoring it."""

from django.core.management.base import BaseCommand, CommandError

from spotlight.backups import BackupError, verify


class Command(BaseCommand):
    help = "Check every table of a backup against its digest. Restores nothing."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            manifest = verify(file)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{file} is whole: {len(manifest['tables'])} tables, written {manifest['written_at'][:16]}.")
