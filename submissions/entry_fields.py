"""What an entry is made of, declared once. Versions, sign-off, comparison, import, search, downloads, the API, Word and
the desk's form read this list, so that none of them can forget a field.

To add a field: its column in `models/submission.py` with a migration, its line here, its place in
`templates/submissions/in_short.html`, and, where pages state it, its label in `pagereader/text/labels.py`.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

NOT_STATED = "Not stated"


class Kind(Enum):
    TEXT = "plain text"
    RICH = "sanitised HTML"
    RECORD = "one other record, or none"
    RECORDS = "a set of other records"
    ROWS = "rows of its own, in order"


@dataclass(frozen=True)
class Export:
    """A column of the downloads and the API. `missing`: what a spreadsheet says of an entry without any. `since`: the
    day it was added; it then stands in the change log, after the columns there were."""

    meaning: str
    example: str | list
    width: int = 16  # characters, in a spreadsheet
    missing: str = ""
    column: str = ""  # where its name is not the field's
    since: date | None = None


@dataclass(frozen=True)
class Field:
    """`name`: as `Submission` has it. `rows`: of rows, the relation that holds them, and `same_by` the column that is
    the same for one row in all versions. A new field belongs to every version and to the history by itself.

    A claim is `signed`: readers see it only as the authority approved it, and a change asks again. What is not signed,
    LIIA keeps true itself, also in a published entry.
    """

    name: str
    label: str
    kind: Kind
    required: bool = False
    signed: bool = False
    read: bool = False  # from a category page, out of the record's attribute of this name
    searched: str = ""  # with the weight of this column of the index
    in_short: bool = False  # a fact of the printed pack, the Word file and the comparison
    group: str = ""  # of the desk's form
    export: Export | None = None
    rows: str = ""
    same_by: str = "key"
    words: str = ""  # in a sentence, where that is not “the” and its label

    @property
    def stored(self):
        """Its name in a stored version."""
        return self.rows or (f"{self.name}_id" if self.kind is Kind.RECORD else self.name)

    @property
    def in_words(self):
        return self.words or f"the {self.label.lower()}"

    def texts(self, entry):
        """What an entry states here, as a list of plain texts; of a TEXT, a RECORD or RECORDS."""
        value = getattr(entry, self.name)
        if self.kind is Kind.RECORDS:
            return [record.name for record in value.all()]
        return [value.name if self.kind is Kind.RECORD else value] if value else []


TEXT, RICH, RECORD, RECORDS, ROWS = Kind
BELONGS, WHOSE, WORDS, ABOUT = "Where it belongs", "Whose it is", "The text", "What it is about"
# fmt: off
FIELDS = (
    Field("title", "Title", TEXT, required=True, signed=True, read=True, searched="title",
          export=Export("Its title, as published.", "KickStart Futures", 40)),
    Field("round", "Round", RECORD, required=True, group=BELONGS,
          export=Export("The call for submissions it answered.", "2024 round")),
    Field("categories", "Categories", RECORDS, required=True, group=BELONGS,
          export=Export("LIIA’s categories.", ["Care leavers"], 18)),
    Field("boroughs", "Authorities", RECORDS, required=True, signed=True, read=True, searched="about", group=WHOSE,
          export=Export("The local authorities it comes from.", ["Sutton"], 24)),
    Field("delivery_body", "Delivered by", RECORD, signed=True, read=True, searched="about", group=WHOSE,
          words="the delivery body",
          export=Export("The body that runs the service for them. Empty where the council runs it itself.",
                        "Achieving for Children", 24)),
    Field("team", "Team", TEXT, signed=True, read=True, searched="details", in_short=True, group=WHOSE,
          export=Export("The team that did it.", "Leaving care team", 28, NOT_STATED)),
    Field("partners", "Partners", RECORDS, signed=True, read=True, searched="details", in_short=True, group=WHOSE,
          export=Export("The organisations it was done with.", ["Barnardo’s"], 36, NOT_STATED)),
    Field("summary", "Summary", RICH, signed=True, read=True, searched="about", group=WORDS,
          export=Export("Its summary as plain text, as published.",
                        "A partnership that prepares care leavers for work.", 60, NOT_STATED)),
    Field("body", "Main text", RICH, signed=True, read=True, searched="text", group=WORDS),
    Field("supporting", "Supporting information", RICH, signed=True, read=True, searched="details", group=WORDS),
    Field("what_it_took", "What it took", TEXT, signed=True, read=True, searched="details", in_short=True, group=WORDS,
          words="what it took",
          export=Export("The staff, the money and the time it took.",
                        "Two advisers, £80,000 a year, six months.", 40, NOT_STATED, since=date(2026, 11, 28))),
    Field("themes", "Themes", ROWS, searched="about", group=ABOUT, rows="themed", same_by="tag_id",
          export=Export("What it is about, in LIIA’s words.", ["Housing and accommodation", "Money and benefits"], 36)),
    Field("contacts", "Contacts", ROWS, read=True, searched="details", rows="contact_lines", same_by="contact_id"),
    Field("metrics", "Figures", ROWS, signed=True, searched="details", rows="metrics",
          export=Export("Confirmed figures, each with what it measures. The sentence each stands in is in the table of "
                        "outcomes.", ["75%: felt safe where they live"], 48, column="figures")),
    Field("voices", "Voices", ROWS, signed=True, rows="voices", words="the quotations"),
    Field("supporting_items", "Documents and links", ROWS, searched="details", rows="supporting_items"),
)
# fmt: on

# What else belongs to an entry, and why no version, sign-off, import or download has it as a part.
LEFT_OUT = {
    "id": "the entry itself",
    "slug": "its address, which may change while the words stay",
    "former_slugs": "its earlier addresses",
    "status": "changed by steps, never by an edit",
    "replaces": "whose new version it is, which ends when it is published",
    "next_version": "the same from the other side",
    "published_on": "set by the step that publishes",
    "changed_at": "set by saving",
    "doubts": "LIIA's questions about a page",
    "corrections": "what readers wrote about it",
    "checked_links": "found by the link check",
    "events": "its story",
    "versions": "its story",
    "sign_offs": "its story",
    "plans": "its story",
}


def of_kind(*kinds):
    """The fields of these kinds, in order."""
    return tuple(field for field in FIELDS if field.kind in kinds)


SIGNED = tuple(field for field in FIELDS if field.signed)
READ = tuple(field for field in FIELDS if field.read)
QUOTED_IN = tuple(field.name for field in FIELDS if field.group == WORDS)  # figures and voices are quoted from these
RICH_TEXTS = tuple(field.name for field in of_kind(RICH))
LABELS = {field.stored: field.label for field in FIELDS}
