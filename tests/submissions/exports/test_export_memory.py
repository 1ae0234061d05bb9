"""100,000 entries through the production server just started: its memory grows by less than 50 MB."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from submissions.models import OutcomeMetric, Submission, ThemedSubmission, Voice

ENTRIES = 100_000
MOST = 50  # MB
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's account of memory"),
    pytest.mark.skipif("sqlite3" not in settings.DATABASES["default"]["ENGINE"], reason="another process opens a file"),
]
LINKED = {
    Submission.boroughs.through: "submission_id",
    Submission.categories.through: "submission_id",
    Submission.partners.through: "submission_id",
    ThemedSubmission: "content_object_id",
    OutcomeMetric: "submission_id",
    Voice: "submission_id",
}


def copy(entry):
    """ENTRIES entries like this one, with all that is linked to it, made where they are kept: in a few seconds."""
    names = [field.column for field in Submission._meta.concrete_fields if not field.primary_key]
    values = [f"'{name}-' || n.i" if name in ("title", "slug") else f"e.{name}" for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO submissions_submission ({', '.join(names)}) "
            f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {ENTRIES}) "
            f"SELECT {', '.join(values)} FROM n, submissions_submission e WHERE e.id = {entry.pk}"
        )
        for model, key in LINKED.items():
            names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
            values = ["e.id" if name == key else f"t.{name}" for name in names]
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {', '.join(values)} "
                f"FROM {model._meta.db_table} t, submissions_submission e WHERE e.id <> {entry.pk}"
            )


@pytest.fixture
def server(make_entry, free_port):
    """The address of the production server on a catalogue of 100,000, and its working process."""
    copy(
        make_entry(
            themes=["housing"],
            partners=["Settle"],
            figures=["confirmed"],
            voices=["“It helped.”"],
            summary=f"<p>{'What it is. ' * 30}</p>",
            body=f"<p>{'How it was done. ' * 200}</p>",
        )
    )
    environment = os.environ | {"DEBUG": "off", "HTTPS": "off", "SECRET_KEY": "test", "WEB_CONCURRENCY": "1"}
    environment |= {"PORT": str(free_port), "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn"], cwd=settings.ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{free_port}"
    try:
        wait_for(f"{address}/healthz")
        (worker,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        yield address, Path("/proc") / worker
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address):
    for _ in range(120):
        try:
            return urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} does not answer")


def megabytes(process, what):
    line = next(line for line in (process / "status").read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1024


def weight(address):
    """How many bytes come, read as they come."""
    with urllib.request.urlopen(address) as answer:
        return sum(len(part) for part in iter(lambda: answer.read(1 << 16), b""))


def test_memory_stays_flat(server):
    """From the level after the start, so with all that the first request builds, through every file in turn."""
    address, process = server
    start = megabytes(process, "VmRSS")
    for form in ("csv", "xlsx", "json", "atom"):
        assert (weight(f"{address}/submissions.{form}") > 5_000_000) is (form != "atom")  # a feed comes in parts
        assert megabytes(process, "VmHWM") - start < MOST, form
