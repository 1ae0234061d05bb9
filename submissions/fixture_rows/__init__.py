"""From received sources and an administrator's decisions to the rows of the fixture files. No database is used."""

from submissions.fixture_rows.differences import differences
from submissions.fixture_rows.files import BUILT, BuildError, build, read_built, write_built

__all__ = ["BUILT", "BuildError", "build", "differences", "read_built", "write_built"]
