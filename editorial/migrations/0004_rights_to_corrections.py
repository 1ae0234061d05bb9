"""LIIA's administrators answer corrections. Nobody writes or deletes one at the desk."""

from django.apps import apps as project
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "LIIA administrators"


def give_rights(apps, schema_editor):
    database = schema_editor.connection.alias
    create_permissions(project.get_app_config("editorial"), verbosity=0, using=database, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    rights = permissions.filter(
        content_type__app_label="editorial", codename__in=["view_correction", "change_correction"]
    )
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=GROUP)
    group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [("editorial", "0003_corrections"), ("submissions", "0009_permission_to_publish")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
