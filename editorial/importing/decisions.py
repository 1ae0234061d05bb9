"""What an administrator decided about one page beyond its own text, with the line of each decision."""

import tomllib
from decimal import Decimal
from functools import cached_property

from submissions.fixture_tables import BuildError, decisions_in, shown


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
