"""Imports go down the ladder only: submissions.page → boroughs → submissions → spotlight.urls."""

import ast
import tomllib
from pathlib import Path

import importlinter.cli
import pytest
from django.apps import apps
from django.conf import settings

RULES = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_contract_is_kept(monkeypatch, capsys):
    monkeypatch.chdir(settings.ROOT)
    broken = importlinter.cli.lint_imports(no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_no_app_of_ours_is_forgotten_by_the_contracts():
    ours = {app.name for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT}
    assert ours == set(RULES["root_packages"])


@pytest.mark.parametrize("file", sorted((settings.ROOT / "submissions" / "page").rglob("*.py")), ids=lambda f: f.name)
def test_reading_a_page_imports_nothing_else_of_submissions(file):
    for imported in imports_of(file):
        assert imported == "submissions.page" or imported.startswith("submissions.page.") or not is_ours(imported), (
            f"{file.name} imports {imported}"
        )


def test_no_test_leaves_the_waiting_to_a_string():
    """`wait_for_function` evaluates it in the page, which our policy refuses: tests/browsing.py has `wait_until`."""
    tests = settings.ROOT.joinpath("tests").rglob("*.py")
    assert [file.name for file in tests if ".wait_for_" + "function(" in file.read_text()] == []


def is_ours(module):
    return module.partition(".")[0] in RULES["root_packages"]


def imports_of(file):
    """The modules a file names, those of `from . import x` written out."""
    package = file.relative_to(settings.ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ([base] if node.module else [f"{base}.{alias.name}" for alias in node.names])
