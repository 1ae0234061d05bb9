"""Words that are erased for good, at the wish of whoever said them: one administrator asks, another one consents."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


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
