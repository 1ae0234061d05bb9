"""Reading the files under `fixtures/`: tables as received, decisions as written."""

import csv
import io
import tomllib

from submissions.fixture_rows.row import BuildError


def table(path):
    """The rows of a CSV file as dicts of strings."""
    return list(csv.DictReader(io.StringIO(text_of(path), newline="")))


def decisions(path):
    """(data, text) of a TOML file; the text is kept to say in which line a decision stands."""
    text = text_of(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise BuildError(f"{shown(path)} is not valid TOML: {error}. Mend that line and build again.") from error


def shown(path):
    """The end of a path that a reader needs: fixtures/editorial/care-leavers.toml."""
    return "/".join(path.parts[-3:])


def listed(cell):
    """A cell's list: "LBBD;B&D" is ["LBBD", "B&D"]."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def text_of(path):
    """The text of one of our own files, which are UTF-8."""
    data = bytes_of(path)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BuildError(f"{shown(path)}, line {line} is not UTF-8. Save the file as UTF-8 and build again.") from error


def bytes_of(path):
    """What the file holds, or a BuildError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildError(f"{shown(path)} cannot be read ({error.strerror}). Put it back and build again.") from error
