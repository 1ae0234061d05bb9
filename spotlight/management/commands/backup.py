"""`manage.py backup FILE`: the whole database in one file. For cron, each night."""

from django.core.management.base import BaseCommand, CommandError

from spotlight.backups import BackupError, back_up


class Command(BaseCommand):
    help = "Write the whole database into one file, safely while others write. FILE may be a folder."

    def add_arguments(self, parser):
        parser.add_argument("file", help="where to write it; in a folder it is named by the hour")
        parser.add_argument("--keep-days", type=int, help="delete backups in that folder that are older, by their age")

    def handle(self, *, file, keep_days, **options):
        try:
            path, manifest = back_up(file, keep_days=keep_days)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was written. {error}") from None
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(f"{path}: {rows:,} rows of {len(manifest['tables'])} tables.")
