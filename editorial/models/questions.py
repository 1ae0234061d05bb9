"""Questions that LIIA sends by mail: each is answered through a link that opens this question and nothing else.

Here are those to contacts, and to the people whom a contact names; those to signatories are in `sign_off`.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from boroughs.models import Contact


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

    def issue_secret(self):
        """Returns the secret of the link, for the sender of its mail alone. If the site's key has changed since the
        question was saved, the link of the new key is saved as the one that opens."""
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


UNTIL_REMINDED = timedelta(days=21)
UNTIL_SILENT = timedelta(days=21)  # after the reminder: from then on LIIA sees it
UNTIL_LIIA_IS_NAMED = timedelta(days=30)  # after that: readers are sent to LIIA


class AskedOfContact(AskedByMail):
    """A question about a contact. A link that was sent to an address opens nothing once another stands there."""

    email = models.EmailField("sent to")

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]

    @property
    def contact_has_moved(self):
        return self.address_then != self.contact.email

    @property
    def link_problem(self):
        problem = super().link_problem
        return "revoked" if self.contact_has_moved and problem != "answered" else problem


class ContactCheckQuerySet(models.QuerySet):
    def unanswered(self):
        """Sent to the address that still stands there, to somebody who has not asked for silence, and not answered."""
        reached = self.filter(email=F("contact__email"), contact__no_checks_since__isnull=True)
        return reached.filter(answered_at__isnull=True, revoked_at__isnull=True)

    def to_remind(self):
        """First mails that have waited long enough, and were not followed by a reminder."""
        due = timezone.now() - UNTIL_REMINDED
        return self.unanswered().filter(reminds_of__isnull=True, reminder__isnull=True, asked_at__lte=due)

    def silent(self):
        """Reminders that nobody answered: LIIA should look."""
        return self.unanswered().filter(reminds_of__isnull=False, asked_at__lte=timezone.now() - UNTIL_SILENT)

    def take_back(self):
        """Links that nobody answered open nothing from now on."""
        return self.filter(answered_at__isnull=True, revoked_at__isnull=True).update(revoked_at=timezone.now())

    def silent_for_readers(self):
        return self.silent().filter(asked_at__lte=timezone.now() - UNTIL_SILENT - UNTIL_LIIA_IS_NAMED)


class ContactCheck(AskedOfContact):
    """One mail that asks a contact: is this still you, and is it right?"""

    class Answer(models.TextChoices):
        STILL_ME = "still-me", "Still right"
        CHANGED = "changed", "Changed the details"
        HANDED_OVER = "handed-over", "Named somebody else"
        GONE = "gone", "No longer the contact, and could not name another"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="checks")
    reminds_of = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="reminder")
    answer = models.CharField(max_length=15, choices=Answer, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ContactCheckQuerySet.as_manager()

    class Meta(AskedOfContact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_at__isnull=False), name="contact_answer_has_its_day"
            )
        ]

    def __str__(self):
        return f"{self.contact.name}: {self.get_answer_display() or 'no answer yet'}"

    @property
    def address_then(self):
        return self.email

    @property
    def is_silent(self):
        """The same as in `silent`, for a row at hand."""
        return bool(self.is_waiting and self.reminds_of_id and self.asked_at <= timezone.now() - UNTIL_SILENT)


class NoMoreLink(ContactCheck):
    """The same mail's link for “no more of these”: it works as long as the mails would go to that address."""

    class Meta:
        proxy = True

    @property
    def link_problem(self):
        return "revoked" if self.contact_has_moved else ""


class OfferQuerySet(models.QuerySet):
    def held(self):
        """Answered from where LIIA has to look first: readers see nothing of it until LIIA has decided."""
        held = self.filter(held_since__isnull=False, decided_at__isnull=True, revoked_at__isnull=True)
        return held.filter(address_then=F("contact__email"))

    def waiting(self):
        """Neither answered nor taken back; the link may have expired."""
        return self.filter(answered_at__isnull=True, revoked_at__isnull=True, address_then=F("contact__email"))

    def overdue(self):
        """Those whose link has expired unanswered."""
        return self.waiting().filter(expires_at__lte=timezone.now())

    def take_back(self):
        """Their links open nothing from now on, and what is held for LIIA is dropped."""
        open_or_held = Q(answered_at__isnull=True) | Q(held_since__isnull=False, decided_at__isnull=True)
        return self.filter(open_or_held, revoked_at__isnull=True).update(revoked_at=timezone.now())


class AskedOfOthers(AskedOfContact):
    """A question to an address that a contact wrote down. An answer is held for LIIA where the address is none of the
    authority's own, or the person is another than the contact."""

    address_then = models.EmailField(blank=True)
    held_since = models.DateTimeField(null=True, blank=True, editable=False)
    held_because = models.CharField(max_length=300, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = OfferQuerySet.as_manager()

    class Meta(AskedOfContact.Meta):
        abstract = True

    @property
    def desk_address(self):
        """Where a person at LIIA decides about it (POST)."""
        return reverse("admin:boroughs_contact_held", args=[self.contact_id, self._meta.model_name, self.pk])

    @property
    def is_held(self):
        return bool(self.held_since) and not (self.decided_at or self.revoked_at or self.contact_has_moved)


class NewAddress(AskedOfOthers):
    """An address that a contact wrote down as new. It counts once somebody there has confirmed it."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="new_addresses")

    def __str__(self):
        return f"{self.contact.name}: {self.email}"

    @property
    def words_for_desk(self):
        return f"{self.contact.name} writes from {self.email} now."


class HandOver(AskedOfOthers):
    """Somebody whom a contact named as successor. Shown to LIIA only, until that person accepts."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="hand_overs")
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)

    def __str__(self):
        return f"{self.contact.name} to {self.name}"

    @property
    def words_for_desk(self):
        return f"{self.contact.name} hands over to {self.name} ({self.email}), who has accepted."
