"""What reading a page in does, or would do, in words: for the desk's page and for the command."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.db import models


class Outcome(models.TextChoices):
    NEW = "new", "New draft"
    VERSION = "version", "New version"
    REVISED = "revised", "Draft revised"
    PRESENT = "present", "Already at the desk"
    SAME = "same", "Unchanged"
    LEFT = "left", "Left alone"


SERIOUS = ("swallowed-entry", "cut-off", "left-out")  # kinds of doubt about words that may be lost or out of place
CHANGING = (Outcome.NEW, Outcome.VERSION, Outcome.REVISED)


def lines_of(doubts):
    """{"doubts", "serious"}: [(line, sentence)] of all and of those to look at first."""
    return {
        "doubts": [(doubt.line, doubt.message) for doubt in doubts],
        "serious": [(doubt.line, doubt.message) for doubt in doubts if doubt.kind in SERIOUS],
    }


@dataclass
class EntryReport:
    """One entry of the page.

    `fields`: [(label, texts)] as the reader found them. `doubts`: [(line, sentence)], of a draft those that the desk
    did not have yet. `remarks`: sentences about what the import leaves to a person. `differences`: as `compared` gives
    them.
    """

    title: str
    line: int
    outcome: Outcome
    said: str  # what happens, in a sentence
    fields: list
    doubts: list = field(default_factory=list)
    serious: list = field(default_factory=list)  # those of `doubts` that a person must look at first
    remarks: list = field(default_factory=list)
    both: list = field(default_factory=list)  # [(label, LIIA's words, the page's)] where LIIA's words stay
    differences: list = field(default_factory=list)
    key: int | None = None  # of the entry here that it was matched with, None for a new one
    draft: int | None = None  # of the draft that was written; only true once it is saved

    @property
    def changes(self):
        return self.outcome in CHANGING


@dataclass
class Report:
    category: str
    category_is_new: bool
    round: str
    entries: list
    doubts: list  # [(line, sentence)] about the page's introduction that the desk did not have yet
    serious: list  # those of `doubts` that a person must look at first
    remarks: list
    others: list  # titles of entries here that the page does not hold; they stay as they are

    def of(self, *outcomes):
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def groups(self):
        """[(heading, entries)] of what would be written, in the order in which a person should look; no empty ones."""
        new = ("New drafts", self.of(Outcome.NEW))
        changed = ("New versions of entries that are here", self.of(Outcome.VERSION, Outcome.REVISED))
        return [group for group in (new, changed) if group[1]]

    @property
    def others_on_page(self):
        """Entries of which nothing is written, those first that somebody may want to do something about."""
        return self.of(Outcome.LEFT) + self.of(Outcome.PRESENT) + self.of(Outcome.SAME)

    @property
    def first_of_all(self):
        """[(title or "", line, sentence)] of what may be lost or in the wrong place."""
        found = [("", *doubt) for doubt in self.serious]
        return found + [(entry.title, *doubt) for entry in self.changes for doubt in entry.serious]

    @property
    def changes(self):
        return [entry for entry in self.entries if entry.changes]

    @property
    def summary(self):
        """“1 new, 3 changed, 10 unchanged”: counts of the page's entries."""
        unchanged = len(self.entries) - len(self.changes)
        new = len(self.of(Outcome.NEW))
        return f"{new} new, {len(self.changes) - new} changed, {unchanged} unchanged"

    @property
    def seal(self):
        """64 hexadecimal digits: two reports with the same seal tell a person the same."""
        told = {**asdict(self), "entries": [{**asdict(entry), "draft": None} for entry in self.entries]}
        if self.category_is_new:
            told["category"] = ""  # the person names it after having seen the rest
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
