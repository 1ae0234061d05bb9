"""Imports go down the ladder only, as pyproject.toml draws it."""

import tomllib
from pathlib import Path

import importlinter.cli
from django.apps import apps
from django.conf import settings

RULES = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_contract_is_kept(monkeypatch, capsys):
    monkeypatch.chdir(settings.ROOT)
    broken = importlinter.cli.lint_imports(no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_no_app_of_ours_is_forgotten_by_the_contracts():
    ours = {app.name for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT}
    assert ours | {"pagereader"} == set(RULES["root_packages"])


def test_no_test_leaves_the_waiting_to_a_string():
    """`wait_for_function` evaluates it in the page, which our policy refuses: tests/browsing.py has `wait_until`."""
    tests = settings.ROOT.joinpath("tests").rglob("*.py")
    assert [file.name for file in tests if ".wait_for_" + "function(" in file.read_text()] == []
