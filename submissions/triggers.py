"""Triggers in the database: they say what was changed in the writer's own transaction, whatever writes and however.

- Any change to what readers see changes the catalogue's version.
- A change to what an entry's search document is made of notes the entry, for `submissions.search.renew`.

They are dropped before every migration and made again after it: SQLite loses a table's triggers when it makes the table
again, and refuses to while a trigger of another table names it.
"""

import random
from contextlib import nullcontext

from django.apps import apps
from django.db import connections, transaction

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.entry_fields import RECORD, RICH, TEXT, of_kind
from submissions.models import (
    CatalogueVersion,
    EntryToRenew,
    OutcomeMetric,
    Partner,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
    ThemedSubmission,
)

# Labels only: the survey and the desk are above this app, and a site may be without them.
APPS = ("boroughs", "submissions", "survey", "editorial")
# What readers never see: the version itself, the desk's to-do list, counts of searches, what is derived from the rest.
NOT_SHOWN = {"catalogueversion", "doubt", "failedsearch", "failedsearchcount"}
NOT_SHOWN |= {"entrytorenew", "searchrow", "searchstem", "searchword"}
NOT_SHOWN |= {"checkedlink", "contactcheck", "correction", "event", "handover", "mail", "newaddress", "plan"}
NOT_SHOWN |= {"signatory", "version"}
HISTORY = "historical"  # how django-simple-history begins the names of its models

# The entry and its parts: the field that holds the entry's key, and those that its search document is made of.
PARTS = {
    Submission: ("id", ("status", *(field.name for field in of_kind(TEXT, RICH, RECORD) if field.searched))),
    Submission.boroughs.through: ("submission", ("borough",)),
    Submission.partners.through: ("submission", ("partner",)),
    OutcomeMetric: ("submission", ("label", "figure", "status", "to_settle")),
    SupportingItem: ("submission", ("title",)),
    SubmissionContact: ("submission", ("contact",)),
    ThemedSubmission: ("content_object", ("tag",)),
}
# Records whose names the document holds: the names' fields, and the entries that have the record. It cannot be deleted
# while an entry has it, and a new one has no entries yet.
NAMES = {
    Borough: (
        ("name", "official_name", "aliases", "delivery_body"),
        "SELECT submission_id FROM submissions_submission_boroughs WHERE borough_id = NEW.id",
    ),
    DeliveryBody: (
        ("name", "aliases"),
        "SELECT id FROM submissions_submission WHERE delivery_body_id = NEW.id UNION "
        "SELECT linked.submission_id FROM submissions_submission_boroughs linked "
        "JOIN boroughs_borough borough ON borough.id = linked.borough_id WHERE borough.delivery_body_id = NEW.id",
    ),
    Partner: (
        ("name", "aliases"),
        "SELECT submission_id FROM submissions_submission_partners WHERE partner_id = NEW.id",
    ),
    Contact: (("name", "role"), "SELECT submission_id FROM submissions_submissioncontact WHERE contact_id = NEW.id"),
    Theme: (("name",), "SELECT content_object_id FROM submissions_themedsubmission WHERE tag_id = NEW.id"),
}

