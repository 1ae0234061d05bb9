"""Need meets practice: the entries that answer a section and why, and the survey's lines on entries and themes."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from submissions.models import Submission, Theme, ThemedSubmission
from survey.models import Headline

SHOWN = 10


@dataclass(frozen=True)
class Answer:
    """An entry, and the reason in words: “Health; named in the survey: Camden”."""

    entry: Submission
    reason: str


@dataclass(frozen=True)
class Answers:
    """`on_themes`: entries on the section's themes, those of authorities it names first, ten at the most of `total`;
    `named`: what else the authorities it names have submitted, on other themes."""

    on_themes: list[Answer]
    total: int
    named: list[Answer]


def answers_to(section):
    """The answers to a section whose themes and named boroughs were fetched. Entries cost a fixed number of queries."""
    themes, boroughs = _ids(section.themes.all()), [named.borough_id for named in section.named.all()]
    themed = Submission.objects.published().filter(
        pk__in=ThemedSubmission.objects.filter(tag__in=themes).values("content_object")
    )
    links = Submission.boroughs.through.objects.filter(submission=OuterRef("pk"), borough__in=boroughs)
    shared = Count("themed", filter=Q(themed__tag__in=themes))
    first = themed.for_listing().annotate(is_named=Exists(links), shared=shared)
    first = first.order_by("-is_named", "-shared", "-published_on", "pk")
    others = Submission.objects.published().for_listing().filter(Exists(links)).exclude(pk__in=themed)
    return Answers(
        [Answer(entry, _reason(entry, themes, boroughs)) for entry in first[:SHOWN]],
        themed.count(),
        [Answer(entry, _reason(entry, (), boroughs)) for entry in others.newest_first()[:SHOWN]],
    )


def _ids(records):
    return [record.pk for record in records]


def _reason(entry, themes, boroughs):
    shared = ", ".join(theme.name for theme in entry.themes.all() if theme.pk in themes)
    named = " and ".join(borough.name for borough in entry.boroughs.all() if borough.pk in boroughs)
    reason = "; ".join(filter(None, (shared, f"named in the survey: {named}" if named else "")))
    return reason[:1].upper() + reason[1:]


def lines_for(record, lines=None):
    """The lines for a theme, all of them; for an entry, the first line of each section that its themes touch. `lines`:
    those of all themes, where they were read for several records."""
    if isinstance(record, Theme):
        return list(Headline.objects.by_theme().filter(theme=record.pk))
    themes = _ids(record.themes.all())
    firsts = {}
    for line in Headline.objects.by_theme().filter(theme__in=themes) if lines is None else lines:
        if line.theme in themes:
            firsts.setdefault(line.section_id, line)
    return list(firsts.values())
