"""From received sources and an administrator's decisions to the rows of the fixture files. No database is used."""

from submissions.fixture_rows.differences import differences
from submissions.fixture_rows.files import BUILT, BuildError, build, read_built, write_built
from submissions.fixture_rows.rooms import all_built, build_all

__all__ = ["BUILT", "BuildError", "all_built", "build", "build_all", "differences", "read_built", "write_built"]
