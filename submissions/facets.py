"""The groups of choices beside the list, and which entries have which value."""

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.html import format_html_join

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

    def having(self, slugs):
        """A condition: entries linked to any of these slugs."""
        linked = self.through.objects.filter(**{f"{self.value}__slug__in": slugs})
        return Q(pk__in=linked.values(self.entry))

    def links(self):
        """(slug, entry's pk) for every link."""
        return self.through.objects.order_by().values_list(f"{self.value}__slug", self.entry).iterator()

    def labels(self):
        """(slug, name) of every value that readers may know of, in its own order."""
        records = self.model.objects.all()
        if hasattr(records, "public"):
            records = records.public()
        if not self.is_ours:
            used = self.through.objects.filter(**{f"{self.entry}__in": Submission.objects.published()})
            records = records.filter(pk__in=used.values(self.value))
        return records.values_list("slug", "name")

    def earlier(self):
        """(earlier slug, present slug) of the values that were renamed."""
        former = self.model._meta.get_field("former_slugs")
        return former.related_model.objects.values_list("slug", f"{former.field.name}__slug")


class Has:
    """The facet of evidence: entries with confirmed figures, entries with people's own words."""

    legend = "Evidence"
    _rows = {
        "outcomes": OutcomeMetric.objects.shown(),
        "voices": Voice.objects.heard(),
    }

    def having(self, names):
        """A condition: entries that have the one thing named."""
        return Q(pk__in=self._rows[names[0]].values("submission"))

    def links(self):
        for name, rows in self._rows.items():
            yield from ((name, pk) for pk in rows.order_by().values_list("submission", flat=True).distinct())

    def labels(self):
        return [("outcomes", "States figures"), ("voices", "Carries people’s own words")]

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


BOX = (
    '<label class="choice{}"><input type="checkbox" name="{}" value="{}" data-count="{}"{}>'
    '<span class="label">{}</span> <span class="n">{}</span></label>'
)


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int  # entries on the list when this is ticked and nothing else changes
    ticked: bool
    empty: bool  # no entry of the whole catalogue has it
    without: str  # the address of the list without this choice; "" where it is not ticked


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str
    choices: list[Choice]

    @property
    def html(self):
        """The choices as check boxes. Not a template: two hundred of them took as long as the rest of the page."""
        return format_html_join("\n", BOX, (self._box(choice) for choice in self.choices))

    def _box(self, choice):
        empty, state = (" empty", " disabled") if choice.empty else ("", "")
        state = " checked" if choice.ticked else state
        return empty, self.name, choice.value, choice.count, state, choice.label, choice.count

    @property
    def ticked(self):
        return [choice for choice in self.choices if choice.ticked]


def facets_of(filterset):
    """Every facet of a list, each choice with its count."""
    return [_facet(name, filterset) for name in FACETS]


def _facet(name, filterset):
    ticked, index = filterset.chosen(name), filterset.index
    others = filterset.entries_without(name)
    # OR inside a facet: one more tick adds what it alone would bring. Both kinds of evidence together mean both.
    together = index.all_of if name == "has" else index.any_of

    def choice(value, label, empty):
        count = (others & together(name, {*ticked, value})).bit_count()
        without = filterset.query(**{name: [v for v in ticked if v != value]}) if value in ticked else ""
        return Choice(value, label, count, value in ticked, empty, without)

    return Facet(name, FACETS[name].legend, [choice(*option) for option in index.options[name]])
