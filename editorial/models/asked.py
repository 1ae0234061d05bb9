"""A question that LIIA sends by mail, answered through a link that opens this question and nothing else."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class LinkProblem(Exception):
    """A link that opens nothing (any more). `kind`: "unknown", "expired", "revoked" or "answered"."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


class AskedByMail(models.Model):
    """The link's secret is stored nowhere: its SHA-256 is, and a nonce from which only the site's own key makes the
    secret again, in memory, when the mail leaves. Who reads the database or the desk cannot answer for anybody.
    """

    nonce = models.CharField(max_length=43, blank=True, editable=False)
    secret_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def open_link(self, days):
        """Gives the question a new link that opens for so many days; to be saved by the caller. Any earlier link of
        this question opens nothing."""
        self.nonce = secrets.token_urlsafe(32)
        self.secret_hash = _hashed(self._secret)
        self.expires_at = timezone.now() + timedelta(days=days)

    def secret_to_send(self):
        """The secret of the link, for the sender of its mail alone. If the site's key has changed since the question
        was written, the link of the new key is the one that opens."""
        if not self.nonce or self.secret_hash != _hashed(self._secret):
            self.nonce = self.nonce or secrets.token_urlsafe(32)
            self.secret_hash = _hashed(self._secret)
            self.save(update_fields=["nonce", "secret_hash"])
        return self._secret

    @property
    def _secret(self):
        purpose = f"link of {self._meta.concrete_model._meta.label_lower}"
        return urlsafe_b64encode(salted_hmac(purpose, self.nonce, algorithm="sha256").digest()).decode().rstrip("=")

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
