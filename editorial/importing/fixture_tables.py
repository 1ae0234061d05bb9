"""The tables, texts and decisions under `fixtures/`: read as received, and as rows of fixture files.

A row is what Django's `loaddata` reads: {"model": "app.model", "pk": …, "fields": {…}}.
"""

import csv
import io
import json
import tomllib
from decimal import Decimal
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.text import slugify


class BuildError(ValueError):
    """The fixtures cannot be built. The message is one sentence that says where, and what to do."""


def shown(path):
    """The end of a path that a reader needs: fixtures/editorial/care-leavers.toml."""
    return "/".join(path.parts[-3:])


def bytes_of(path):
    """What the file holds, or a BuildError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BuildError(f"{shown(path)} cannot be read ({error.strerror}). Put it back and build again.") from error


def text_of(path):
    """The text of one of our own files, which are UTF-8."""
    data = bytes_of(path)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BuildError(f"{shown(path)}, line {line} is not UTF-8. Save the file as UTF-8 and build again.") from error


def decisions_in(path):
    """(data, text) of a TOML file; the text shows in which line a decision is."""
    text = text_of(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise BuildError(f"{shown(path)} is not valid TOML: {error}. Mend that line and build again.") from error


def as_bytes(rows):
    """The content of a fixture file: one space of indent, letters as they are, a line end at the end."""
    return (json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n").encode()


def rows_in(path):
    """The rows of a fixture file, none if there is no such file. BuildError if it is not a list of rows."""
    if not path.exists():
        return []
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise BuildError(f"{path} is not valid JSON ({error}). Delete it and run build_fixtures.") from error


def borough_rows(root):
    """Rows of delivery bodies and boroughs; `root` is the fixtures folder."""
    authorities = _table(root / "sources" / "local_authorities.csv")
    bodies = {
        authority["delivery_organisation"]: _listed(authority["delivery_short_forms"])
        for authority in authorities
        if authority["delivery_organisation"]
    }
    body_rows = _numbered(
        "boroughs.deliverybody",
        ({"name": name, "slug": slugify(name), "aliases": aliases} for name, aliases in sorted(bodies.items())),
    )
    keys = {row["fields"]["name"]: row["pk"] for row in body_rows}
    return body_rows + _numbered("boroughs.borough", _boroughs(root, authorities, keys))


def _boroughs(root, authorities, body_keys):
    """The fields of each authority, in the order of the table, with the tile label that was decided for it."""
    labels = decisions_in(root / "editorial" / "boroughs.toml")[0]["tile_labels"]
    neighbours = {line["ons_code"]: _listed(line["neighbours"]) for line in _table(root / "sources" / "neighbours.csv")}
    keys = {authority["ons_code"]: pk for pk, authority in enumerate(authorities, start=1)}
    same = ("name", "official_name", "slug", "ons_code", "dfe_code", "sub_region", "website")
    for authority in authorities:
        if authority["name"] not in labels:
            name = authority["name"]
            raise BuildError(f"editorial/boroughs.toml has no tile label for {name}: add it under [tile_labels].")
        yield {name: authority[name] for name in same} | {
            "aliases": _listed(authority["short_forms"]),
            "email_domains": _listed(authority["email_domains"]),
            "ring": authority["inner_outer"],
            "tile_row": int(authority["tile_row"]),
            "tile_column": int(authority["tile_col"]),
            "delivery_body": body_keys.get(authority["delivery_organisation"]),
            "tile_label": labels[authority["name"]],
            "neighbours": [keys[code] for code in neighbours[authority["ons_code"]]],
        }


def theme_rows(root):
    """Rows of LIIA's themes, in the order LIIA lists them."""
    return _numbered(
        "submissions.theme",
        (
            {"name": theme["name"], "slug": theme["slug"], "description": theme["definition"], "order": order}
            for order, theme in enumerate(_table(root / "sources" / "themes.csv"), start=1)
        ),
    )


def term_rows(root):
    """Rows of the glossary's terms from 1 on, then of the thesaurus' groups of words.

    Terms of the glossary are shown on its page; groups only help searches. A group whose first word is a term adds to
    it. BuildError names the line that cannot be read.
    """
    terms = {}
    for row in _table(root / "sources" / "glossary.csv"):
        more = {"shown": True, "expansion": row["expansion"], "definition": row["definition"]}
        terms[row["term"].casefold()] = _term(row["term"], _unique(row["synonyms"])) | more
    path = root / "sources" / "thesaurus.csv"
    for number, cells in _groups(path):
        _add_group(terms, f"{shown(path)}, line {number}", *cells)
    return _numbered("submissions.glossaryterm", _with_slugs(terms.values()))


def _groups(path):
    """(line number, cells) of each line that is no comment and not the heading."""
    reader = csv.reader(io.StringIO(text_of(path), newline=""))
    for cells in reader:
        if cells and not cells[0].startswith("#") and cells != ["words", "also", "note"]:
            if len(cells) != 3 or not cells[0].strip():
                raise BuildError(
                    f"{shown(path)}, line {reader.line_num} needs three cells (words, also, note) and a first word."
                )
            yield reader.line_num, cells


