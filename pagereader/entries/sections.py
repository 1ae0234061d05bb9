"""The parts of one entry: which of its lines are under which label, and which are under none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ..people.names import is_name_or_role, is_phone, may_belong_to_a_contact
from ..people.partners import CONNECTING, NONE_STATED
from ..text.labels import FACTS, Label
from ..text.lines import Line
from ..text.passages import is_sentence

FRONT = ("summary", "contacts", "team", "partners")


@dataclass
class Sections:
    """The lines of an entry by part, in order: `sections["summary"]`. `labels`: the lines with a label; `empty`: those
    with nothing under them. `unplaced`: lines of the body that are under no label."""

    parts: defaultdict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    labels: list[Line] = field(default_factory=list)
    empty: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)

    def __getitem__(self, part: str) -> list[Line]:
        return self.parts[part]

    def __setitem__(self, part: str, lines: list[Line]) -> None:
        self.parts[part] = lines


def sections_of(lines: list[Line]) -> Sections:
    """Sorts the lines after an entry's heading."""
    walk = Walk(lines)
    for index, line in enumerate(lines):
        walk.index = index
        if line.label and walk.accepts(line.label, line):
            walk.enter(line.label, line)
        else:
            walk.place(line)
    settle_opening(walk.sections)
    if walk.main_at is None:
        settle_long_summary(walk.sections)
    parts = walk.sections
    parts.empty = [line for line in parts.labels if not parts[line.label.part] and not line.label.rest]
    return parts


