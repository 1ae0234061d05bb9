"""What a build would change, in words: which record, and which of its fields."""

from submissions.fixture_rows.files import as_bytes, read_built

NAMED_BY = ("title", "name", "figure", "quote", "message", "printed")
LONGEST_NAME = 60
CALLED = {
    "boroughs.deliverybody": "delivery body",
    "submissions.boroughmention": "mention",
    "submissions.outcomemetric": "outcome metric",
    "submissions.submissioncontact": "contact line",
    "submissions.supportingitem": "supporting item",
    "submissions.themedsubmission": "theme of an entry",
}


def differences(root, built):
    """One sentence for each record that differs between the files in `root` and `built`, in the order of the files."""
    return [sentence for name, rows in built.items() for sentence in _of_file(root / name, rows)]


def _of_file(path, rows):
    before, after = _by_key(read_built(path)), _by_key(rows)
    sentences = [_sentence(before.get(key), after.get(key)) for key in before | after]
    said = [f"fixtures/{path.name}: {sentence}" for sentence in sentences if sentence]
    if not said and (not path.exists() or path.read_bytes() != as_bytes(rows)):
        return [f"fixtures/{path.name}: the records are the same but not written as build_fixtures writes them."]
    return said


def _by_key(rows):
    return {(row["model"], row["pk"]): row for row in rows}


def _sentence(before, after):
    """“submission 9 “KickStart Futures” would change: body”, or "" if nothing differs."""
    if before is None or after is None:
        return f"{_called(before or after)} would be {'added' if before is None else 'removed'}"
    old, new = before["fields"], after["fields"]
    changed = [name for name in old | new if old.get(name) != new.get(name)]
    return f"{_called(before)} would change: {', '.join(changed)}" if changed else ""


def _called(row):
    kind = CALLED.get(row["model"], row["model"].partition(".")[2])
    names = (str(row["fields"][field]) for field in NAMED_BY if row["fields"].get(field))
    name = next(names, "")
    short = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rstrip() + " …"
    return f"{kind} {row['pk']} “{short}”" if short else f"{kind} {row['pk']}"
