"""Rows of an entry that are known in each of its versions, and evidence whose words the text no longer has."""

import uuid

from django.db import migrations, models

PARTS = {"outcomemetric": ("quote", "value"), "voice": ("quote",), "supportingitem": ("title",)}
NAMESPACE = uuid.UUID("5d0f2c64-30a7-4d3a-9c55-0b6a1d4a7e21")


def give_keys(apps, schema_editor):
    """A row of a new version has the key of the published row that it was copied from, if it still says the same."""
    entries = dict(
        apps.get_model("submissions", "Submission").objects.filter(replaces__isnull=False).values_list("pk", "replaces")
    )
    for name, alike in PARTS.items():
        rows = apps.get_model("submissions", name).objects
        published = {}
        for pk, owner, *said in rows.exclude(submission__in=entries).values_list("pk", "submission", *alike):
            key = uuid.uuid5(NAMESPACE, f"{name}:{pk}")
            rows.filter(pk=pk).update(key=key)
            published.setdefault((owner, *said), []).append(key)
        for pk, owner, *said in (
            rows.filter(submission__in=entries).order_by("pk").values_list("pk", "submission", *alike)
        ):
            copied = published.get((entries[owner], *said))
            rows.filter(pk=pk).update(key=copied.pop(0) if copied else uuid.uuid5(NAMESPACE, f"{name}:{pk}"))


class Migration(migrations.Migration):
    dependencies = [("submissions", "0011_partner_slugs_and_published_words")]

    operations = [
        *(
            migrations.AddField(name, "key", models.UUIDField(default=uuid.uuid4, editable=False, null=True))
            for name in PARTS
        ),
        *(
            migrations.AddField(
                name,
                "to_settle",
                models.BooleanField(
                    default=False,
                    editable=False,
                    help_text="Its words are no longer in the text, so readers do not see it.",
                ),
            )
            for name in ("outcomemetric", "voice")
        ),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        *(migrations.AlterField(name, "key", models.UUIDField(default=uuid.uuid4, editable=False)) for name in PARTS),
    ]
