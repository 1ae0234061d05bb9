"""A reader's shortlist: the entries that an address asks for, to print, as a Word document, and side by side.

Which of them readers may see, and a sentence about the rest.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from spotlight.wording import in_a_sentence
from submissions.entry_fields import FIELDS, Kind
from submissions.exports.formats import attachment
from submissions.models import Administrator, OutcomeMetric, Submission
from submissions.pack.document import word_document
from submissions.sharing.addresses import MOST_LISTED, ids_in

FEWEST_COMPARED, MOST_COMPARED = 2, 4
UNDECIDED = "Not yet decided by LIIA"

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass
class Shortlist:
    """`entries` in the order asked for; `withdrawn`: numbers of those that were; `unknown`: how many are not there."""

    entries: list
    withdrawn: list
    unknown: int
    left_out: int = 0
    most: int = MOST_LISTED
    problems: list = field(init=False)

    def __post_init__(self):
        self.problems = [sentence for sentence in (self._withdrawn(), self._unknown(), self._left_out()) if sentence]

    @property
    def nothing_found(self):
        """Whether everything asked for is unknown: then there is no such page."""
        return bool(self.unknown) and not self.entries and not self.withdrawn

    @property
    def ids(self):
        return ",".join(str(entry.pk) for entry in self.entries)

    @property
    def query(self):
        """The address's end, with what is still there."""
        return "?" + urlencode({"ids": self.ids}, safe=",")

    def administrators(self):
        """Who at LIIA can help with these entries; with none, everybody whom a category names."""
        of_these = Administrator.objects.filter(category__submissions__in=[entry.pk for entry in self.entries])
        people = of_these if self.entries else Administrator.objects.all()
        return list({person.email: person for person in people.order_by("category", "pk")}.values())

    def _withdrawn(self):
        if not self.withdrawn:
            return ""
        numbers = in_a_sentence([f"number {pk}" for pk in self.withdrawn])
        return f"Withdrawn since the list was made, and no longer shown: entry {numbers}."

    def _unknown(self):
        if not self.unknown:
            return ""
        return (
            "One number in the address is no entry."
            if self.unknown == 1
            else (f"{self.unknown} numbers in the address are no entries.")
        )

    def _left_out(self):
        return f"Only the first {self.most} entries are shown. {self.left_out} more were asked for." * bool(
            self.left_out
        )


def shortlist(params, most=MOST_LISTED):
    """The shortlist of `?ids=3,7,12` (or `ids=3&ids=7`)."""
    asked = ids_in(params.getlist("ids"))
    ids = asked[:most]
    found = Submission.objects.published().for_detail().in_bulk(ids)
    withdrawn = set(Submission.objects.withdrawn().filter(pk__in=ids).values_list("pk", flat=True))
    return Shortlist(
        entries=[found[pk] for pk in ids if pk in found],
        withdrawn=[pk for pk in ids if pk in withdrawn],
        unknown=len([pk for pk in ids if pk not in found and pk not in withdrawn]),
        left_out=len(asked) - len(ids),
        most=most,
    )


@dataclass(frozen=True)
class Row:
    name: str
    kind: str  # how a cell is drawn
    cells: list


def comparison(entries):
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


def pack(request):
    """`/pack/?ids=3,7`: one document. Not cached: it bears its day."""
    if request.GET.get("format") == "docx":
        return pack_document(request)
    chosen = _chosen(request)
    context = {"chosen": chosen, "day": timezone.localdate(), "people": chosen.administrators()}
    response = render(request, "submissions/pack.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def pack_document(request):
    """The same for Word."""
    chosen, day = _chosen(request), timezone.localdate()
    if not chosen.entries:
        raise Http404("A Word document needs at least one entry.")
    response = attachment(word_document(chosen, day), f"practice-spotlight-{day:%Y-%m-%d}.docx", WORD)
    response["Cache-Control"] = "no-cache"
    return response


def compare(request):
    """`/compare/?ids=3,7`: two to four entries in the columns of a table."""
    chosen = _chosen(request, MOST_COMPARED)
    context = {
        "chosen": chosen,
        "rows": comparison(chosen.entries),
        "undecided": UNDECIDED,
        "too_few": len(chosen.entries) < FEWEST_COMPARED,
    }
    return render(request, "submissions/compare.html", context)


def _chosen(request, *most):
    chosen = shortlist(request.GET, *most)
    if chosen.nothing_found:
        raise Http404("None of the numbers in the address is an entry.")
    return chosen
