"""Entries side by side: what stands in each row of the table."""

from dataclasses import dataclass

from submissions.entry_fields import FIELDS, Kind
from submissions.models import OutcomeMetric

FEWEST, MOST = 2, 4
UNDECIDED = "Not yet decided by LIIA"


@dataclass(frozen=True)
class Row:
    name: str
    kind: str  # how a cell is drawn
    cells: list


def rows(entries):
    """The rows of the comparison, each with a cell per entry. An empty cell is shown as “Not stated”."""
    columns = [(entry, _costs(entry)) for entry in entries]
    return [
        Row("Authority", "text", [entry.borough_names for entry in entries]),
        Row("Summary", "markup", [entry.summary for entry in entries]),
        *(_fact(field, entries) for field in FIELDS if field.in_short),
        Row("Figures", "figures", [_or_undecided(entry, set(entry.figures) - set(costs)) for entry, costs in columns]),
        Row("Costs", "figures", [_or_undecided(entry, costs) for entry, costs in columns]),
        Row("Contact", "people", [[line.contact for line in entry.contact_lines.all()] for entry in entries]),
    ]


def _fact(field, entries):
    if field.kind is Kind.TEXT:
        return Row(field.label, "text", [getattr(entry, field.name) for entry in entries])
    return Row(field.label, "list", [field.texts(entry) for entry in entries])


def _or_undecided(entry, figures):
    """The figures in their order; UNDECIDED where readers see none because LIIA has not decided."""
    shown = [metric for metric in entry.figures if metric in figures]
    return shown or (UNDECIDED if entry.figures_undecided else [])


def _costs(entry):
    return [metric for metric in entry.figures if metric.kind == OutcomeMetric.Kind.COST]