# PostgreSQL runs a function once for a statement, with the rows it changed, of which there may be none. Once for a row
# would be slow: a thousand changes of the version's one row in one transaction leave a thousand dead rows to read.
VERSION = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS {name}",
        "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN UPDATE {version} SET stamp = random(); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION change_catalogue_version() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT FROM changed) THEN "
        "UPDATE {version} SET stamp = (random() * 9007199254740992)::bigint; END IF; RETURN NULL; END $$",
        "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {row} TABLE AS changed "
        "FOR EACH STATEMENT EXECUTE FUNCTION change_catalogue_version()",
    ],
}
NOTE = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS {name}",
        "CREATE TRIGGER {name} AFTER {event} ON {table}{when} BEGIN INSERT INTO {notes} (submission) {entries}; END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO {notes} (submission) {entries}; RETURN NULL; END $$",
        "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()",
    ],
}
CHANGED = {
    "sqlite": " WHEN ({old}) IS NOT ({new})",
    "postgresql": " WHEN (ROW({old}) IS DISTINCT FROM ROW({new}))",
}
ROW = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
OURS = ("version_", "note_", "stale_")  # how the names of our triggers begin, or began in earlier releases
EVERY_ENTRY = (
    "INSERT INTO submissions_entrytorenew (submission) SELECT id FROM submissions_submission "
    "UNION SELECT submission_id FROM submissions_searchrow"
)
PRESENT = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def drop_triggers(using, plan, **_):
    """Before a migration: databases refuse to make a table again, or to change a column, that a trigger names."""
    connection = connections[using]
    if not plan:
        return
    on_table = " ON {}" if connection.vendor == "postgresql" else ""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(PRESENT[connection.vendor])
        for name, table in cursor.fetchall():
            if name.startswith(OURS):
                cursor.execute(f"DROP TRIGGER {quote(name)}{on_table.format(quote(table))}")


def install_triggers(using, plan=(), **_):
    """After a migration, also after one with nothing to do: the version's one row, and every trigger as it is today.

    While a migration ran there were none: so every entry is noted, and the version changes."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if not {CatalogueVersion._meta.db_table, EntryToRenew._meta.db_table} <= present:
        return  # migrated back to before there was either
    CatalogueVersion.objects.using(using).get_or_create(pk=1)
    # In one transaction, PostgreSQL would lock every table of a site that is running.
    together = transaction.atomic(using) if connection.vendor == "sqlite" else nullcontext()
    with together, connection.cursor() as cursor:
        for statement in [*_of_version(connection, present), *_of_notes(connection)]:
            cursor.execute(statement)
        if plan:
            cursor.execute(EVERY_ENTRY)
            CatalogueVersion.objects.using(using).update(stamp=random.getrandbits(53))


def _of_version(connection, present):
    quote, version = connection.ops.quote_name, CatalogueVersion._meta.db_table
    for table in sorted(present & _shown_tables()):
        for event, row in ROW.items():
            parts = {"name": f"version_{table}_{event}".lower(), "event": event, "row": row}
            for statement in VERSION[connection.vendor]:
                yield statement.format(table=quote(table), version=quote(version), **parts)


def _shown_tables():
    installed = (apps.get_app_config(label) for label in APPS if label in apps.app_configs)
    models = (model for app in installed for model in app.get_models(include_auto_created=True))
    return {model._meta.db_table for model in models if _is_shown(model._meta.model_name)}


def _is_shown(name):
    return name not in NOT_SHOWN and not name.startswith(HISTORY)


def _of_notes(connection):
    for model, (owner, fields) in PARTS.items():
        key = model._meta.get_field(owner).column
        for event, row in ROW.items():
            entries = f"SELECT {row}.{key}" + (f" UNION SELECT OLD.{key}" if event == "UPDATE" else "")
            yield from _note(connection, model, event, (owner, *fields), entries)
    for model, (fields, entries) in NAMES.items():
        yield from _note(connection, model, "UPDATE", fields, entries)


def _note(connection, model, event, fields, entries):
    quote, when = connection.ops.quote_name, ""
    table, notes = model._meta.db_table, quote(EntryToRenew._meta.db_table)
    if event == "UPDATE":
        with connection.cursor() as cursor:  # migrated back, the table may lack a column
            present = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        columns = [model._meta.get_field(field).column for field in fields]
        columns = [quote(column) for column in columns if column in present]
        old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
        when = CHANGED[connection.vendor].format(old=old, new=new)
    for statement in NOTE[connection.vendor]:
        name = f"note_{table}_{event}".lower()
        yield statement.format(name=name, event=event, table=quote(table), when=when, notes=notes, entries=entries)