def _add_group(terms, where, words, also, note):
    head, *others = _unique(words)
    term = terms.setdefault(head.casefold(), _term(head, []))
    kind, _, value = note.partition(":")
    if kind == "show":
        term["shown_as"] = value.strip()
    elif kind == "means":
        term["meanings"] = _unique(value)
    elif note:
        raise BuildError(f"{where}: a note begins with “show:” or “means:”.")
    for name, more in (("synonyms", others), ("also", _unique(also))):
        known = {word.casefold() for word in (*term[name], term["term"])}
        term[name] += [word for word in more if word.casefold() not in known]


def _term(term, synonyms):
    return {
        "term": term,
        "slug": "",
        "shown_as": "",
        "expansion": "",
        "definition": "",
        "synonyms": synonyms,
        "also": [],
        "meanings": [],
        "shown": False,
    }


def _with_slugs(terms):
    slugs = set()
    for number, term in enumerate(terms, start=1):
        base = slugify(term["term"])[:100] or "term"
        term["slug"] = next(s for n in range(1, number + 1) if (s := f"{base}-{n}" if n > 1 else base) not in slugs)
        slugs.add(term["slug"])
        yield term


def _table(path):
    """The rows of a CSV file as dicts of strings."""
    return list(csv.DictReader(io.StringIO(text_of(path), newline="")))


def _listed(cell):
    """A cell's list: "LBBD;B&D" is ["LBBD", "B&D"]."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _unique(cell):
    return list(dict.fromkeys(_listed(cell)))


def _numbered(model, rows_of_fields):
    """Rows of one model with primary keys 1, 2, 3 … in the order given."""
    return [{"model": model, "pk": pk, "fields": fields} for pk, fields in enumerate(rows_of_fields, start=1)]


class Decisions:
    """One TOML file of `fixtures/editorial`, such as care-leavers.toml, whose head explains its parts."""

    def __init__(self, path):
        self.path = path
        self.data, self.text = decisions_in(path)

    def __getitem__(self, name):
        if name not in self.data:
            raise BuildError(f"{shown(self.path)} does not say `{name}`: add it.")
        return self.data[name]

    @cached_property
    def entries(self):
        """{heading: what was decided about that entry}."""
        for number, entry in enumerate(self["entry"], start=1):
            if missing := [name for name in ("heading", "slug", "themes") if name not in entry]:
                raise BuildError(f"{shown(self.path)} does not say `{missing[0]}` in its entry {number}: add it.")
        return {entry["heading"]: entry for entry in self["entry"]}

    def metric_of(self, metrics, decided):
        """The one of an entry's figures that a decision is about."""
        matching = [metric for metric in metrics if _is_about(decided, metric)]
        if len(matching) == 1:
            return matching[0]
        which = "say with `value` which figure is meant of those in"
        none = "mend or remove this decision, for the reader finds no such figure in"
        raise self.error("quote", decided["quote"], which if matching else none)

    def error(self, key, value, problem):
        """A BuildError that says where in the file `key = "value"` is."""
        return BuildError(f"{shown(self.path)}, line {self._line_of(key, value)}: {problem} “{value}”.")

    def _line_of(self, key, value):
        lines = enumerate(self.text.split("\n"), start=1)
        return next((number for number, line in lines if _says(line, key, value)), 1)

    def check_against(self, entry_texts, themes):
        """BuildError unless the page bears out every decision.

        `entry_texts` is {heading: all that the page prints under it}; `themes` holds the slugs there are.
        """
        for heading, entry in self.entries.items():
            if heading not in entry_texts:
                raise self.error("heading", heading, "copy the heading from the page again, where no entry has")
            self._check_quotes(entry, entry_texts[heading])
            self._check_themes(entry, themes)
        for heading in entry_texts:
            if heading not in self.entries:
                raise BuildError(f"{shown(self.path)} decides nothing about an entry of the page: add “{heading}”.")

    def _check_quotes(self, entry, text):
        quotes = [*entry["themes"].items(), *(("quote", metric["quote"]) for metric in entry.get("metric", []))]
        quotes += [("not_voices", quote) for quote in entry.get("not_voices", [])]
        advice = f"copy the words from the page again, where the entry “{entry['heading']}” does not say"
        for key, quote in quotes:
            if quote not in text:
                raise self.error(key, quote, advice)

    def _check_themes(self, entry, themes):
        for slug, quote in entry["themes"].items():
            if slug not in themes:
                raise self.error(slug, quote, f"choose a theme of sources/themes.csv, for there is no “{slug}”, for")


def _says(line, key, value):
    try:
        decided = tomllib.loads(line).get(key)
    except tomllib.TOMLDecodeError:
        return False
    return decided == value or (isinstance(decided, list) and value in decided)


def _is_about(decided, metric):
    value = decided.get("value")
    return metric.quote == decided["quote"] and (value is None or Decimal(str(value)) == metric.value)
