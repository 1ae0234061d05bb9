"""The facets of the list, declared once: which values there are, and which entries have which."""

from dataclasses import dataclass

from django.db.models import Model

from boroughs.models import Borough
from submissions.models import Category, OutcomeMetric, Partner, Submission, Theme, ThemedSubmission, Voice


@dataclass(frozen=True)
class Relation:
    """A facet whose values are records: `through` links an entry (`entry`) to a value (`value`).

    `is_ours`: LIIA's own list, offered whole. Of the others only what a published entry has is known to readers."""

    legend: str
    model: type[Model]
    through: type[Model]
    value: str
    entry: str = "submission"
    is_ours: bool = True
    all_at_once = False  # two values ticked: entries that have either

    def links(self, pks=None):
        """(slug, entry's pk) for every link, or for those of these entries."""
        links = self.through.objects.order_by().values_list(f"{self.value}__slug", self.entry)
        return links.iterator() if pks is None else links.filter(**{f"{self.entry}__in": pks})

    def labels(self):
        """(slug, name) of every value, in its own order."""
        return self.model.objects.values_list("slug", "name")

    def hidden(self, slugs):
        """Of these values, which no published entry has, those that readers may not know of."""
        if not self.is_ours:
            return set(slugs)
        if not slugs or not hasattr(self.model.objects, "public"):
            return set()
        return set(slugs).difference(self.model.objects.public().values_list("slug", flat=True))

    def earlier(self):
        """(earlier slug, present slug) of the values that were renamed."""
        former = self.model._meta.get_field("former_slugs")
        return former.related_model.objects.values_list("slug", f"{former.field.name}__slug")


class Has:
    """The facet of evidence: entries with confirmed figures, entries with people's own words."""

    legend = "Evidence"
    all_at_once = True
    _rows = {
        "outcomes": OutcomeMetric.objects.shown(),
        "voices": Voice.objects.heard(),
    }

    def links(self, pks=None):
        for name, rows in self._rows.items():
            owners = rows.order_by().values_list("submission", flat=True).distinct()
            yield from ((name, pk) for pk in (owners if pks is None else owners.filter(submission__in=pks)))

    def labels(self):
        return [("outcomes", "States figures"), ("voices", "Carries people’s own words")]

    def hidden(self, slugs):
        return set()

    def earlier(self):
        return []


# In the order of the page.
FACETS = {
    "theme": Relation("Theme", Theme, ThemedSubmission, "tag", entry="content_object"),
    "borough": Relation("Borough", Borough, Submission.boroughs.through, "borough"),
    "category": Relation("Category", Category, Submission.categories.through, "category"),
    "has": Has(),
    "partner": Relation("Partner", Partner, Submission.partners.through, "partner", is_ours=False),
}
