"""One vocabulary for entries: pages, feeds, exports and search say these words and never spell a status."""

from django.db.models import Count, Prefetch, Q
from django.db.models.functions import Lower

from submissions.indexed import IndexedQuerySet


class SubmissionQuerySet(IndexedQuerySet):
    def published(self):
        """What readers may see."""
        return self.filter(status=self.model.Status.PUBLISHED)

    def withdrawn(self):
        """What readers could once see. They may be told that it is gone, and nothing more."""
        return self.filter(status=self.model.Status.WITHDRAWN)

    def for_listing(self):
        """What a card shows, without the long text: boroughs, themes, categories and confirmed figures."""
        return self.select_related("round").prefetch_related("boroughs", "categories", "themes", self._figures())

    def for_detail(self):
        """All that an entry's own page shows, contacts included."""
        return self.select_related("round", "delivery_body").prefetch_related(
            "boroughs",
            "categories",
            "themes",
            "partners",
            "contact_lines__contact",
            "supporting_items",
            self._figures(),
            self._heard(),
        )

    def without_figures(self):
        """Entries that state no figure readers can see."""
        metric = self.model._meta.get_field("metrics").related_model
        return self.exclude(pk__in=metric.objects.filter(status=metric.Status.CONFIRMED).values("submission"))

    def newest_first(self):
        return self.order_by("-published_on", "pk")

    def by_title(self):
        return self.order_by(Lower("title"), "pk")

    def sharing_themes_with(self, entry):
        """Entries on the same themes, most shared themes first."""
        shared = Count("themed", filter=Q(themed__tag__in=[theme.pk for theme in entry.themes.all()]))
        return self.annotate(shared=shared).filter(shared__gt=0).order_by("-shared", "-published_on", "pk")

    def sharing_a_borough_with(self, entry):
        """Entries of any of the same boroughs."""
        boroughs = [borough.pk for borough in entry.boroughs.all()]
        links = self.model.boroughs.through.objects.filter(borough__in=boroughs)
        return self.filter(pk__in=links.values("submission"))

    def _heard(self):
        voice = self.model._meta.get_field("voices").related_model
        return Prefetch("voices", voice.objects.heard(), to_attr="heard")

    def _figures(self):
        metric = self.model._meta.get_field("metrics").related_model
        return Prefetch("metrics", metric.objects.filter(status=metric.Status.CONFIRMED), to_attr="figures")
