"""LIIA's own tables, as the reader needs them."""

from __future__ import annotations

import csv
import io

from .records import Authority, KnownTheme, Reference


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
