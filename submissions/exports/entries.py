"""The table of entries: one row for each entry on the list."""

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.urls import reverse

from submissions.exports.table import Change, Column, Kind, Table
from submissions.models import OutcomeMetric, Submission, ThemedSubmission, Voice
from submissions.sharing.addresses import absolute
from submissions.wording import plain

NOT_STATED = "Not stated"
FIELDS = ("id", "title", "slug", "team", "summary", "published_on", "changed_at", "round__name", "delivery_body__name")


def address_of(page):
    """The public address of a record that has a page."""
    return absolute(page.get_absolute_url())


def fetch_entries(keys):
    """{key: record} of those that readers may see: plain values and lists of names, by one query for each.

    Not model objects: a list of 100,000 would take four times as long.
    """
    entries = {entry["id"]: entry for entry in Submission.objects.published().filter(pk__in=keys).values(*FIELDS)}
    for name, found in _related(keys).items():
        for key, entry in entries.items():
            entry[name] = found.get(key, [])
    return entries


def _related(keys):
    """{what: {entry's key: [value]}}; a borough is (name, code)."""
    boroughs = Submission.boroughs.through.objects.order_by("borough__name")
    categories = Submission.categories.through.objects.order_by("category__number")
    partners = Submission.partners.through.objects.order_by("partner__name")
    themes = ThemedSubmission.objects.order_by("tag__order", "tag__name")
    figures = OutcomeMetric.objects.shown().order_by("position", "pk")
    proposed = OutcomeMetric.objects.filter(status=OutcomeMetric.Status.PROPOSED)
    undecided = proposed.values("submission").order_by().annotate(count=Count("pk"))
    voices = Voice.objects.heard().values("submission").order_by().annotate(count=Count("pk"))
    return {
        "boroughs": _grouped(boroughs, keys, "submission", "borough__name", "borough__ons_code"),
        "categories": _grouped(categories, keys, "submission", "category__name"),
        "partners": _grouped(partners, keys, "submission", "partner__name"),
        "themes": _grouped(themes, keys, "content_object", "tag__name"),
        "figures": _grouped(figures, keys, "submission", "figure", "label"),
        "undecided": _grouped(undecided, keys, "submission", "count"),
        "voices": _grouped(voices, keys, "submission", "count"),
    }


def _grouped(rows, keys, entry, *values):
    found = defaultdict(list)
    for key, *said in rows.filter(**{f"{entry}__in": keys}).values_list(entry, *values):
        found[key].append(said[0] if len(said) == 1 else said)
    return found


ENTRIES = Table(
    name="entries",
    title="Entries",
    path="submissions",
    about="One row for each entry, with everything but its long text. Takes the same parameters as the list.",
    records=Submission.objects.published,
    fetch=fetch_entries,
    formats=("csv", "xlsx", "json", "atom"),
    changes=(
        Change(date(2026, 11, 22), "First published."),
        Change(date(2026, 11, 28), "Added figures_undecided."),
    ),
    columns=(
        Column("id", Kind.WHOLE, "The entry’s number. It never changes.", 12, lambda e: e["id"], width=6),
        Column("title", Kind.TEXT, "Its title, as published.", "KickStart Futures", lambda e: e["title"], width=40),
        Column(
            "url",
            Kind.ADDRESS,
            "Its page, where its whole text and the people to call stand.",
            "https://spotlight.example.org/submissions/kickstart-futures/",
            lambda e: absolute(reverse("submission", args=[e["slug"]])),
            width=40,
        ),
        Column(
            "boroughs",
            Kind.LIST,
            "The local authorities it comes from.",
            ["Sutton"],
            lambda e: [name for name, _ in e["boroughs"]],
            width=24,
        ),
        Column(
            "borough_codes",
            Kind.LIST,
            "Their Office for National Statistics codes, in the same order, to join with other data.",
            ["E09000029"],
            lambda e: [code for _, code in e["boroughs"]],
        ),
        Column(
            "delivery_body",
            Kind.TEXT,
            "The body that runs the service for them. Empty where the council runs it itself.",
            "Achieving for Children",
            lambda e: e["delivery_body__name"] or "",
            optional=True,
            width=24,
        ),
        Column("categories", Kind.LIST, "LIIA’s categories.", ["Care leavers"], lambda e: e["categories"], width=18),
        Column("round", Kind.TEXT, "The call for submissions it answered.", "2024 round", lambda e: e["round__name"]),
        Column(
            "themes",
            Kind.LIST,
            "What it is about, in LIIA’s words.",
            ["Housing and accommodation", "Money and benefits"],
            lambda e: e["themes"],
            width=36,
        ),
        Column(
            "summary",
            Kind.TEXT,
            "Its summary as plain text, as published.",
            "A partnership that prepares care leavers for work.",
            lambda e: plain(e["summary"]),
            optional=True,
            missing=NOT_STATED,
            width=60,
        ),
        Column(
            "team",
            Kind.TEXT,
            "The team that did it.",
            "Leaving care team",
            lambda e: e["team"],
            optional=True,
            missing=NOT_STATED,
            width=28,
        ),
        Column(
            "partners",
            Kind.LIST,
            "The organisations it was done with.",
            ["Barnardo’s"],
            lambda e: e["partners"],
            missing=NOT_STATED,
            width=36,
        ),
        Column(
            "figures",
            Kind.LIST,
            "Confirmed figures, each with what it measures. The sentence each stands in is in the table of outcomes.",
            ["75%: felt safe where they live"],
            lambda e: [f"{figure}: {label}" for figure, label in e["figures"]],
            width=48,
        ),
        Column(
            "voices_count",
            Kind.WHOLE,
            "How many quotations of people’s own words its page carries.",
            2,
            lambda e: sum(e["voices"]),
        ),
        Column(
            "published_on",
            Kind.DATE,
            "The day readers could first see it in this catalogue.",
            "2026-11-22",
            lambda e: e["published_on"],
            width=14,
        ),
        Column(
            "changed_at",
            Kind.TIME,
            "When it was last changed here, in London’s time.",
            "2026-11-22T09:30:00+00:00",
            lambda e: e["changed_at"],
            width=18,
        ),
        Column(
            "figures_undecided",
            Kind.WHOLE,
            "How many figures of the entry LIIA has not decided on yet. Where it is not 0, the figures are incomplete.",
            0,
            lambda e: sum(e["undecided"]),
        ),
    ),
)
