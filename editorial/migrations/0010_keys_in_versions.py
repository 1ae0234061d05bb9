"""Versions say the keys of their entry's rows, by which edits are merged row by row, and what a page said that was read in."""

import uuid

import django.core.serializers.json
from django.db import migrations, models

PARTS = {"metrics": "outcomemetric", "voices": "voice", "supporting_items": "supportingitem"}
NAMESPACE = uuid.UUID("5d0f2c64-30a7-4d3a-9c55-0b6a1d4a7e21")  # as in submissions.0012


def give_keys(apps, schema_editor):
    keys = {
        part: dict(apps.get_model("submissions", name).objects.values_list("pk", "key")) for part, name in PARTS.items()
    }
    versions = apps.get_model("editorial", "Version").objects
    for pk in list(versions.values_list("pk", flat=True)):
        version = versions.get(pk=pk)
        for part, name in PARTS.items():
            for row in version.content["parts"].get(part, []):
                key = keys[part].get(row.get("id")) or uuid.uuid5(NAMESPACE, f"{name}:{row.get('id')}")
                row.setdefault("key", str(key))
        version.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("editorial", "0009_what_is_unused_may_go"), ("submissions", "0012_evidence_to_settle")]

    operations = [
        migrations.AddField(
            "version",
            "page",
            models.JSONField(
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                editable=False,
                help_text="What the category page said, if the version was read from one.",
                null=True,
            ),
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
