"""What LIIA's administrators may do with a survey: word it, tie it to themes, correct it; not delete it."""

from django.apps import apps as project
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "LIIA administrators"

WRITE = ("view", "add", "change")
# What stands inside a section's or a question's form can be taken out there.
RIGHTS = {
    "survey": WRITE,
    "section": WRITE,
    "question": WRITE,
    "option": (*WRITE, "delete"),
    "sampleresponse": (*WRITE, "delete"),
    "consideration": (*WRITE, "delete"),
    "statistic": (*WRITE, "delete"),
    "growthidea": (*WRITE, "delete"),
    "headline": (*WRITE, "delete"),
    "namedborough": (*WRITE, "delete"),
}


def give_rights(apps, schema_editor):
    database = schema_editor.connection.alias
    # Django makes permissions after all migrations have run, so on a new database there are none yet.
    create_permissions(project.get_app_config("survey"), verbosity=0, using=database, apps=apps)
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=GROUP)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    codenames = [f"{right}_{name}" for name, rights in RIGHTS.items() for right in rights]
    group.permissions.add(*permissions.filter(content_type__app_label="survey", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("submissions", "0002_liia_administrators"),
        ("survey", "0001_initial"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
