"""Schemathesis asks the API everything its own description allows, and much that it does not."""

import subprocess
import sys

import pytest

from submissions.api.rules import PerMachine
from tests.entries import mix

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_every_answer_is_as_described(live_server, make_entry, monkeypatch, tmp_path):
    monkeypatch.setattr(PerMachine, "get_rate", lambda self: "100000/minute")
    mix(make_entry, 60)
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/openapi.json"]
    command += ["--url", live_server.url, "--max-examples", "10", "--seed", "33", "--no-shrink"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=150)
    print(found.stdout)
    assert found.returncode == 0, found.stdout + found.stderr
