"""`manage.py restore FILE`: a backup back into the database of the settings."""

from django.core.management.base import BaseCommand, CommandError

from spotlight.backups import BackupError, restore


class Command(BaseCommand):
    help = "Put a backup into the database of the settings: an empty one, or with --replace in place of what is there."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--replace", action="store_true", help="delete what is there; a backup of it is written beside FILE first"
        )

    def handle(self, *, file, replace, **options):
        try:
            manifest, before = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from None
        if before:
            self.stdout.write(f"What was there is in {before}.")
        self.stdout.write(f"Restored: the state of {manifest['written_at'][:16]}. Start the site again.")
