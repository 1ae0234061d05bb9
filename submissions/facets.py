"""The choices beside the list, each with the number of entries that ticking it gives."""

from dataclasses import dataclass

from django.db.models import Count, Model, Q

from boroughs.models import Borough
from submissions.models import Category, OutcomeMetric, Partner, Submission, Theme, ThemedSubmission, Voice


@dataclass(frozen=True)
class Relation:
    """A facet whose values are records: `through` links an entry (`entry`) to a value (`value`)."""

    legend: str
    model: type[Model]
    through: type[Model]
    value: str
    entry: str = "submission"

    def having(self, slugs):
        """A condition: entries linked to any of these slugs."""
        linked = self.through.objects.filter(**{f"{self.value}__slug__in": slugs})
        return Q(pk__in=linked.values(self.entry))

    def counts(self, entries):
        """{slug: number of `entries` with that value}, values without any left out."""
        linked = self.through.objects.filter(**{f"{self.entry}__in": entries.order_by().values("pk")})
        return dict(linked.values_list(f"{self.value}__slug").annotate(n=Count(self.entry, distinct=True)).order_by())


class Has:
    """The facet of evidence: entries with confirmed figures, entries with people's own words."""

    legend = "Evidence"
    choices = (("outcomes", "States figures", False), ("voices", "Carries people’s own words", False))
    _rows = {
        "outcomes": OutcomeMetric.objects.filter(status=OutcomeMetric.Status.CONFIRMED),
        "voices": Voice.objects.all(),
    }

    def having(self, names):
        """A condition: entries that have the one thing named."""
        return Q(pk__in=self._rows[names[0]].values("submission"))

    def counts(self, entries):
        return {name: entries.filter(self.having([name])).count() for name in self._rows}


FACETS = {
    "theme": Relation("Theme", Theme, ThemedSubmission, "tag", entry="content_object"),
    "borough": Relation("Borough", Borough, Submission.boroughs.through, "borough"),
    "category": Relation("Category", Category, Submission.categories.through, "category"),
    "partner": Relation("Partner", Partner, Submission.partners.through, "partner"),
}
HAS = Has()


def choices_of(facet):
    """[(slug, name, is_empty)] of a facet: those with entries first, then those no published entry has (`is_empty`)."""
    used = facet.counts(Submission.objects.published())
    names = facet.model.objects.values_list("slug", "name")
    return sorted(((slug, name, slug not in used) for slug, name in names), key=lambda choice: choice[2])


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int  # entries on the list when this is ticked and nothing else changes
    ticked: bool
    empty: bool  # no entry of the whole catalogue has it
    query: str  # the address of the list with this one choice turned round


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    choices: list[Choice]

    @property
    def ticked(self):
        return [choice for choice in self.choices if choice.ticked]


def facets_of(filterset, total):
    """Every facet of a list with `total` results. OR inside a facet: one more tick adds what it alone would bring."""
    facets = [_or_facet(name, relation, filterset, total) for name, relation in FACETS.items()]
    return [*facets[:3], _and_facet(filterset, total), *facets[3:]]


def _or_facet(name, relation, filterset, total):
    ticked = filterset.chosen(name)
    others = filterset.without(name)
    added = relation.counts(others.exclude(relation.having(ticked)) if ticked else others)
    shown_anyway = total if ticked else 0
    return _facet(name, relation.legend, filterset, lambda value: shown_anyway + added.get(value, 0), total)


def _and_facet(filterset, total):
    counts = HAS.counts(filterset.qs)
    return _facet("has", HAS.legend, filterset, counts.get, total)


def _facet(name, legend, filterset, count, total):
    ticked = filterset.chosen(name)

    def choice(value, label, empty):
        turned = [v for v in ticked if v != value] if value in ticked else [*ticked, value]
        number = total if value in ticked else count(value)
        return Choice(value, label, number, value in ticked, empty, filterset.query(**{name: turned}))

    return Facet(name, legend, [choice(*option) for option in filterset.options[name]])
