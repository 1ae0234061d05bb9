"""Settings as people leave them in .env: empty ones count as none, a wrong one is named in a sentence."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

NAMES = sorted(
    set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)", default', (settings.ROOT / "spotlight" / "settings.py").read_text()))
    | {"DATABASE_URL"}
)
ASKED = ("EMAIL_BACKEND", "ALLOWED_HOSTS", "SITE_URL", "SECOND_FACTOR", "HTTPS", "DEFAULT_FROM_EMAIL")


def manage(*arguments, **environment):
    return run("manage.py", *arguments, **environment)


def run(*arguments, **environment):
    """Another process: settings are read once."""
    bare = {name: value for name, value in os.environ.items() if name not in NAMES}
    own = {"SECRET_KEY": "a key for tests", "DEBUG": "off", "DJANGO_SETTINGS_MODULE": "spotlight.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=settings.ROOT,
        env=bare | own | environment,
        timeout=120,
    )


def values(**environment):
    said = "print(" + ", ".join(f"settings.{name}" for name in ASKED) + ")"
    answer = run("-c", f"from django.conf import settings; {said}", **environment)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_empty_values_are_the_defaults():
    assert {"EMAIL_URL", "HTTPS", "ALLOWED_HOSTS"} < set(NAMES)
    empty = dict.fromkeys([name for name in NAMES if name not in ("SECRET_KEY", "DEBUG")], " ")
    assert values(**empty) == values()


@pytest.mark.parametrize(
    ("name", "value"),
    [("EMAIL_URL", "nonsense"), ("EMAIL_URL", "smtp://host:port"), ("DATABASE_URL", "nonsense://x"), ("HTTPS", "yse")],
)
def test_a_wrong_value_is_named_in_a_sentence(name, value):
    answer = manage("check", **{name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name} cannot be read as it is written")
    assert "Traceback" not in answer.stderr
    assert value not in answer.stderr


def test_without_a_key_one_sentence_says_what_to_do():
    answer = manage("check", SECRET_KEY="")
    assert answer.returncode == 1
    assert answer.stderr.startswith("SECRET_KEY is not set. Run `make run` once")
