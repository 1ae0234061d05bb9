"""Every table that readers can take away: entries, authorities, themes, and figures with their sentences."""

from datetime import date

from django.db.models import Count, Q

from boroughs.models import Borough
from submissions.exports.entries import ENTRIES, address_of
from submissions.exports.table import Change, Column, Kind, Table
from submissions.models import OutcomeMetric, Submission, Theme

FIRST = (Change(date(2026, 11, 22), "First published."),)


def readable_boroughs():
    return Borough.objects.with_entry_counts().select_related("delivery_body")


def readable_themes():
    published = Q(themed__content_object__in=Submission.objects.published())
    return Theme.objects.annotate(entries=Count("themed", filter=published)).order_by("order", "name")


def readable_outcomes():
    """Confirmed figures of published entries, newest entry first."""
    return OutcomeMetric.objects.shown().of_published()


def fetch_outcomes(keys):
    """{key: figure with its entry} of those that readers may see. Asked by key only: 60 times faster."""
    figures = OutcomeMetric.objects.shown().filter(pk__in=keys).order_by()
    with_entry = figures.select_related("submission").defer("submission__body", "submission__supporting")
    return {figure.pk: figure for figure in with_entry if figure.submission.is_published}


def number(decimal):
    """A stored decimal as a plain number: 75, not 75.00."""
    return None if decimal is None else int(decimal) if decimal == int(decimal) else float(decimal)


# fmt: off
BOROUGHS = Table(
    name="boroughs",
    title="Boroughs",
    path="data/boroughs",
    about="London’s 33 local authorities, those without an entry included.",
    records=readable_boroughs,
    changes=FIRST,
    columns=(
        Column("name", Kind.TEXT, "The short name.", "Merton", lambda b: b.name, width=24),
        Column("official_name", Kind.TEXT, "The full name.", "London Borough of Merton", lambda b: b.official_name,
               width=42),
        Column("slug", Kind.TEXT, "The name as it stands in addresses, such as ?borough=merton.", "merton",
               lambda b: b.slug, width=24),
        Column("ons_code", Kind.TEXT, "Office for National Statistics code.", "E09000024", lambda b: b.ons_code),
        Column("dfe_code", Kind.TEXT, "Department for Education code.", "315", lambda b: b.dfe_code, width=10),
        Column("ring", Kind.TEXT, "Inner or Outer London, as in national statistics.", "Outer", lambda b: b.ring),
        Column("sub_region", Kind.TEXT, "The part of London.", "South West", lambda b: b.sub_region),
        Column("delivery_body", Kind.TEXT, "The body that runs its children’s services. Empty where the council does.",
               "Achieving for Children", lambda b: b.delivery_body.name if b.delivery_body else "", optional=True,
               width=24),
        Column("entries", Kind.WHOLE, "How many entries come from it, joint ones included.", 5, lambda b: b.entries),
        Column("url", Kind.ADDRESS, "Its page here.", "https://spotlight.example.org/boroughs/merton/", address_of,
               width=40),
    ),
)

THEMES = Table(
    name="themes",
    title="Themes",
    path="data/themes",
    about="What entries are about. An entry may stand under several themes.",
    records=readable_themes,
    changes=FIRST,
    columns=(
        Column("name", Kind.TEXT, "The name.", "Housing and accommodation", lambda t: t.name, width=40),
        Column("slug", Kind.TEXT, "The name as it stands in addresses, such as ?theme=housing.", "housing",
               lambda t: t.slug, width=30),
        Column("description", Kind.TEXT, "What belongs here.", "A safe place to live, and support to keep it.",
               lambda t: t.description, width=60),
        Column("entries", Kind.WHOLE, "How many entries are on it.", 6, lambda t: t.entries),
        Column("url", Kind.ADDRESS, "Its page here.", "https://spotlight.example.org/themes/housing/", address_of,
               width=40),
    ),
)

OUTCOMES = Table(
    name="outcomes",
    title="Outcomes",
    path="data/outcomes",
    about="Every figure that LIIA confirmed against its sentence. LIIA did not test cause and effect.",
    records=readable_outcomes,
    fetch=fetch_outcomes,
    changes=FIRST,
    columns=(
        Column("entry_id", Kind.WHOLE, "The number of the entry that states it.", 12, lambda m: m.submission_id,
               width=8),
        Column("entry", Kind.TEXT, "The entry’s title.", "KickStart Futures", lambda m: m.submission.title, width=40),
        Column("url", Kind.ADDRESS, "The entry’s page.", "https://spotlight.example.org/submissions/kickstart-futures/",
               lambda m: address_of(m.submission), width=40),
        Column("figure", Kind.TEXT, "The figure as a reader says it.", "75%", lambda m: m.figure, width=24),
        Column("label", Kind.TEXT, "What it measures.", "felt safe where they live", lambda m: m.label, width=40),
        Column("value", Kind.NUMBER, "The figure as a number.", 75, lambda m: number(m.value), width=10),
        Column("unit", Kind.TEXT, "What the number counts.", "percent", lambda m: m.unit),
        Column("comparator", Kind.NUMBER, "The number it is compared with, if the sentence gives one.", 50,
               lambda m: number(m.comparator), optional=True, width=10),
        Column("period", Kind.TEXT, "The time it covers, as the sentence says it.", "2023/24", lambda m: m.period,
               optional=True, missing="Not stated"),
        Column("kind", Kind.TEXT, "What it reached, what was done, what it cost, or background.", "What it reached",
               lambda m: m.get_kind_display()),
        Column("sentence", Kind.TEXT, "The sentence it stands in, exactly as published.",
               "75% felt safe where they live.", lambda m: m.quote, width=80),
    ),
)
# fmt: on

TABLES = {table.name: table for table in (ENTRIES, BOROUGHS, THEMES, OUTCOMES)}  # as on the data page
