"""What a person at LIIA should look at: the text is never repaired silently."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boroughs.models import Contact
from submissions.models.groups import Category
from submissions.models.submission import Submission


class DoubtQuerySet(models.QuerySet):
    def open(self):
        """What nobody at LIIA has settled yet. Nobody has to, about a draft that was discarded."""
        return self.filter(settled_at__isnull=True).exclude(submission__status=Submission.Status.DISCARDED)


class Doubt(models.Model):
    """Something about a published page that a careful reader would question."""

    class Kind(models.TextChoices):
        CONTACT_ADDRESS = "contact-address", "Address does not fit the name"
        PRAISED_WITHOUT_ENTRY = "praised-without-entry", "Praised, but has no entry"
        EMPTY_LABEL = "empty-label", "A heading with nothing under it"
        ANNOUNCED_MISSING = "announced-missing", "Announced, but not on the page"
        UNCLOSED_QUOTE = "unclosed-quote", "A quotation that does not close"
        UNPLACED_LINE = "unplaced-line", "A line that fits nowhere"
        SWALLOWED_ENTRY = "swallowed-entry", "Perhaps part of another entry"
        CUT_OFF = "cut-off", "A text that breaks off"
        LEFT_OUT = "left-out", "Left out or changed on the way in"

    kind = models.CharField(max_length=30, choices=Kind)
    message = models.TextField(help_text="What is doubtful, in a sentence.")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="doubts")
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="doubts")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="doubts")
    line = models.PositiveIntegerField(help_text="The line of the published page.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="settled_doubts"
    )
    note = models.TextField(blank=True, help_text="What was found, and what was done about it.")

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["settled_at", "category", "line"]
        constraints = [
            # When and by whom stand or fall together.
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_doubt_names_when_and_who",
            )
        ]

    def __str__(self):
        return self.message

    def settle(self, *, by, note=""):
        """Saves that `by` has looked at it, and what was done; without a note an earlier one stays."""
        self.settled_at, self.settled_by = timezone.now(), by
        self.note = note or self.note
        self.save()

    def reopen(self):
        """Saves that somebody has to look at it again. Its note stays."""
        self.settled_at = self.settled_by = None
        self.save()
