"""What happened to an entry, and what it said at each time. It outlives the entry, and the account of who did it.

Contacts, themes, words and the survey's rows have each change stored with its author by django-simple-history
(`FOLLOWED`). Entries are not among them: an entry is many rows, and its text is signed off as one (see
`editorial.snapshots`).
"""

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history import register

from boroughs.models import Borough, Contact, DeliveryBody
from editorial.claims import claims, fingerprint
from editorial.snapshots import SnapshotField
from submissions.models import Category, GlossaryTerm, OldAddress, Partner, Round, Submission, Theme


class EntryRecord(models.Model):
    """What somebody did to an entry. The names stay as they were then, whatever is deleted later."""

    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.SET_NULL, related_name="%(class)ss", verbose_name="entry"
    )
    title = models.CharField(max_length=250)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField("who", max_length=150)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self.title = self.title or self.submission.title
        self.by_name = self.by_name or (name_of(self.by) if self.by else "Practice Spotlight")
        super().save(*args, **kwargs)


def name_of(user):
    return user.get_full_name() or user.get_username()


class Event(EntryRecord):
    """A step in an entry's life. Saved in the same transaction as the step itself, by `editorial.workflow` alone."""

    what = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    status = models.CharField("stood at after it", max_length=10, choices=Submission.Status)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.title}: {self.what}"


class Version(EntryRecord):
    """All that an entry said at one time: its fields, links and parts (see `editorial.snapshots`)."""

    content = SnapshotField(encoder=DjangoJSONEncoder)
    why = models.CharField(max_length=500, blank=True)
    page = SnapshotField(
        null=True,
        editable=False,
        encoder=DjangoJSONEncoder,
        help_text="What the category page said, if the version was read from one.",
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.title}, {timezone.localtime(self.at):%-d %B %Y, %H:%M}, {self.by_name}"


class PlanQuerySet(models.QuerySet):
    def open(self):
        """Neither done nor cancelled; what could not be done is open too, until a person looks."""
        return self.filter(done_at__isnull=True, cancelled_at__isnull=True)


class Plan(models.Model):
    """A publication or withdrawal that LIIA has set a day for. `manage.py carry_out_plans` does it.

    A plan belongs to the state and the text it was made in (`status_then`, `fingerprint`): it is not carried out in
    another. Any step that a person takes cancels it.
    """

    class Action(models.TextChoices):
        PUBLISH = "publish", "Publish"
        WITHDRAW = "withdraw", "Withdraw"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="plans")
    action = models.CharField(max_length=10, choices=Action)
    due = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status_then = models.CharField(max_length=10, choices=Submission.Status, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False, help_text="Why it could not be done, if it could not.")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["due"]
        constraints = [models.CheckConstraint(condition=Q(action__in=["publish", "withdraw"]), name="plan_action")]

    def __str__(self):
        return f"{self.get_action_display()} on {timezone.localtime(self.due):%-d %B %Y, %H:%M}"

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.status_then, self.fingerprint = self._expected_status(), fingerprint(claims(self.submission))
        super().save(*args, **kwargs)

    def _expected_status(self):
        """The entry's state now; or published, for a withdrawal that is to follow a planned publication."""
        coming = self.submission.plans.open().filter(action=self.Action.PUBLISH, due__lt=self.due)
        follows = self.action == self.Action.WITHDRAW and coming.exists()
        return Submission.Status.PUBLISHED if follows else self.submission.status

    @property
    def words_of_status_then(self):
        return Submission.Status(self.status_then).label

    @property
    def is_open(self):
        return not (self.done_at or self.cancelled_at)


def _of_the_survey():
    """The models of the survey, which is no part of this app: a site may be without it."""
    return apps.all_models["survey"].values() if apps.is_installed("survey") else ()


FOLLOWED = [Borough, DeliveryBody, Contact, Category, Theme, Partner, Round, GlossaryTerm, OldAddress]
FOLLOWED += [model for model in _of_the_survey() if not model._meta.auto_created]

for model in FOLLOWED:
    register(model, app="editorial")
