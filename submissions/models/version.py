"""The catalogue's version, which any change to what readers see changes."""

from django.db import models


class CatalogueVersion(models.Model):
    """One row with a stamp. Triggers in the database change it (see `submissions.version`), so no door is forgotten.

    The stamp is drawn at random and not counted: a number that was rolled back would come again with other content.
    """

    stamp = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_catalogue_version")]

    def __str__(self):
        return str(self.stamp)
