"""Triggers in the database: they say what was changed in the writer's own transaction, whatever writes and however.

- Any change to what readers see changes the catalogue's version.
- A change to what an entry's page, card, facets or search document is made of notes the entry, for
  `submissions.derived.renew`.

They are dropped before every migration and made again after it: SQLite loses a table's triggers when it makes the table
again, and refuses to while a trigger of another table names it.
"""

import random
from contextlib import nullcontext

from django.apps import apps
from django.db import connections, transaction

from boroughs.models import Borough, Contact, DeliveryBody
from submissions.models import (
    CatalogueVersion,
    Category,
    DerivedEntry,
    EntryToRenew,
    GlossaryTerm,
    OutcomeMetric,
    Partner,
    Round,
    Submission,
    SubmissionContact,
    SupportingItem,
    Theme,
    ThemedSubmission,
    Voice,
)

# Labels only: the survey and the desk are above this app, and a site may be without them.
APPS = ("boroughs", "submissions", "survey", "editorial")
# What readers never see: the version itself, the desk's to-do list, counts of searches, what is derived from the rest.
NOT_SHOWN = {"catalogueversion", "doubt", "failedsearch", "failedsearchcount"}
NOT_SHOWN |= {"derivedentry", "entrytorenew", "searchrow", "searchstem", "searchword"}
NOT_SHOWN |= {"checkedlink", "contactcheck", "correction", "event", "handover", "mail", "newaddress", "plan"}
NOT_SHOWN |= {"signatory", "version"}
HISTORY = "historical"  # how django-simple-history begins the names of its models

# The entry and its parts, each with the field that holds the entry's key. The survey and the desk add theirs.
PARTS = {
    Submission: "id",
    Submission.boroughs.through: "submission",
    Submission.categories.through: "submission",
    Submission.partners.through: "submission",
    OutcomeMetric: "submission",
    SubmissionContact: "submission",
    SupportingItem: "submission",
    ThemedSubmission: "content_object",
    Voice: "submission",
}
# Records that entries show, each with the SQL of the entries that show {row}. One that an entry has cannot be deleted,
# and a new one has no entries yet, so that only a change of it counts.
RECORDS = {
    Borough: "SELECT submission_id FROM submissions_submission_boroughs WHERE borough_id = {row}.id",
    Category: "SELECT submission_id FROM submissions_submission_categories WHERE category_id = {row}.id",
    Contact: "SELECT submission_id FROM submissions_submissioncontact WHERE contact_id = {row}.id",
    DeliveryBody: "SELECT id FROM submissions_submission WHERE delivery_body_id = {row}.id UNION "
    "SELECT linked.submission_id FROM submissions_submission_boroughs linked "
    "JOIN boroughs_borough borough ON borough.id = linked.borough_id WHERE borough.delivery_body_id = {row}.id",
    Partner: "SELECT submission_id FROM submissions_submission_partners WHERE partner_id = {row}.id",
    Round: "SELECT id FROM submissions_submission WHERE round_id = {row}.id",
    Theme: "SELECT content_object_id FROM submissions_themedsubmission WHERE tag_id = {row}.id",
}
# Records that entries show without a link to them, so that a new or deleted one counts too.
MENTIONS = {
    GlossaryTerm: "SELECT id FROM submissions_submission "
    "WHERE {find}(summary, {row}.term) > 0 OR {find}(body, {row}.term) > 0 OR {find}(supporting, {row}.term) > 0",
}
FIND = {"sqlite": "instr", "postgresql": "strpos"}  # the place of a text in another
# Records that facets and search have names from, with the earlier slugs of those that have any.
NAMED = (Borough, Category, DeliveryBody, GlossaryTerm, Partner, Theme)
RANDOM = {"sqlite": "random()", "postgresql": "(random() * 9007199254740992)::bigint"}
# Columns that no entry's page, card or search document has anything of. A new column notes entries unless it is here.
NOT_ON_ENTRIES = {
    Borough: {"ons_code", "dfe_code", "email_domains", "ring", "sub_region", "website", "tile_row", "tile_column"}
    | {"tile_label"},
    Category: {"scope", "sponsor", "panel", "introduction", "sign_off"},
    Contact: {"no_checks_since"},
    GlossaryTerm: {"shown_as", "synonyms", "also", "meanings"},
    Submission: {"replaces"},
    Theme: {"description"},
    ThemedSubmission: {"evidence"},
    Voice: {"taken_out", "speaker"},
}

