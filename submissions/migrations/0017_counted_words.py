from django.db import migrations, models

from submissions.search.engines import engine_of


def follow_rows(apps, schema_editor):
    """SQLite made the table of rows again, and lost its triggers with it."""
    engine_of(schema_editor.connection).follow_rows(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0016_derived_entry")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, follow_rows),
        migrations.AddField("searchrow", "words", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunPython(follow_rows, migrations.RunPython.noop),
        # Whatever a migration ran for, every entry is renewed after it, and its words are counted then.
        migrations.RunSQL("DELETE FROM submissions_searchword", migrations.RunSQL.noop),
        migrations.AddField("searchword", "entries", models.PositiveIntegerField(default=0), preserve_default=False),
    ]
