"""The words administrators read, and the group that may do what LIIA's two administrators do, and nothing else."""

from django.apps import apps as project
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUP = "LIIA administrators"

WRITE = ("view", "add", "change")
CORRECT = ("view", "change")

# Deleting is for what stands inside another record, and for people and partners whom no entry names any more.
RIGHTS = {
    "submissions.submission": WRITE,  # never deleted: a withdrawn entry keeps its address and can come back
    "submissions.submissioncontact": (*WRITE, "delete"),
    "submissions.outcomemetric": (*WRITE, "delete"),
    "submissions.voice": (*WRITE, "delete"),
    "submissions.supportingitem": (*WRITE, "delete"),
    "submissions.doubt": CORRECT,  # the page reader writes them; settling one is a change
    "submissions.theme": WRITE,  # deleting a theme would take it off every entry
    "submissions.partner": (*WRITE, "delete"),  # a spelling typed twice
    "submissions.category": CORRECT,  # its texts; a new category comes with a new page of LIIA's
    "submissions.administrator": (*WRITE, "delete"),
    "submissions.boroughmention": (*WRITE, "delete"),
    "submissions.round": WRITE,
    "boroughs.contact": (*WRITE, "delete"),  # a person may ask to be forgotten
    "boroughs.borough": CORRECT,  # its other names only: the form keeps the rest, which is fact, from changing
    "boroughs.deliverybody": CORRECT,
}


def make_group(apps, schema_editor):
    database = schema_editor.connection.alias
    # Django makes permissions after all migrations have run, so on a new database there are none yet.
    for label in ("boroughs", "submissions"):
        create_permissions(project.get_app_config(label), verbosity=0, using=database, apps=apps)
    group, _ = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=GROUP)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    for model, rights in RIGHTS.items():
        label, name = model.split(".")
        codenames = [f"{right}_{name}" for right in rights]
        group.permissions.add(*permissions.filter(content_type__app_label=label, codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("boroughs", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("submissions", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="boroughmention",
            options={
                "ordering": ["category", "pk"],
                "verbose_name": "authority named in the introduction",
                "verbose_name_plural": "authorities named in the introduction",
            },
        ),
        migrations.AlterModelOptions(
            name="formerslug",
            options={"verbose_name": "earlier address", "verbose_name_plural": "earlier addresses"},
        ),
        migrations.AlterModelOptions(
            name="outcomemetric",
            options={"ordering": ["submission", "position", "pk"], "verbose_name": "figure"},
        ),
        migrations.AlterModelOptions(
            name="submission",
            options={"ordering": ["-published_on", "pk"], "verbose_name": "entry", "verbose_name_plural": "entries"},
        ),
        # Going back leaves the group: whoever is in it should still be in it after coming forward again.
        migrations.RunPython(make_group, migrations.RunPython.noop),
    ]
