import django.db.models.deletion
from django.db import migrations, models

from submissions.search.engines import engine_of


def bring_notes(apps, schema_editor):
    notes = apps.get_model("submissions", "SearchStale").objects.values_list("pk", flat=True)
    renewed = apps.get_model("submissions", "EntryToRenew")
    renewed.objects.bulk_create([renewed(submission=pk) for pk in notes])


def follow_rows(apps, schema_editor):
    """SQLite has made the table of rows again, without the triggers that keep its own index true to it."""
    engine_of(schema_editor.connection).follow_rows(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0013_more_doubts")]

    operations = [
        migrations.CreateModel(
            name="EntryToRenew",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("submission", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(bring_notes, migrations.RunPython.noop),
        migrations.DeleteModel(name="SearchStale"),
        migrations.RunPython(migrations.RunPython.noop, follow_rows),
        migrations.AlterField(
            model_name="searchrow",
            name="submission",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                primary_key=True,
                related_name="+",
                serialize=False,
                to="submissions.submission",
            ),
        ),
        migrations.RunPython(follow_rows, migrations.RunPython.noop),
    ]
