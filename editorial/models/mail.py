"""The outbox: every mail is written down in the transaction that causes it, and sent after that has succeeded."""

from django.db import models
from django.utils import timezone


class MailQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at__isnull=True)

    def due(self):
        """What should be tried now."""
        return self.unsent().filter(next_try_at__lte=timezone.now())


class Mail(models.Model):
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = "mail"
        verbose_name_plural = "mails"

    def __str__(self):
        return f"{self.subject} (to {self.to})"
