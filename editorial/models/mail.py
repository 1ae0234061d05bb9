"""What the site does by itself: mails, the failures of its commands, and the links that it follows.

A mail is saved in the transaction that causes it, and sent later, outside any request.
"""

from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from submissions.models import Submission

# Minutes until the next try. After the last of them the mail waits at the desk for a person.
PAUSES = (5, 30, 120, 480, 1440)
MOST_TRIES = len(PAUSES) + 1


def own_domain():
    """What follows the @ of a Message-ID: the sender's domain or the site's, never the name of the machine."""
    of_sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return of_sender or urlsplit(settings.SITE_URL).hostname or "practice-spotlight.invalid"


def new_message_id():
    return f"<{uuid4().hex}@{own_domain()}>"


class MailQuerySet(models.QuerySet):
    def unsent(self):
        """Those that are still wanted and have not gone. One to nobody never goes (see `editorial.people.accounts`)."""
        return self.filter(sent_at__isnull=True, dropped_because="").exclude(to="")

    def unclaimed(self):
        """Those that no sender has in hand now. A claim that has run out is that of a sender that died."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=timezone.now()))

    def due(self):
        """What should be tried now, the oldest first."""
        return self.unsent().unclaimed().filter(next_try_at__lte=timezone.now(), tries__lt=MOST_TRIES).order_by("pk")


class Mail(models.Model):
    """A mail as it is written: where its link should show a secret it has only a placeholder (see `editorial.outbox`).

    `unwritten`: what its text is made from, where that could not be done yet. `secret_of`: the record whose secret the
    placeholder stands for, as "app.model pk". `handing_over_since`: the mail server may have it since then; a sender
    that dies leaves it set, and nobody can know whether the mail arrived.
    """

    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    unwritten = models.JSONField(null=True, editable=False)
    secret_of = models.CharField(max_length=100, blank=True, editable=False)
    message_id = models.CharField(max_length=300, default=new_message_id, editable=False)
    written_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True, editable=False)
    handing_over_since = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.CharField("not sent because", max_length=300, blank=True, editable=False)
    problem = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = "mail"
        verbose_name_plural = "mails"
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(sent_at__isnull=True, dropped_because=""), name="mail_to_be_sent"
            )
        ]

    def __str__(self):
        return f"{self.subject} (to {self.to})"

    @property
    def may_have_been_sent(self):
        """Whether a sender died, or lost its line, after it had begun to hand the mail over."""
        in_hand = self.claimed_until and self.claimed_until > timezone.now()
        return bool(self.handing_over_since and not self.sent_at and not in_hand)


class FailureQuerySet(models.QuerySet):
    def of(self, task, model, pk):
        return self.filter(task=task, record=f"{model._meta.label_lower} {pk}")

    def note(self, task, model, pk, error):
        record = model._base_manager.filter(pk=pk).first()
        values = {
            "words": str(record or model._meta.verbose_name)[:300],
            "problem": str(error)[:1000],
            "at": timezone.now(),
        }
        self.update_or_create(task=task, record=f"{model._meta.label_lower} {pk}", defaults=values)


class Failure(models.Model):
    """Something that a command could not do for one record. It goes when a later run can."""

    task = models.CharField(max_length=50)
    record = models.CharField(max_length=100)
    words = models.CharField(max_length=300)
    problem = models.TextField()
    since = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(default=timezone.now)

    objects = FailureQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "record"], name="one_failure_per_task_and_record")]

    def __str__(self):
        return f"{self.task}: {self.words}"


class CheckedLink(models.Model):
    """One address in one entry, as `manage.py check_links` last found it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="checked_links")
    url = models.URLField("address", max_length=500)
    checked_at = models.DateTimeField(db_index=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["failing_since", "pk"]
        verbose_name = "link"
        constraints = [models.UniqueConstraint(fields=["submission", "url"], name="link_once_per_entry")]

    def __str__(self):
        return self.url
