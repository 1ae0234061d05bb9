"""A question that LIIA sends by mail, answered through a link that opens this question and nothing else."""

import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.utils import timezone


class LinkProblem(Exception):
    """A link that opens nothing (any more). `kind`: "unknown", "expired", "revoked" or "answered"."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


class AskedByMail(models.Model):
    """The link's secret is kept as its SHA-256 only: who reads the database cannot answer for anybody."""

    secret_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def new_secret(self, days):
        """A fresh secret for a link that opens for so many days. Any earlier link of this question opens nothing."""
        secret = secrets.token_urlsafe(32)
        self.secret_hash = _hashed(secret)
        self.expires_at = timezone.now() + timedelta(days=days)
        return secret

    @classmethod
    def opened_by(cls, secret):
        """The question that this secret opens now, or a LinkProblem."""
        asked = cls.objects.filter(secret_hash=_hashed(secret)).first()
        if asked is None:
            raise LinkProblem("unknown")
        if problem := asked.link_problem:
            raise LinkProblem(problem)
        return asked

    @property
    def link_problem(self):
        """Why the link opens nothing: "answered", "revoked" or "expired"; "" while it opens."""
        if self.answered_at:
            return "answered"
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at is None or self.expires_at <= timezone.now() else ""

    @property
    def is_waiting(self):
        return not self.link_problem

    def revoke(self):
        """The link opens nothing from now on."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])


def _hashed(secret):
    return hashlib.sha256(secret.encode()).hexdigest()
