"""What holds for the whole code: imports go down the ladder only, and what changes something says so by its name."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings

RULES = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def test_every_contract_is_kept():
    """In a process of its own: the tool silences the loggers of the one it runs in."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo"]
    linted = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_no_app_of_ours_is_forgotten_by_the_contracts():
    ours = {app.name for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT}
    assert ours | {"pagereader"} == set(RULES["root_packages"])


def test_no_test_leaves_the_waiting_to_a_string():
    """`wait_for_function` evaluates it in the page, which our policy refuses: tests/browsing.py has `wait_until`."""
    tests = settings.ROOT.joinpath("tests").rglob("*.py")
    assert [file.name for file in tests if ".wait_for_" + "function(" in file.read_text()] == []


# Methods that save, send or delete. `create`, `update` and so on are those of a manager or a QuerySet.
WRITES = {"bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "send_mail", "send_messages"}
# The first words of functions that do so. A new one is an imperative: not "saved", "saving" or "storage".
VERBS = re.compile(
    r"(accept|add|ask|attempt|begin|build|cancel|carry|change|claim|close|compose|confirm|create|decide|delete"
    r"|discard|end|erase|find|forget|give|grant|hand|hold|import|index|install|issue|keep|mail|merge|move|note|place"
    r"|publish|put|rebuild|record|redirect|remove|renew|reopen|replace|restore|revise|revoke|save|send|settle|stamp|stop|store"
    r"|take|transition|undo|unplan|void|withdraw|write)(_|$)"
)
# Names that Django gives.
HOOKS = {"__missing__", "handle", "save_model"}


def is_named(name):
    return name in HOOKS or VERBS.match(name.strip("_"))


def own_calls(function):
    """The calls of methods in a function's own body, not in those inside it."""
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node
        waiting += ast.iter_child_nodes(node)


def writes(call, relations):
    """Whether a call of a method writes to the database or sends a mail."""
    name, owner = call.func.attr, call.func.value
    if name in ("save", "delete"):  # a picture is saved to a place, a record to none
        return not call.args
    if name == "update":  # of rows, with keywords alone; not of a dictionary
        return bool(call.keywords) and not call.args and not ast.unparse(owner).endswith(".attrs")
    if name in ("add", "remove", "set"):
        return isinstance(owner, ast.Attribute) and owner.attr in relations
    return name in WRITES


def functions_of_ours():
    """(file, function) for each function of the site, but for migrations."""
    for name in RULES["root_packages"]:
        for file in (settings.ROOT / name).rglob("*.py"):
            if "migrations" not in file.parts:
                tree = ast.walk(ast.parse(file.read_text()))
                yield from ((file, node) for node in tree if isinstance(node, ast.FunctionDef))


def test_a_function_that_saves_sends_or_deletes_is_an_imperative():
    links = [field for model in apps.get_models() for field in model._meta.get_fields() if field.many_to_many]
    relations = {link.get_accessor_name() if link.auto_created else link.name for link in links}
    writers = ((file, f.name) for file, f in functions_of_ours() if any(writes(c, relations) for c in own_calls(f)))
    assert [f"{file.name}: {name}" for file, name in writers if not is_named(name)] == []