class Walk:
    """One pass over an entry's lines, remembering under which label it is."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        self.sections = Sections()
        self.index = 0
        self.under = "opening"
        self.main_at = next((index for index, line in enumerate(lines) if is_main(line)), None)

    def accepts(self, label: Label, line: Line) -> bool:
        if label.kind == "more":
            return True
        if label.kind == "supporting":
            return self.accepts_supporting(label)
        if label.kind == "main":
            return self.main_at == self.index
        if self.under == "supporting" or (self.under == "main" and not self.accepts_late(label, line)):
            return False
        if label.form == "bare":
            return self.accepts_bare(label, line)
        if label.form == "alone" and not label.certain and self.under == "loose":
            return not line.text[-1].isalpha() or not self.sections[label.kind]
        return True

    def accepts_bare(self, label: Label, line: Line) -> bool:
        """A label whose mark was forgotten: "Key Contact Jane Doe – jane@…"."""
        if label.kind == "contacts":
            return bool(line.addresses)
        return label.certain and label.kind == "summary" and self.under == "opening" and label.rest[:1].isupper()

    def accepts_late(self, label: Label, line: Line) -> bool:
        """Inside the main text a label counts only when its field is still empty and what follows can fill it."""
        if label.form not in ("colon", "alone") or label.kind in FACTS or self.sections[label.kind]:
            return False
        if label.kind == "contacts":
            return any(near.addresses for near in (line, *self.below(2)))
        return label.certain and label.form == "colon" and (label.kind == "summary" or not is_sentence(label.rest))

    def accepts_supporting(self, label: Label) -> bool:
        if label.form == "bare" or (label.form == "dash" and not label.certain):
            return False
        if self.under == "supporting":
            return label.certain and label.form == "colon" and not label.rest
        if label.certain:
            return True
        return label.form == "colon" and bool(self.sections["body"]) and self.nothing_certain_follows()

    def nothing_certain_follows(self) -> bool:
        later = (line.label for line in self.lines[self.index + 1 :])
        return not any(label and label.certain and label.kind == "supporting" for label in later)

    def below(self, count: int) -> list[Line]:
        return self.lines[self.index + 1 : self.index + 1 + count]

    def enter(self, label: Label, line: Line) -> None:
        """Begins the part that a label heads."""
        if label.kind == "more":
            self.sections["furniture"].append(line)
            self.under = self.under if self.under in ("main", "supporting") else "loose"
            return
        self.sections.labels.append(line)
        self.under = label.kind
        if label.rest and not (label.kind in ("team", "partners", *FACTS) and NONE_STATED.fullmatch(label.rest)):
            self.sections[label.part].append(line.after_label())
        else:
            self.sections["furniture"].append(line)

    def place(self, line: Line) -> None:
        """Adds a line to the part it belongs to."""
        if self.under == "contacts" and not may_belong_to_a_contact(line, self.sections["contacts"], self.below(2)):
            self.under = "loose"
        if self.under in ("team", "partners") and not self.belongs_to_list(line):
            self.under = "loose"
        if self.under in FACTS and self.sections[self.under] and line.after_blank and not line.marker:
            self.under = "loose"
        if self.under in ("opening", "loose") and self.is_unlabelled_contact(line):
            self.move_name_above(line)
            self.under = "contacts"
        self.sections[{"main": "body", "loose": "body"}.get(self.under, self.under)].append(line)

    def move_name_above(self, line: Line) -> None:
        """Moves the lines just above an address, with the name and the role it belongs to, to the contacts."""
        above = self.sections["body"] or self.sections["opening"]
        below = line
        while above and not below.after_blank and is_name_or_role(above[-1].text):
            below = above.pop()
            self.sections["contacts"].insert(0, below)

    def is_unlabelled_contact(self, line: Line) -> bool:
        """A line with an address, short enough to be a contact, where no contact has been seen."""
        if self.sections["contacts"] or self.sections["body"]:
            return False
        return len(line.text) <= 200 and bool(line.addresses) and not line.is_sentence

    def belongs_to_list(self, line: Line) -> bool:
        """Whether a line goes on with the team or the partners named above it."""
        part = self.sections[self.under]
        if not part:
            return not line.is_sentence and not is_phone(line.text)
        last = part[-1]
        if last.marker or last.text.endswith(":"):
            return bool(line.marker) or (not line.after_blank and line.text[0].islower())
        if line.wrapped:
            return True
        if line.after_blank or line.is_sentence:
            return False
        if last.text.endswith(CONNECTING) or line.text[0].islower():
            return True
        under_empty_label = bool(self.sections.labels) and not self.sections.labels[-1].label.rest
        return under_empty_label and len(part) < 40 and self.run_ends_at_a_label()

    def run_ends_at_a_label(self) -> bool:
        """Short lines, one under another, down to the next label or blank line: each is one of the list."""
        for line in self.lines[self.index : self.index + 40]:
            if line.label or line.after_blank:
                return True
            if line.is_sentence:
                return False
        return True


def settle_opening(parts: Sections) -> None:
    """Text between the heading and the first label is the summary when there is none and a main text follows."""
    if not parts["summary"] and parts["body"]:
        parts["summary"] = parts["opening"]
    else:
        if parts.labels and parts["body"]:
            parts.unplaced = list(parts["opening"])
        parts["body"] = parts["opening"] + parts["body"]
    parts["opening"] = []


def settle_long_summary(parts: Sections) -> None:
    """Where the summary is the last label and nothing says where the main text begins: its first paragraph."""
    if parts["body"] or not parts["summary"]:
        return
    kinds = [line.label.kind for line in parts.labels]
    front = [kind for kind in kinds if kind in FRONT]
    if front and front[-1] == "summary" and kinds[-1] in ("summary", "supporting"):
        cut = end_of_first_paragraph(parts["summary"])
        parts["summary"], parts["body"] = parts["summary"][:cut], parts["summary"][cut:]


def is_main(line: Line) -> bool:
    label = line.label
    if label is None or label.kind != "main":
        return False
    return label.form == "colon" or (label.form == "alone" and label.certain)


def end_of_first_paragraph(lines: list[Line]) -> int:
    for index in range(1, len(lines)):
        if lines[index].after_blank or lines[index - 1].text.endswith((".", "!", "?", "”")):
            return index
    return len(lines)
