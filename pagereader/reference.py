"""What the reader must know of the world: the authorities and themes of LIIA's own tables, and its word lists."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

# Lists of words and patterns, by table and name.
LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Authority:
    """A local authority as the reader must know it: its name, other forms of it, its e-mail domains."""

    name: str
    official_name: str
    aliases: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    delivery_body: str = ""
    delivery_aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownTheme:
    """A theme: its present slug, those it had before, its name and the sentence that says what belongs there."""

    slug: str
    earlier_slugs: tuple[str, ...] = ()
    name: str = ""
    description: str = ""


@dataclass(frozen=True)
class Reference:
    """What the reader knows of the world: the authorities and the themes there are."""

    authorities: tuple[Authority, ...]
    themes: tuple[KnownTheme, ...]


def reference_from(authorities_csv: str, themes_csv: str) -> Reference:
    """Reads the text of `local_authorities.csv` and `themes.csv`. Raises KeyError naming a column that is missing."""
    return Reference(
        authorities=tuple(authority_from(row) for row in rows(authorities_csv)),
        themes=tuple(KnownTheme(row["slug"].strip(), (), row["name"], row["definition"]) for row in rows(themes_csv)),
    )


def rows(text: str) -> csv.DictReader:
    return csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))


def authority_from(row: dict[str, str]) -> Authority:
    return Authority(
        name=row["name"],
        official_name=row["official_name"],
        aliases=parts(row["short_forms"]),
        email_domains=parts(row["email_domains"]),
        delivery_body=row["delivery_organisation"],
        delivery_aliases=parts(row["delivery_short_forms"]),
    )


def parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def word_list(table: str, name: str) -> frozenset[str]:
    return frozenset(LISTS[table][name].split())


def phrase_list(table: str, name: str) -> frozenset[str]:
    """The phrases of a list that has commas between them."""
    return frozenset(" ".join(phrase.split()) for phrase in LISTS[table][name].split(","))
