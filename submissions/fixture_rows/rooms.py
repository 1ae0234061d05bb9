"""The fixture files of every app: whichever has `fixture_rows` with BUILT and build(root), as this one and the survey.

The apps above this one are found, never imported by name: imports go down the ladder only.
"""

from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def rooms():
    """Each app's `fixture_rows`, in the order of INSTALLED_APPS, which is the order in which they load."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "fixture_rows"):
            yield import_module(f"{config.name}.fixture_rows")


def all_built():
    """The names of all fixture files, in the order they load."""
    return [name for room in rooms() for name in room.BUILT]


def build_all(root):
    """{file name: rows} for all fixture files; `root` is the fixtures folder. BuildError says what is wrong."""
    return {name: rows for room in rooms() for name, rows in room.build(root).items()}
