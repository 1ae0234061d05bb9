"""Three roles as groups. They get their rights after each migration, so that no new part of the desk is forgotten.

The rule is one: a group is given rights to a model it has no right to at all. What a person later changes about a
model that a group knows already is left alone; only what was taken away completely comes back. To shut a role out of
a model for good, leave it the right to view, or give the person another group.
"""

from django.apps import apps as installed
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from editorial.people.rights import PUBLISH
from submissions.models import Submission

ADMINISTRATORS = "LIIA administrators"  # the name that the migrations of submissions and survey gave it
EDITORS = "Editors"
OBSERVERS = "Observers"
APPS = ("boroughs", "submissions", "survey", "editorial")
CORRECT = {"view", "change"}
WRITE = CORRECT | {"add"}
FOUR = WRITE | {"delete"}
# What an administrator's rights differ in from WRITE, for records, and from FOUR, for parts of another one's form.
OTHERWISE = {
    "boroughs.borough": CORRECT,  # its other names only: the rest is fact
    "boroughs.contact": FOUR,  # a person may ask to be forgotten
    "boroughs.deliverybody": CORRECT | {"delete"},
    "submissions.category": CORRECT | {"delete"},  # a new category comes with a new page of LIIA's
    "submissions.doubt": CORRECT,  # the page reader writes them; settling one is a change
    "submissions.outcomemetric": FOUR,  # inside its entry's form
    "submissions.partner": FOUR,  # a spelling typed twice
    "submissions.voice": FOUR,  # inside its entry's form
    # What nothing uses any more: the desk itself keeps what is used.
    **dict.fromkeys(("submissions.theme", "submissions.round", "submissions.oldaddress", "editorial.signatory"), FOUR),
    **dict.fromkeys(("survey.survey", "survey.section", "survey.question", "survey.consideration"), FOUR),
}


def after_migrating(using, apps=installed, **kwargs):
    """What people at the desk stand on: the table that counts attempts to sign in, and their rights."""
    call_command("createcachetable", database=using, verbosity=0)
    if "submission" in apps.all_models["submissions"]:  # not while migrations are taken back
        give_rights()


def give_rights():
    administrators, editors, observers = (
        Group.objects.get_or_create(name=name)[0] for name in (ADMINISTRATORS, EDITORS, OBSERVERS)
    )
    administrators.permissions.add(_publishing())
    _acquaint(administrators, User, FOUR)  # each looks after the other, and after those who come and go
    for model, is_part in _on_the_desk():
        _acquaint(administrators, model, OTHERWISE.get(model._meta.label_lower, FOUR if is_part else WRITE))
        # An editor writes what an administrator writes, and takes no whole record away.
        held = _held(administrators, model)
        _acquaint(editors, model, held if is_part else held - {"delete"})
        _acquaint(observers, model, {"view"})


def _publishing():
    """The right to publish, to withdraw and to settle a sign-off: administrators have it, and nobody else."""
    codename = PUBLISH.partition(".")[2]
    entries = _permissions(Submission).first().content_type
    name = "Can publish and withdraw entries and settle sign-offs"
    return Permission.objects.get_or_create(codename=codename, content_type=entries, defaults={"name": name})[0]


def _on_the_desk():
    """Each model of ours that the desk shows, and whether it is only ever a part of another one's form."""
    forms = {model: form for model, form in admin.site._registry.items() if model._meta.app_label in APPS}
    parts = {inline.model for form in forms.values() for inline in form.inlines} - set(forms)
    return [*((model, False) for model in forms), *((model, True) for model in parts)]


def _permissions(model):
    named = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    return Permission.objects.filter(**named)


def _held(group, model):
    """Which of Django's own four rights to the model the group has."""
    codenames = _permissions(model).filter(group=group).values_list("codename", flat=True)
    return {codename.partition("_")[0] for codename in codenames} & FOUR


def _acquaint(group, model, rights):
    if not _held(group, model):
        codenames = [f"{right}_{model._meta.model_name}" for right in rights]
        group.permissions.add(*_permissions(model).filter(codename__in=codenames))
