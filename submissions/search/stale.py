"""Entries whose words changed by a door that sends no signal: `QuerySet.update()` of a name, or plain SQL.

Triggers note them in the writer's own transaction, and the catalogue's version changes with them; the first search of
the new version writes their rows before it reads anything. Whatever does send a signal has them written at once, and
leaves nothing to do.
"""

from django.db import connections, transaction

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.models import (
    OutcomeMetric,
    Partner,
    SearchStale,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
    ThemedSubmission,
)
from submissions.search.index import index_in_bulk

_OF_BODY = (
    "SELECT id FROM submissions_submission WHERE delivery_body_id = NEW.id UNION "
    "SELECT linked.submission_id FROM submissions_submission_boroughs linked "
    "JOIN boroughs_borough borough ON borough.id = linked.borough_id WHERE borough.delivery_body_id = NEW.id"
)
# What an index row is made of: the fields, and which entries have the record that changed.
WATCHED = {
    Borough: (
        ("name", "official_name", "aliases", "delivery_body"),
        "SELECT submission_id FROM submissions_submission_boroughs WHERE borough_id = NEW.id",
    ),
    DeliveryBody: (("name", "aliases"), _OF_BODY),
    Partner: (
        ("name", "aliases"),
        "SELECT submission_id FROM submissions_submission_partners WHERE partner_id = NEW.id",
    ),
    Contact: (("name", "role"), "SELECT submission_id FROM submissions_submissioncontact WHERE contact_id = NEW.id"),
    Theme: (("name",), "SELECT content_object_id FROM submissions_themedsubmission WHERE tag_id = NEW.id"),
    Submission: (("status", "title", "summary", "body", "supporting", "team", "delivery_body"), "SELECT NEW.id"),
    OutcomeMetric: (("label", "figure", "status", "to_settle"), "SELECT NEW.submission_id"),
    SupportingItem: (("title",), "SELECT NEW.submission_id"),
    SubmissionContact: (("contact",), "SELECT NEW.submission_id"),
    ThemedSubmission: (("tag",), "SELECT NEW.content_object_id"),
}

SQLITE = "CREATE TRIGGER IF NOT EXISTS {name} AFTER UPDATE OF {columns} ON {table} BEGIN {note}; END"
# Not “OR IGNORE”: on SQLite the statement that fires a trigger decides about conflicts, so none may arise.
SQLITE_NOTE = (
    "INSERT INTO submissions_searchstale (submission) "
    "SELECT * FROM ({entries}) EXCEPT SELECT submission FROM submissions_searchstale"
)
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {note}; RETURN NULL; END $$
"""
POSTGRESQL_NOTE = "INSERT INTO submissions_searchstale (submission) {entries} ON CONFLICT DO NOTHING"
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {name} AFTER UPDATE OF {columns} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
"""


def mend():
    """Write the rows of the entries that were noted. One query when there are none."""
    if not SearchStale.objects.exists():
        return
    with transaction.atomic():
        # Locked, so that of two processes that come at once the second finds nothing left to do.
        index_in_bulk(list(SearchStale.objects.select_for_update().values_list("pk", flat=True)))


def install_triggers(using, **_):
    """After a migration: the triggers on every table that an index row is made of."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if SearchStale._meta.db_table not in present:
        return  # migrated back to before there was any
    with connection.cursor() as cursor:
        for model in WATCHED:
            if model._meta.db_table in present:
                for statement in _statements(model, connection):
                    cursor.execute(statement)


def _statements(model, connection):
    fields, entries = WATCHED[model]
    quote = connection.ops.quote_name
    parts = {
        "name": f"stale_{model._meta.db_table}",
        "table": quote(model._meta.db_table),
        "columns": ", ".join(quote(model._meta.get_field(field).column) for field in fields),
    }
    if connection.vendor == "postgresql":
        note = POSTGRESQL_NOTE.format(entries=entries)
        return [POSTGRESQL_FUNCTION.format(note=note, **parts), POSTGRESQL.format(**parts)]
    return [SQLITE.format(note=SQLITE_NOTE.format(entries=entries), **parts)]
