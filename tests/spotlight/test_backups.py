"""A backup holds every row as it was at one moment, and comes back whole: on one database or from one to the other."""

import json
import os
import subprocess
import sys
import threading
import time
import zipfile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from spotlight.backups import LEFT_OUT, BackupError, back_up, restore, verify
from submissions.models import GlossaryTerm, Partner, Submission
from tests.entries import entries_on, list_asked

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def backup(tmp_path, make_entry):
    make_entry(title="Café “Zwölf” – one", figures=["confirmed"], voices=["“Naïve.”"], contact="a.person@merton.gov.uk")
    return back_up(tmp_path / "one.zip")[0]


def manage(*arguments, database):
    """The command in a process of its own, with a database of its own."""
    env = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "a key", "DEBUG": "True"}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)], cwd=settings.ROOT, env=env, capture_output=True, text=True
    )


def test_every_row_comes_back_in_an_empty_database_and_from_there_in_place_of_what_is_here(backup, tmp_path):
    elsewhere = tmp_path / "elsewhere.sqlite3"
    done = manage("restore", backup, database=elsewhere)
    assert done.returncode == 0, done.stderr
    done = manage("backup", tmp_path / "two.zip", database=elsewhere)
    assert done.returncode == 0, done.stderr
    tables = verify(backup)["tables"]
    assert verify(tmp_path / "two.zip")["tables"] == tables

    Submission.objects.update(title="Another title")
    _, before = restore(tmp_path / "two.zip", replace=True)
    assert back_up(tmp_path / "three.zip")[1]["tables"] == tables
    assert verify(before)["tables"] != tables
    assert Partner.objects.create(name="The next one", slug="the-next-one").pk  # no key is given out twice
    assert [entry.title for entry in entries_on(list_asked(q="zwölf"))] == ["Café “Zwölf” – one"]


def test_what_is_here_is_not_replaced_unasked(backup):
    Submission.objects.update(title="Another title")
    with pytest.raises(CommandError, match="Give --replace"):
        call_command("restore", str(backup))
    assert Submission.objects.get().title == "Another title"


def test_a_backup_is_of_one_moment_though_others_write(tmp_path):
    """Each transaction adds a partner and a term: a backup between the two would hold one without the other."""
    ended = threading.Event()

    def write():
        number = 0
        while not ended.is_set():
            number += 1
            with transaction.atomic():
                Partner.objects.create(name=f"Load {number}", slug=f"load-{number}")
                GlossaryTerm.objects.create(term=f"Load {number}")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(0.3)
        backups = [back_up(tmp_path / f"{number}.zip")[0] for number in range(3)]
    finally:
        ended.set()
        writer.join()
    for path in backups:
        tables = verify(path)["tables"]
        assert 0 < tables["submissions.partner"]["rows"] == tables["submissions.glossaryterm"]["rows"]


def test_every_table_is_in_the_backup_or_left_out_for_a_reason(backup):
    from django.apps import apps

    backed_up = {apps.get_model(label)._meta.db_table for label in verify(backup)["tables"]}
    left_out = {apps.get_model(label)._meta.db_table for label in LEFT_OUT}
    engines = {"django_migrations", settings.CACHES["default"]["LOCATION"]}  # the manifest's; counts of an hour
    others = set(connection.introspection.table_names()) - backed_up - left_out - engines
    assert {table for table in others if not table.startswith("submissions_search")} == set()


@pytest.mark.parametrize("harm", ["cut", "changed", "picture", "absent"])
def test_a_damaged_backup_is_refused_with_a_sentence(backup, harm):
    content = bytearray(backup.read_bytes())
    if harm == "cut":
        backup.write_bytes(content[: len(content) // 2])
    elif harm == "changed":
        rewrite(backup, "tables/submissions.submission.jsonl", lambda text: text.replace(b"one", b"two"))
    elif harm == "picture":
        backup.write_bytes(b"\x89PNG\r\n")
    else:
        backup.unlink()
    for command in ("verify", "restore"):
        with pytest.raises(CommandError, match=f"{backup.name} (is damaged|is no backup)|no file {backup}"):
            call_command(command, str(backup))


def test_a_backup_of_a_newer_release_is_refused(backup):
    def newer(text):
        manifest = json.loads(text)
        manifest["migrations"].append(["submissions", "9999_from_the_future"])
        return json.dumps(manifest).encode()

    rewrite(backup, "manifest.json", newer)
    with pytest.raises(BackupError, match=r"newer release: this one does not know submissions\.9999"):
        restore(backup, replace=True)


def test_old_backups_go_by_age_and_the_new_one_never(tmp_path):
    old, young, other = (tmp_path / name for name in ("practice-spotlight-1.zip", "practice-spotlight-2.zip", "a.zip"))
    for path, days in ((old, 15), (young, 13), (other, 99)):
        path.write_bytes(b"")
        os.utime(path, (time.time() - days * 86400,) * 2)
    written, _ = back_up(tmp_path, keep_days=14)
    assert set(tmp_path.iterdir()) == {young, other, written}
    assert written.stat().st_mode & 0o777 == 0o600


def rewrite(path, name, change):
    with zipfile.ZipFile(path) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files[name] = change(files[name])
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