# PostgreSQL runs a function once for a statement, with the rows it changed, of which there may be none. Once for a row
# would be slow: a thousand changes of the version's one row in one transaction leave a thousand dead rows to read.
VERSION = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS {name}",
        "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN UPDATE {version} SET {stamps}; END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT FROM changed) THEN UPDATE {version} SET {stamps}; END IF; RETURN NULL; END $$",
        "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} REFERENCING {row} TABLE AS changed "
        "FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
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
    "UNION SELECT submission_id FROM submissions_searchrow UNION SELECT submission FROM submissions_derivedentry"
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
    if not {CatalogueVersion._meta.db_table, DerivedEntry._meta.db_table} <= present:
        return  # migrated back to before there were both
    CatalogueVersion.objects.using(using).get_or_create(pk=1)
    # In one transaction, PostgreSQL would lock every table of a site that is running.
    together = transaction.atomic(using) if connection.vendor == "sqlite" else nullcontext()
    with together, connection.cursor() as cursor:
        for statement in [*_of_version(connection, present), *_of_notes(connection, present)]:
            cursor.execute(statement)
        if plan:
            cursor.execute(EVERY_ENTRY)
            stamp = random.getrandbits(53)
            CatalogueVersion.objects.using(using).update(stamp=stamp, names=stamp)


def _of_version(connection, present):
    quote, version = connection.ops.quote_name, CatalogueVersion._meta.db_table
    named = {model._meta.db_table for model in NAMED}
    named |= {model.former_slugs.rel.related_model._meta.db_table for model in NAMED if hasattr(model, "former_slugs")}
    for table in sorted(present & _shown_tables()):
        changed = ("stamp", "names") if table in named else ("stamp",)
        stamps = ", ".join(f"{column} = {RANDOM[connection.vendor]}" for column in changed)
        parts = {"function": f"change_{'_and_'.join(changed)}", "stamps": stamps}
        for event, row in ROW.items():
            parts |= {"name": f"version_{table}_{event}".lower(), "event": event, "row": row}
            for statement in VERSION[connection.vendor]:
                yield statement.format(table=quote(table), version=quote(version), **parts)


def _shown_tables():
    installed = (apps.get_app_config(label) for label in APPS if label in apps.app_configs)
    models = (model for app in installed for model in app.get_models(include_auto_created=True))
    return {model._meta.db_table for model in models if _is_shown(model._meta.model_name)}


def _is_shown(name):
    return name not in NOT_SHOWN and not name.startswith(HISTORY)


def _of_notes(connection, present):
    for model, owner in PARTS.items():
        key = model._meta.get_field(owner).column
        yield from _notes(connection, present, model, ROW, f"SELECT {{row}}.{key}")
    for model, entries in RECORDS.items():
        yield from _notes(connection, present, model, ["UPDATE"], entries)
    for model, entries in MENTIONS.items():
        yield from _notes(connection, present, model, ROW, entries)


def _notes(connection, present, model, events, entries):
    """The statements that make a model's triggers: for each of these events, a note of the entries as they were before
    it and after it."""
    quote, table = connection.ops.quote_name, model._meta.db_table
    if table not in present:
        return  # migrated back, or not this far yet
    for event in events:
        rows = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}[event]
        parts = {
            "name": f"note_{table}_{event}".lower(),
            "event": event,
            "table": quote(table),
            "when": _if_shown(connection, model) if event == "UPDATE" else "",
            "notes": quote(EntryToRenew._meta.db_table),
            "entries": " UNION ".join(entries.format(row=row, find=FIND[connection.vendor]) for row in rows),
        }
        for statement in NOTE[connection.vendor]:
            yield statement.format(**parts)


def _if_shown(connection, model):
    """The condition that a column changed which entries show something of."""
    with connection.cursor() as cursor:  # migrated back, the table may lack a column
        present = {
            column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
        }
    fields = [field for field in model._meta.concrete_fields if field.name not in NOT_ON_ENTRIES.get(model, ())]
    columns = [connection.ops.quote_name(field.column) for field in fields if field.column in present]
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return CHANGED[connection.vendor].format(old=old, new=new)
