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


CHANGING = (Outcome.NEW, Outcome.VERSION, Outcome.REVISED)


@dataclass
class EntryReport:
    """One entry of the page. `fields`: [(label, texts)] as the reader found them. `differences`: as `compared` gives
    them. `doubts`: [(line, sentence)]. `remarks`: sentences about what the import leaves to a person."""

    title: str
    line: int
    outcome: Outcome
    said: str  # what happens, in a sentence
    fields: list
    doubts: list
    remarks: list = field(default_factory=list)
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
    doubts: list  # [(line, sentence)] about the page's introduction
    remarks: list
    others: list  # titles of entries here that the page does not hold; they stay as they are

    def of(self, *outcomes):
        return [entry for entry in self.entries if entry.outcome in outcomes]

    @property
    def groups(self):
        """[(heading, entries)] in the order in which a person should look at them; empty ones left out."""
        groups = [
            ("New drafts", self.of(Outcome.NEW)),
            ("New versions of entries that are here", self.of(Outcome.VERSION, Outcome.REVISED)),
            ("Left alone", self.of(Outcome.LEFT)),
            ("Nothing to do", self.of(Outcome.SAME, Outcome.PRESENT)),
        ]
        return [(heading, entries) for heading, entries in groups if entries]

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
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
