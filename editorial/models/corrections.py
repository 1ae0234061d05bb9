"""What people ask of LIIA: to put right what is wrong with an entry, and to erase somebody's words for good.

An erasure is asked for by one administrator, at the wish of whoever said the words, and another one consents.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from submissions.models import Submission

# Data (Use and Access) Act 2025, section 103: a complaint about personal data is acknowledged within 30 days.
DAYS_BY_LAW = 30
KEPT = timedelta(days=365)  # after closing; then the address and words about a person are removed

QUEUE = [
    Case(When(closed_at__isnull=True, then=Value(0)), default=Value(1)),
    Case(When(kind="person", closed_at__isnull=True, then=Value(0)), default=Value(1)),
    "received_at",
    "pk",
]


class CorrectionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def as_queue(self):
        """Open ones first; among them what is about a person, then the oldest."""
        return self.order_by(*QUEUE)

    def to_forget(self):
        return self.filter(closed_at__lte=timezone.now() - KEPT, forgotten_at__isnull=True)


class Correction(models.Model):
    class Kind(models.TextChoices):
        CONTACT = "contact", "The contact is wrong"
        OUT_OF_DATE = "out-of-date", "Something is out of date"
        LINK = "broken-link", "A link does not work"
        PERSON = "person", "Something about a person"
        OTHER = "other", "Something else"

    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.SET_NULL, related_name="corrections", verbose_name="entry"
    )
    title = models.CharField("entry", max_length=250, help_text="As it was called then.")
    kind = models.CharField("what is wrong", max_length=15, choices=Kind)
    section = models.CharField(max_length=300, help_text="The heading under which it stands.")
    message = models.TextField(blank=True)
    email = models.EmailField("address for the answer", blank=True)
    received_at = models.DateTimeField("received", default=timezone.now, editable=False)
    sender = models.CharField(max_length=64, blank=True, editable=False, help_text="Hashed with a salt of the day.")
    sending = models.CharField(  # noqa: DJ001  (null, because it is unique)
        max_length=64, null=True, unique=True, editable=False, help_text="Which form was sent with which words, hashed."
    )
    reply = models.TextField(blank=True)
    note = models.TextField("what was done", blank=True)
    closed_at = models.DateTimeField("closed", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(reply="") | ~Q(note=""),
                name="closed_correction_has_an_answer",
            )
        ]

    def __str__(self):
        return f"{self.reference}: {self.get_kind_display().lower()}, {self.title}"

    @property
    def reference(self):
        """What the sender quotes. It opens no page: guessing one teaches nothing."""
        return f"PS-{timezone.localtime(self.received_at).year}-{self.pk:04d}"

    @property
    def is_about_a_person(self):
        return self.kind == self.Kind.PERSON

    @property
    def days_waiting(self):
        return (timezone.localdate() - timezone.localdate(self.received_at)).days

    @property
    def days_left(self):
        """Until the law's day; negative when it has passed."""
        return DAYS_BY_LAW - self.days_waiting

    @property
    def time_by_law(self):
        """“12 days left”, “3 days late”; "" for what is about no person, or closed."""
        if self.closed_at or not self.is_about_a_person:
            return ""
        days = f"{abs(self.days_left)} day{'' if abs(self.days_left) == 1 else 's'}"
        return f"{days} left" if self.days_left >= 0 else f"{days} late"


class ErasureQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(done_at__isnull=True, taken_back_at__isnull=True)


class Erasure(models.Model):
    """`words` is empty once they are erased or the wish is taken back: then this is the record that it happened."""

    words = models.TextField(blank=True)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by_name = models.CharField("asked by", max_length=150)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    consented_by_name = models.CharField("consented", max_length=150, blank=True)
    done_at = models.DateTimeField("erased", null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    places = models.PositiveIntegerField("places", default=0)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_by__isnull=True) | ~Q(consented_by=F("asked_by")), name="two_people_erase"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (Q(words="") & ~Q(consented_by_name="")),
                name="what_is_erased_is_not_kept",
            ),
        ]

    def __str__(self):
        return f"Erasure {self.pk}, asked by {self.asked_by_name} on {timezone.localtime(self.asked_at):%-d %B %Y}"

    @property
    def is_waiting(self):
        return not (self.done_at or self.taken_back_at)
