"""`manage.py build_fixtures [--check]`: fixtures/*.json from the sources as received and LIIA's decisions."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from editorial.importing.fixture_tables import BuildError, as_bytes, rows_in
from editorial.importing.fixtures import build

NAMED_BY = ("title", "name", "figure", "quote", "message", "printed")
LONGEST_NAME = 60
CALLED = {
    "boroughs.deliverybody": "delivery body",
    "submissions.boroughmention": "mention",
    "submissions.outcomemetric": "outcome metric",
    "submissions.submissioncontact": "contact line",
    "submissions.supportingitem": "supporting item",
    "submissions.themedsubmission": "theme of an entry",
}


class Command(BaseCommand):
    help = "Build the fixture files from fixtures/sources and fixtures/editorial. The site's database is not touched."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Write nothing; name each record that would change.")
        parser.add_argument("--root", type=Path, default=settings.ROOT / "fixtures", help="Another fixtures folder.")

    def handle(self, *, check, root, **options):
        try:
            built = build(root, self.stdout.write)
            changes = differences(root, built) if check else []
        except BuildError as error:
            sys.exit(str(error))
        if changes:
            self.stdout.write("\n".join(changes))
            sys.exit(f"The sources say something else now (differences: {len(changes)}). Run build_fixtures.")
        for name, rows in {} if check else built.items():
            (root / name).write_bytes(as_bytes(rows))
        done = "Fixtures are up to date" if check else "Fixtures are built"
        self.stdout.write(f"{done}: {sum(map(len, built.values()))} records in {len(built)} files.")


def differences(root, built):
    """One sentence for each record that differs between the files in `root` and `built`, in the order of the files."""
    return [sentence for name, rows in built.items() for sentence in _of_file(root / name, as_bytes(rows))]


def _of_file(path, content):
    before, after = _by_key(rows_in(path)), _by_key(json.loads(content))
    sentences = [_sentence(before.get(key), after.get(key)) for key in before | after]
    changes = [f"fixtures/{path.name}: {sentence}" for sentence in sentences if sentence]
    if not changes and (not path.exists() or path.read_bytes() != content):
        return [f"fixtures/{path.name}: the records are the same but not written as build_fixtures writes them."]
    return changes


def _by_key(rows):
    return {(row["model"], row["pk"]): row for row in rows}


def _sentence(before, after):
    """“submission 9 “KickStart Futures” would change: body”, or "" if nothing differs."""
    if before is None or after is None:
        return f"{_called(before or after)} would be {'added' if before is None else 'removed'}"
    old, new = before["fields"], after["fields"]
    changed = [name for name in old | new if old.get(name) != new.get(name)]
    return f"{_called(before)} would change: {', '.join(changed)}" if changed else ""


def _called(row):
    kind = CALLED.get(row["model"], row["model"].partition(".")[2])
    names = (str(row["fields"][field]) for field in NAMED_BY if row["fields"].get(field))
    name = next(names, "")
    short = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rstrip() + " …"
    return f"{kind} {row['pk']} “{short}”" if short else f"{kind} {row['pk']}"
