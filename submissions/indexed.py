"""A QuerySet of entries whose bulk words keep the search index true, as `save()` does by its signal."""

from django.db import models, transaction

WORDED = frozenset({"status", "title", "summary", "body", "supporting", "team", "delivery_body", "delivery_body_id"})


class IndexedQuerySet(models.QuerySet):
    """Base of the entries' QuerySet. `bulk_update` comes through `update`."""

    def update(self, **changes):
        pks = list(self.values_list("pk", flat=True)) if WORDED & changes.keys() else []
        with transaction.atomic(using=self.db):
            changed = super().update(**changes)
            _reindex(pks)
        return changed

    update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **kwargs)
            _reindex([entry.pk for entry in made if entry.pk])
        return made

    bulk_create.alters_data = True


def _reindex(pks):
    from submissions.search.keeping import reindex  # it stands on the models, which stand on this

    reindex(pks)
