"""Changes the catalogue's version at any change to what readers see: saves, bulk updates, loads, plain SQL.

Triggers in the database do it, in the writer's own transaction. They are dropped before every migration and made anew
after it: SQLite loses a table's triggers when it rebuilds the table, and refuses to while another speaks of it.
"""

import threading
from functools import wraps

from django.apps import apps
from django.db import connections

from submissions.models import CatalogueVersion

# Labels only: the survey and the desk stand above this app, and a site without them does without.
APPS = ("boroughs", "submissions", "survey", "editorial")
# What readers never see: the version itself, the desk's to-do list, counts of searches, what is derived from the rest.
NOT_SHOWN = {"catalogueversion", "doubt", "failedsearch", "failedsearchcount"}
NOT_SHOWN |= {"searchrow", "searchstale", "searchstem", "searchword"}
NOT_SHOWN |= {"checkedlink", "contactcheck", "correction", "event", "handover", "mail", "newaddress", "plan"}
NOT_SHOWN |= {"signatory", "version"}
HISTORY = "historical"  # how django-simple-history names what it keeps

SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name}_{event} AFTER {event} ON {table}
BEGIN UPDATE {version} SET stamp = random(); END
"""
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION change_catalogue_version() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN UPDATE {version} SET stamp = (random() * 9007199254740992)::bigint; RETURN NULL; END $$
"""
POSTGRESQL = """
CREATE OR REPLACE TRIGGER {name}_{event} AFTER {event} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION change_catalogue_version()
"""


def current_version():
    """The stamp to keep counts and pages under. One query."""
    return CatalogueVersion.objects.values_list("stamp", flat=True).get(pk=1)


def once_per_version(build):
    """`build(stamp)` as a function without arguments, called once for each state of the catalogue in each process.

    One query when nothing changed since the last call; who comes while it is built anew waits for the new one."""
    lock, kept = threading.Lock(), {}

    @wraps(build)
    def latest():
        stamp = current_version()
        if (found := kept.get(stamp)) is not None:
            return found
        with lock:
            if stamp not in kept:
                built = build(stamp)
                kept.clear()
                kept[stamp] = built
            return kept[stamp]

    return latest


OURS = ("version_", "stale_")  # how the names of our triggers begin, here and in `submissions.search.stale`
PRESENT = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def drop_triggers(using, plan, **_):
    """Before a migration: databases refuse to remake a table, or to change a column, that a trigger speaks of."""
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


def install_triggers(using, **_):
    """After a migration: the version's one row, and a trigger on each table that readers see something of."""
    connection = connections[using]
    if CatalogueVersion._meta.db_table not in connection.introspection.table_names():
        return  # migrated back to before there was a version
    CatalogueVersion.objects.using(using).get_or_create(pk=1)
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def _statements(connection):
    quote, version = connection.ops.quote_name, CatalogueVersion._meta.db_table
    if connection.vendor == "postgresql":
        yield POSTGRESQL_FUNCTION.format(version=quote(version))
    template = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    present = set(connection.introspection.table_names())
    for table in sorted(present & _shown_tables()):
        for event in ("INSERT", "UPDATE", "DELETE"):
            yield template.format(name=f"version_{table}", event=event, table=quote(table), version=quote(version))


def _shown_tables():
    installed = (apps.get_app_config(label) for label in APPS if label in apps.app_configs)
    models = (model for app in installed for model in app.get_models(include_auto_created=True))
    return {model._meta.db_table for model in models if _is_shown(model._meta.model_name)}


def _is_shown(name):
    return name not in NOT_SHOWN and not name.startswith(HISTORY)
