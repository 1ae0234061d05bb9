"""A published page and what its reader must know of the world, from the files under `fixtures/sources`."""

from pagereader import NotAPage, decode, read, reference_from
from pagereader.text.lines import lines_of
from submissions.fixture_rows.row import BuildError
from submissions.fixture_rows.sources import bytes_of, shown, text_of


def reference(root):
    """London's authorities and LIIA's themes, as the reader takes them; `root` is the fixtures folder."""
    return reference_from(*(text_of(root / "sources" / name) for name in ("local_authorities.csv", "themes.csv")))


def published(path, root):
    """(page, text) of a source. BuildError if it is no such page."""
    try:
        text = decode(bytes_of(path))
        return read(text, reference(root)), text
    except NotAPage as error:
        where = f", line {error.line}" if error.line else ""
        raise BuildError(f"{shown(path)}{where}: {error}") from error


def entry_texts(page, text):
    """{heading: all that the page prints from it to the next heading, wrapped lines joined by one space}."""
    starts = [entry.line for entry in page.entries]
    ends = [*starts[1:], float("inf")]
    lines = lines_of(text)
    return {
        entry.heading: " ".join(line.text for line in lines if start <= line.number < end)
        for entry, start, end in zip(page.entries, starts, ends, strict=True)
    }
