"""One vocabulary for entries: pages, feeds, exports and search say these words and never spell a status."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Lower


class SubmissionQuerySet(QuerySet):
    def published(self):
        """What readers may see."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def withdrawn(self):
        """What readers could once see. They may learn that it is withdrawn, and nothing more."""
        return self.filter(status=self.model.Status.WITHDRAWN)

    def at_work(self):
        """What the desk works on: not the drafts that were discarded, which wait there in case somebody wants one."""
        return self.exclude(status=self.model.Status.DISCARDED)

    def for_listing(self):
        """What a card shows, without the long text: boroughs, themes, categories and confirmed figures."""
        listed = self.select_related("round").annotate(figures_undecided=self._undecided())
        return listed.prefetch_related("boroughs", "categories", "themes", self._figures())

    def with_keys(self, keys):
        """These entries as a list, in the order of the keys."""
        found = {entry.pk: entry for entry in self.filter(pk__in=keys)}
        return [found[pk] for pk in keys if pk in found]

    def for_detail(self):
        """All that an entry's own page shows, contacts included."""
        shown = self.select_related("round", "delivery_body").annotate(figures_undecided=self._undecided())
        return shown.prefetch_related(
            "boroughs",
            "categories",
            "themes",
            "partners",
            "contact_lines__contact",
            "supporting_items",
            self._figures(),
            self._heard(),
        )

    def _undecided(self):
        metric = self.model._meta.get_field("metrics").related_model
        return Exists(metric.objects.filter(submission=OuterRef("pk"), status=metric.Status.PROPOSED))

    def newest_first(self):
        return self.order_by("-published_on", "pk")

    def by_title(self):
        return self.order_by(Lower("title"), "pk")

    def _heard(self):
        voice = self.model._meta.get_field("voices").related_model
        return Prefetch("voices", voice.objects.heard(), to_attr="heard")

    def _figures(self):
        metric = self.model._meta.get_field("metrics").related_model
        return Prefetch("metrics", metric.objects.shown(), to_attr="figures")
