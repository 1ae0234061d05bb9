"""What happened to an entry, and what it said at each time. The story outlives its entry, and its author's account."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from editorial.claims import claims, fingerprint
from editorial.snapshots import SnapshotField
from submissions.models import Submission


class Told(models.Model):
    """Something that somebody did to an entry. The names are kept as they were then, whatever is deleted later."""

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


class Event(Told):
    """A step in an entry's life. Written in the same transaction as the step itself, by `editorial.workflow` alone."""

    what = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    status = models.CharField("stood at after it", max_length=10, choices=Submission.Status)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.title}: {self.what}"


class Version(Told):
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
