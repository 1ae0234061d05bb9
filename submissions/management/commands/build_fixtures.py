"""`manage.py build_fixtures [--check]`: fixtures/*.json from the sources as received and LIIA's decisions."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from submissions.fixture_rows import BuildError, build, differences, write_built


class Command(BaseCommand):
    help = "Build the fixture files from fixtures/sources and fixtures/editorial. No database is used."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Write nothing; name each record that would change.")
        parser.add_argument("--root", type=Path, default=settings.ROOT / "fixtures", help="Another fixtures folder.")

    def handle(self, *, check, root, **options):
        try:
            built = build(root)
            changes = differences(root, built) if check else []
        except BuildError as error:
            sys.exit(str(error))
        if changes:
            self.stdout.write("\n".join(changes))
            sys.exit(f"The sources say something else now (differences: {len(changes)}). Run build_fixtures.")
        records = sum(len(rows) for rows in built.values()) if check else write_built(root, built)
        done = "Fixtures are up to date" if check else "Fixtures are built"
        self.stdout.write(f"{done}: {records} records in {len(built)} files.")
