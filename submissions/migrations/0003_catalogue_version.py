from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_liia_administrators")]

    operations = [
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.BigIntegerField(default=1)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_catalogue_version")],
            },
        ),
    ]
