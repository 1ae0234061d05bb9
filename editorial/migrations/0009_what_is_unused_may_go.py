"""Administrators may delete what nothing uses: the rights of a group that knows a model already are not given again."""

from django.db import migrations

GROUP = "LIIA administrators"
MODELS = {
    "boroughs": ("deliverybody",),
    "submissions": ("theme", "round", "category", "oldaddress"),
    "editorial": ("signatory",),
    "survey": ("survey", "section", "question", "consideration"),
}


def give_rights(apps, schema_editor):
    """On a new site there is nothing to give yet: the roles get all of theirs after migrating."""
    database = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    for group in apps.get_model("auth", "Group").objects.using(database).filter(name=GROUP):
        for app, models in MODELS.items():
            codenames = [f"delete_{model}" for model in models]
            group.permissions.add(*permissions.filter(content_type__app_label=app, codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("editorial", "0008_kept_while_used"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
