"""Who may do what at the desk: the rule about what readers see, and three roles as groups.

The roles get their rights after each migration, so that no new part of the desk is forgotten: a group is given rights
to a model it has no right to at all. What a person later changes about a model that a group knows already is left
alone; only what was taken away completely comes back. To shut a role out of a model for good, leave it the right to
view, or give the person another group.
"""

from django.apps import apps as installed
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db.models import CASCADE

from boroughs.models import DeliveryBody
from submissions.models import Doubt, Partner, Submission

PUBLISH = "submissions.publish_submission"
NAMED_IN_CLAIMS = (DeliveryBody, Partner)  # their names are words that an authority signs


def may_publish(user):
    return user.has_perm(PUBLISH)


def may_change(user, record):
    """The one rule of the desk beside the rights of a role: what belongs to an entry follows the entry.

    Without the right to publish, only drafts are changed, their figures, voices, contacts and links, and those partners
    and delivery bodies that only drafts name. It holds for every admin and every part of a form (`spotlight.desk`).
    """
    if may_publish(user):
        return True
    if isinstance(record, NAMED_IN_CLAIMS):
        return not record.submissions.exclude(status=Submission.Status.DRAFT).exists()
    entry = entry_of(record)
    return entry is None or entry.status == Submission.Status.DRAFT


def may_discard(user, entry):
    """A draft that no authority has been asked about is its editors'; one that was sent, an administrator's."""
    if entry.status not in (Submission.Status.DRAFT, Submission.Status.DISCARDED) or entry.published_on:
        return False
    return may_publish(user) or not entry.sign_offs.exists()


def entry_of(record):
    """The entry that a record is or is a part of, else None. A doubt or a correction is about one, and not of it."""
    if isinstance(record, Submission):
        return record
    part_of = [field for field in record._meta.fields if field.many_to_one and field.related_model is Submission]
    is_part = part_of and part_of[0].remote_field.on_delete is CASCADE and not isinstance(record, Doubt)
    return getattr(record, part_of[0].name) if is_part else None


class PublishedByFew:
    """For the desk: actions marked `permissions=["publish"]` need the right to publish."""

    def has_publish_permission(self, request):
        return may_publish(request.user)


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


def renew_rights(using, apps=installed, **kwargs):
    """After a migration: creates the table that counts attempts to sign in, and gives each role its rights."""
    call_command("createcachetable", database=using, verbosity=0)
    if "submission" in apps.all_models["submissions"]:  # not while migrations are taken back
        give_rights()


def give_rights():
    """Creates the three groups, and gives them rights to each model of the desk that they do not know yet."""
    administrators, editors, observers = (
        Group.objects.get_or_create(name=name)[0] for name in (ADMINISTRATORS, EDITORS, OBSERVERS)
    )
    administrators.permissions.add(_create_publish_permission())
    _grant_default_rights(administrators, User, FOUR)  # each looks after the other, and after those who come and go
    for model, is_part in _on_the_desk():
        _grant_default_rights(administrators, model, OTHERWISE.get(model._meta.label_lower, FOUR if is_part else WRITE))
        # An editor writes what an administrator writes, and takes no whole record away.
        held = _held(administrators, model)
        _grant_default_rights(editors, model, held if is_part else held - {"delete"})
        _grant_default_rights(observers, model, {"view"})


def _create_publish_permission():
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


def _grant_default_rights(group, model, rights):
    if not _held(group, model):
        codenames = [f"{right}_{model._meta.model_name}" for right in rights]
        group.permissions.add(*_permissions(model).filter(codename__in=codenames))
