"""Everything `make test` runs, in the order of what is fastest to hear about."""

import os
import secrets
import subprocess
import sys

from . import PYTHON, ROOT
from .steps import Failed, run

BIN = PYTHON.parent

# The production environment that docs/running.md documents; the checks run in it, whatever this machine's .env says.
PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "practice.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://practice.example.org",
    "SITE_URL": "https://practice.example.org",
    "HTTPS": "True",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp+tls://mailer:password@mail.example.org:587",
}
# Each process begins with a part of the files, and one that has nothing left to do takes over from another.
ON_ALL_CORES = ("--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")
MANAGE = [PYTHON, "-W", "error", "manage.py"]
CHECKS = {
    "ruff check": [PYTHON, "-m", "ruff", "check", "--no-cache"],
    "ruff format --check": [PYTHON, "-m", "ruff", "format", "--check", "--no-cache"],
    "djlint templates": [PYTHON, "-m", "djlint", "templates", "--lint", "--quiet"],
    "lint-imports": [BIN / "lint-imports", "--no-cache", "--no-logo"],
    "manage.py makemigrations --check": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "manage.py check --deploy": [*MANAGE, "check", "--deploy", "--fail-level=WARNING"],
    "manage.py build_fixtures --check": [*MANAGE, "build_fixtures", "--check"],
}


def run_all():
    """Every check, then the tests; the exit status of the whole."""
    failed = [label for label, command in CHECKS.items() if not passes(label, command)]
    print(flush=True)
    if run_tests():
        failed.append("pytest")
    if failed:
        print(f"\nNot passed: {', '.join(failed)}. What each said is above.", file=sys.stderr)
    return 1 if failed else 0


def passes(label, command):
    try:
        run(label, command, env=os.environ | PRODUCTION)
    except Failed as failure:
        print(failure.output, flush=True)
        return False
    return True


def run_tests():
    """pytest's exit status; it speaks for itself, last. What takes minutes has a command of its own."""
    return pytest("-m", "not slow", *ON_ALL_CORES).returncode


def run_slow_tests():
    """Load, hostile input and the site started for real; pytest's exit status."""
    return pytest("-m", "slow").returncode


def run_tests_on_postgres():
    """The tests that ask the database, on a PostgreSQL that lives as long as they do; pytest's exit status."""
    return pytest(
        *ON_ALL_CORES,
        *("-m", "not browser and not slow", "--ignore=tests/test_commands.py", "--ignore=tests/pagereader"),
        beside=[PYTHON, "tests/postgres_cluster.py", "--"],
    ).returncode


def run_mutations():
    """The code broken in one place after the other: 1 if no test notices."""
    return subprocess.run([PYTHON, "tests/mutations.py"], cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


def pytest(*options, beside=()):
    """Its processes keep what they compile, whatever the environment says: to do it again took each six seconds."""
    command = [*beside, PYTHON, "-m", "pytest", *options]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False)


def tidy():
    """What ruff can mend by itself, mended."""
    for arguments in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([PYTHON, "-m", "ruff", *arguments], cwd=ROOT, check=False)
