"""Links that entries print, and whether they still lead anywhere."""

from django.db import models

from submissions.models import Submission


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
