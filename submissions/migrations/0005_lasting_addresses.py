"""Earlier addresses of themes and categories; old addresses, and LIIA's right to keep them."""

import django.db.models.deletion
from django.apps import apps as project
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

EARLIER = {"verbose_name": "earlier address", "verbose_name_plural": "earlier addresses", "abstract": False}


def earlier_slugs_of(record):
    field = models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="former_slugs", to=f"submissions.{record}"
    )
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("slug", models.SlugField(max_length=250, unique=True)),
        (record, field),
    ]


def give_rights(apps, schema_editor):
    database = schema_editor.connection.alias
    create_permissions(project.get_app_config("submissions"), verbosity=0, using=database, apps=apps)
    rights = apps.get_model("auth", "Permission").objects.using(database)
    rights = rights.filter(content_type__app_label="submissions", content_type__model="oldaddress")
    for group in apps.get_model("auth", "Group").objects.using(database).filter(name="LIIA administrators"):
        group.permissions.add(*rights)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0004_search")]

    operations = [
        migrations.CreateModel(name="FormerCategorySlug", fields=earlier_slugs_of("category"), options=EARLIER),
        migrations.CreateModel(name="FormerThemeSlug", fields=earlier_slugs_of("theme"), options=EARLIER),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "path",
                    models.CharField(
                        help_text="What stood behind the name of the site, such as “/practice-spotlight/care-leavers”.",
                        max_length=500,
                        unique=True,
                        verbose_name="old address",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        help_text="An address of this site, such as “/categories/care-leavers/”.",
                        max_length=500,
                        verbose_name="leads to",
                    ),
                ),
            ],
            options={"verbose_name": "old address", "verbose_name_plural": "old addresses", "ordering": ["path"]},
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
