"""Reading the received files under `fixtures/`: tables, decisions, and the published page."""

import csv
import io
import tomllib

from submissions.fixture_rows.row import BuildError


def table(path):
    """The rows of a CSV file as dicts of strings."""
    return list(csv.DictReader(io.StringIO(_text(path), newline="")))


def decisions(path):
    """(data, text) of a TOML file; the text is kept to say in which line a decision stands."""
    text = _text(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise BuildError(f"{path} is not valid TOML: {error}. Mend that line and build again.") from error


def listed(cell):
    """A cell's list: "LBBD;B&D" is ["LBBD", "B&D"]."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _text(path):
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise BuildError(f"{path} cannot be read ({error.strerror}). Put it back and build again.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BuildError(f"{path}, line {line} is not UTF-8. Save the file as UTF-8 and build again.") from error
