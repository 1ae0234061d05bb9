"""`import_page`: the same deed from the shell; and a process killed in the middle of it leaves nothing or all."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from submissions.models import Submission
from tests.editorial.importing.conftest import PAGES, SOURCE

EARLY_HELP = PAGES / "early-help.txt"


def test_a_dry_run_says_what_would_happen_and_saves_nothing(catalogue, capsys):
    call_command("import_page", EARLY_HELP, "--dry-run")
    said = capsys.readouterr().out
    assert "Category: Early help and family support (new)   Round: 2024 round\n" in said
    assert "  New draft          Family Hubs that Reach Fathers  (line 11)\n                     doubts: 1\n" in said
    assert said.endswith("2 new, 0 changed, 0 unchanged. Nothing was saved.\n")
    assert Submission.objects.count() == 14


def test_the_command_saves_drafts_once(catalogue, capsys):
    for _ in range(2):
        call_command("import_page", EARLY_HELP)
    said = capsys.readouterr().out
    assert "2 new, 0 changed, 0 unchanged.\n" in said
    assert said.endswith("0 new, 0 changed, 2 unchanged. Nothing was saved.\n")
    assert Submission.objects.filter(status="draft").count() == 2


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (None, [], "there is no such file"),
        (b"Minutes.\n", [], "no Practice Spotlight category page"),
        (b"%PDF-1.7", [], "This is a PDF"),
        (EARLY_HELP.read_bytes(), ["--round", "1999"], "There is no round of 1999. The rounds here: 2024."),
        (EARLY_HELP.read_bytes().split(b"\n", 1)[1], [], "or --new-category with --title, --number and --name."),
        (
            EARLY_HELP.read_bytes().split(b"\n", 1)[1],
            ["--number", "7", "--title", "Care leavers"],
            "“Delivering excellence for care leavers”, has this number, title or short name.",
        ),
    ],
)
def test_one_sentence_for_what_cannot_be_read_in(catalogue, tmp_path, content, arguments, said):
    file = tmp_path / "page.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit) as refused:
        call_command("import_page", file, *arguments)
    sentence = refused.value.code
    assert sentence.startswith(f"{file}: ")
    assert said in sentence
    assert "\n" not in sentence
    assert Submission.objects.count() == 14


def test_a_category_that_the_page_does_not_name_can_be_given(catalogue, tmp_path, capsys):
    file = tmp_path / "page.txt"
    file.write_bytes(EARLY_HELP.read_bytes().split(b"\n", 1)[1])
    call_command("import_page", file, "--number", "7", "--title", "Early help")
    assert Submission.objects.filter(categories__number=7).count() == 2


# Signs in, looks, and confirms; killed without warning at the statement that the first argument counts to (0: never).
CONFIRMING = """
import os, signal, sys
import django
django.setup()
from django.test.utils import setup_test_environment
setup_test_environment()
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from submissions.models import Round

at, text, seen, renewing = int(sys.argv[1]), open(sys.argv[2]).read(), [0], set()
mei, _ = User.objects.get_or_create(username="mei", is_staff=True, is_superuser=True)
client = Client(raise_request_exception=True)
client.force_login(mei)
shown = client.post("/admin/import/", {"text": text, "round": Round.objects.first().pk}, headers={"host": "localhost"})
assert b"11 unchanged" in shown.content
form = shown.context["carried"]
sent = {name: form[name].value() or "" for name in form.fields} | {"category": form["shown"].value()}

def counted(execute, sql, params, many, context):
    renewing.update({"yes"} if "submissions_entrytorenew" in sql else ())  # all is saved, the index follows by itself
    if not renewing and sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
        seen[0] += 1
        if seen[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(counted):
    done = client.post("/admin/import/confirm/", sent, headers={"host": "localhost"})
assert done.status_code == 302, done.status_code
print(seen[0])
"""


def run(database, *command):
    site = {"DATABASE_URL": f"sqlite:///{database}", "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "spotlight.settings"}
    return subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=settings.ROOT,
        env=os.environ | site,
        capture_output=True,
        text=True,
        timeout=120,
    )


def contents(database):
    """{table: its rows}, sessions and what the desk's users are aside, as another process finds them."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = [name for name in tables if name.startswith(("submissions_", "boroughs_", "editorial_"))]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in ours}


@pytest.mark.slow
def test_a_process_killed_in_the_middle_of_a_confirmation_leaves_nothing(tmp_path):
    loaded, page = tmp_path / "loaded.sqlite3", tmp_path / "page.txt"
    text = SOURCE.read_text().replace("Team: Participation and Engagement Team", "Team: Voice Team", 1)
    page.write_text(
        text.replace("KickStart Futures", "Kick-Start Futures", 1)
        .replace("Keli Eboji", "Ana Moss", 1)
        .replace("Kelli.eboji@", "ana.moss@", 1)
    )
    assert run(loaded, "manage.py", "load_fixtures", "--migrate").returncode == 0
    before = contents(loaded)
    whole = tmp_path / "whole.sqlite3"
    shutil.copy(loaded, whole)
    done = run(whole, "-c", CONFIRMING, 0, page)
    assert done.returncode == 0, done.stderr
    statements = int(done.stdout)
    assert statements > 40
    assert len(contents(whole)["submissions_submission"]) == 17
    for at in (1, statements // 3, statements * 2 // 3, statements):
        killed = tmp_path / f"killed-{at}.sqlite3"
        shutil.copy(loaded, killed)
        assert run(killed, "-c", CONFIRMING, at, page).returncode == -signal.SIGKILL
        assert contents(killed) == before
    assert run(killed, "-c", CONFIRMING, 0, page).returncode == 0
    assert len(contents(killed)["submissions_submission"]) == 17
