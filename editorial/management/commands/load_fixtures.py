"""`manage.py load_fixtures [--if-empty]`: fixtures/*.json into an empty database, never over anybody's work."""

import sys
from collections import Counter
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, ProgrammingError, transaction

from boroughs.models import Borough, Contact
from editorial.answers import begin_stories
from editorial.importing.fixture_tables import BuildError, rows_in
from submissions.derived import draw_rest, renew
from submissions.models import Doubt, OutcomeMetric, Partner, Submission, Theme, Voice

REPORTED = (Submission, Borough, Contact, Theme, Partner, OutcomeMetric, Voice, Doubt)


class Command(BaseCommand):
    help = "Load the fixture files into an empty database. A database with records is never touched."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Do nothing if the database has records already.")
        parser.add_argument("--migrate", action="store_true", help="Bring the database up to date first.")
        parser.add_argument("--root", type=Path, default=settings.ROOT / "fixtures", help="Another fixtures folder.")

    def handle(self, *, if_empty, migrate, root, **options):
        counts = _counts(root)
        if migrate:
            call_command("migrate", verbosity=0)
        try:
            with transaction.atomic():
                self._load(counts, root, if_empty)
                renew(most_drawn=0)
            draw_rest()
        except (OperationalError, ProgrammingError) as error:
            cause = str(error).partition("\n")[0]
            sys.exit(f"The database cannot be used ({cause}). See that it runs, and run `manage.py migrate` first.")

    def _load(self, counts, root, if_empty):
        if present := next((model for model in counts if model.objects.exists()), None):
            self._refuse_to_load(present, if_empty)
        else:
            # loaddata also resets the sequences, so that the next record made in the admin gets a free key.
            call_command("loaddata", *_files(root), verbosity=0)
            begin_stories()
            self.stdout.write(f"Loaded {_in_words(counts)}.")

    def _refuse_to_load(self, present, if_empty):
        holding = f"The database already holds {_numbered(present, present.objects.count())}"
        if not if_empty:
            sys.exit(f"{holding}: nothing was loaded, so that no edit is lost. Load into an empty database.")
        self.stdout.write(f"{holding}: nothing was loaded.")


def _files(root):
    return sorted(root.glob("*.json"))


def _counts(root):
    """{model: number of rows} of the files."""
    try:
        rows = [row for path in _files(root) for row in rows_in(path)]
    except BuildError as error:
        sys.exit(str(error))
    if not rows:
        sys.exit(f"There are no fixture files in {root}. Run `manage.py build_fixtures` first.")
    return Counter(apps.get_model(row["model"]) for row in rows)


def _in_words(counts):
    return ", ".join(_numbered(model, counts[model]) for model in REPORTED)


def _numbered(model, number):
    return f"{number} {model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural}"
