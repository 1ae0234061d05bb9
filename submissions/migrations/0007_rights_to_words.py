"""LIIA's administrators keep the words that searches understand, and see what readers looked for in vain."""

from django.apps import apps as project
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "LIIA administrators"
RIGHTS = {
    "glossaryterm": ("view", "add", "change", "delete"),
    "failedsearch": ("view", "delete"),  # counted by the site; deleted when it has been dealt with
}


def give_rights(apps, schema_editor):
    database = schema_editor.connection.alias
    create_permissions(project.get_app_config("submissions"), verbosity=0, using=database, apps=apps)
    codenames = [f"{right}_{model}" for model, rights in RIGHTS.items() for right in rights]
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=GROUP)
    group.permissions.add(*permissions.filter(content_type__app_label="submissions", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("submissions", "0006_withdrawn_voices")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
