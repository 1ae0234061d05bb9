"""What entries have several of, as their pages print it, for many entries by one query.

As plain SQL for both databases: to make a question of parts for each takes ten times as long as to answer it, and
records of the models four times."""

import json
from collections import defaultdict
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Part:
    """A text of each row of `source`, in the order of a number and a name; `link` is the table that names the entry."""

    text: str
    source: str
    number: str = "0"
    name: str = "''"
    entry: str = "submission_id"
    where: str = "TRUE"


_BOROUGHS = "submissions_submission_boroughs link JOIN boroughs_borough record ON record.id = link.borough_id"
_CATEGORIES = "submissions_submission_categories link JOIN submissions_category record ON record.id = link.category_id"
_PARTNERS = "submissions_submission_partners link JOIN submissions_partner record ON record.id = link.partner_id"
_THEMES = "submissions_themedsubmission link JOIN submissions_theme record ON record.id = link.tag_id"
_CONTACTS = "submissions_submissioncontact link JOIN boroughs_contact record ON record.id = link.contact_id"
_METRICS = "submissions_outcomemetric link"
# Figures and quotations are those that `shown()` and `heard()` give.
PARTS = {
    "boroughs": Part("record.name", _BOROUGHS, name="record.name"),
    "borough_codes": Part("record.ons_code", _BOROUGHS, name="record.name"),
    "official_names": Part("record.official_name", _BOROUGHS, name="record.name"),
    "categories": Part("record.name", _CATEGORIES, "record.number"),
    "partners": Part("record.name", _PARTNERS, name="record.name"),
    "themes": Part("record.name", _THEMES, 'record."order"', "record.name", entry="content_object_id"),
    "contacts": Part("record.name || ', ' || record.role", _CONTACTS, "link.position"),
    "metrics": Part(
        "figure || ': ' || label", _METRICS, "link.position", where="link.status = 'confirmed' AND NOT link.to_settle"
    ),
    "undecided": Part("''", _METRICS, where="link.status = 'proposed'"),
    "voices": Part("''", "submissions_voice link", where="link.withdrawn_at IS NULL AND NOT link.to_settle"),
    "supporting_items": Part("link.title", "submissions_supportingitem link", "link.position"),
}


def related(keys, names):
    """{key of an entry: {name: [texts]}} of these PARTS, [] for none. One query.

    Its text is the same for whichever keys: SQLite's driver holds the last 128 statements, and one that names five
    hundred keys in eight places takes half a megabyte."""
    found, keys = defaultdict(lambda: defaultdict(list)), list(keys)
    if keys:
        on_sqlite = connection.vendor == "sqlite"
        chosen = "SELECT value FROM json_each(%s)" if on_sqlite else "SELECT unnest(%s::bigint[])"
        rows = " UNION ALL ".join(_rows(name, PARTS[name]) for name in names)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH chosen (id) AS ({chosen}) {rows} ORDER BY 4, 5, 6", [json.dumps(keys) if on_sqlite else keys]
            )
            for name, key, text, *_ in cursor:
                found[key][name].append(text)
    return found


def _rows(name, part):
    return (
        f"SELECT '{name}', link.{part.entry}, {part.text}, {part.number}, {part.name}, link.id FROM {part.source} "  # noqa: S608 (of this file)
        f"WHERE {part.where} AND link.{part.entry} IN (SELECT id FROM chosen)"
    )
