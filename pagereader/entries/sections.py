"""The parts of one entry: which of its lines stand under which label, and which stand under none."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..people.names import is_name_or_role, is_phone, may_belong_to_a_contact
from ..people.partners import NONE_STATED
from ..text.addresses import addresses_in
from ..text.labels import Label, label_of
from ..text.lines import Line, broke_here, retold
from ..text.markers import marker_of
from ..text.sentences import is_sentence

FRONT = ("summary", "contacts", "team", "partners")
CONNECTING = (",", ";", "&", "/", "–", "-", " and", " of", " for", " the", " with")


@dataclass
class Sections:
    """The lines of an entry under each of its fields, in order. `empty`: labels with nothing under them."""

    opening: list[Line] = field(default_factory=list)
    summary: list[Line] = field(default_factory=list)
    contacts: list[Line] = field(default_factory=list)
    team: list[Line] = field(default_factory=list)
    partners: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    supporting: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    unplaced: list[Line] = field(default_factory=list)  # kept in the body, and told
    labels: list[tuple[Label, Line]] = field(default_factory=list)
    empty: list[tuple[str, Line]] = field(default_factory=list)  # the label as printed


def sections_of(lines: list[Line], width: int | None = None) -> Sections:
    """Sorts the lines after an entry's heading. `width`: the column at which a hard-wrapped page breaks its lines."""
    walk = Walk(lines, width)
    while walk.index < len(lines):
        walk.step()
    walk.finish()
    return walk.sections


class Walk:
    """One pass over an entry's lines, remembering under which label it stands."""

    def __init__(self, lines: list[Line], width: int | None):
        self.lines = lines
        self.width = width
        self.sections = Sections()
        self.index = 0
        self.under = "opening"
        self.main_at = next((i for i, line in enumerate(lines) if is_main(line, i)), None)

    def step(self) -> None:
        line = self.lines[self.index]
        label = label_of(line.text)
        if label and self.accepts(label, line):
            self.enter(label, line)
        else:
            self.place(line)
        self.index += 1

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
            return not line.text[-1].isalpha() or not getattr(self.sections, label.kind)
        return True

    def accepts_bare(self, label: Label, line: Line) -> bool:
        """A label whose mark was forgotten: "Key Contact Jane Doe – jane@…"."""
        if label.kind == "contacts":
            return bool(addresses_in(line.text))
        return label.certain and label.kind == "summary" and self.under == "opening" and label.rest[:1].isupper()

    def accepts_late(self, label: Label, line: Line) -> bool:
        """Inside the main text a label counts only when its field is still empty and what follows can fill it."""
        if label.form not in ("colon", "alone") or getattr(self.sections, label.kind):
            return False
        if label.kind == "contacts":
            below = self.lines[self.index + 1 : self.index + 3]
            return any(addresses_in(near.text) for near in (line, *below))
        return label.certain and label.form == "colon" and (label.kind == "summary" or not is_sentence(label.rest))

    def accepts_supporting(self, label: Label) -> bool:
        if label.form == "bare" or (label.form == "dash" and not label.certain):
            return False
        if self.under == "supporting":
            return label.certain and label.form == "colon" and not label.rest
        return label.certain or (label.form == "colon" and bool(self.sections.body) and self.nothing_certain_follows())

    def nothing_certain_follows(self) -> bool:
        later = (label_of(line.text) for line in self.lines[self.index + 1 :])
        return not any(label and label.certain and label.kind == "supporting" for label in later)

    def enter(self, label: Label, line: Line) -> None:
        self.sections.furniture.append(line)
        if label.kind == "more":
            self.under = self.under if self.under in ("main", "supporting") else "loose"
            return
        self.sections.labels.append((label, line))
        self.under = label.kind
        if label.rest and not (label.kind in ("team", "partners") and NONE_STATED.fullmatch(label.rest)):
            self.sections.furniture.pop()
            self.into("body" if label.kind == "main" else label.kind, retold(line, label.rest))

    def into(self, part: str, line: Line) -> None:
        getattr(self.sections, part).append(line)

    def place(self, line: Line) -> None:
        if self.under == "contacts" and not self.may_be_contact(line):
            self.under = "loose"
        if self.under in ("team", "partners") and not self.belongs_to_list(line):
            self.under = "loose"
        if self.under in ("opening", "loose") and self.is_unlabelled_contact(line):
            self.take_name_above(line)
            self.under = "contacts"
        self.into({"main": "body", "loose": "body"}.get(self.under, self.under), line)

    def take_name_above(self, line: Line) -> None:
        """The lines just above an address that hold the name and the role it belongs to."""
        above = self.sections.body or self.sections.opening
        below = line
        while above and not below.after_blank and is_name_or_role(above[-1].text):
            below = above.pop()
            self.sections.contacts.insert(0, below)

    def may_be_contact(self, line: Line) -> bool:
        ahead = self.lines[self.index + 1 : self.index + 3]
        return may_belong_to_a_contact(line, self.sections.contacts, ahead)

    def is_unlabelled_contact(self, line: Line) -> bool:
        """A line with an address, short enough to be a contact, where no contact has been seen."""
        if self.sections.contacts or self.sections.body:
            return False
        return len(line.text) <= 200 and bool(addresses_in(line.text)) and not is_sentence(line.text)

    def belongs_to_list(self, line: Line) -> bool:
        """Whether a line goes on with the team or the partners named above it."""
        part = getattr(self.sections, self.under)
        if not part:
            return not is_sentence(line.text) and not is_phone(line.text)
        if marker_of(part[-1].text) or part[-1].text.endswith(":"):
            return bool(marker_of(line.text)) or (not line.after_blank and line.text[0].islower())
        if not line.after_blank and broke_here(part[-1], line.text, self.width):
            return True
        if line.after_blank or is_sentence(line.text):
            return False
        if part[-1].text.endswith(CONNECTING) or line.text[0].islower():
            return True
        return self.under_empty_label(part) and self.run_ends_at_a_label()

    def under_empty_label(self, part: list[Line]) -> bool:
        return bool(self.sections.labels) and not self.sections.labels[-1][0].rest and len(part) < 40

    def run_ends_at_a_label(self) -> bool:
        """Short lines, one under another, down to the next label or blank line: each is one of the list."""
        for line in self.lines[self.index : self.index + 40]:
            if label_of(line.text) or line.after_blank:
                return True
            if is_sentence(line.text):
                return False
        return True

    def finish(self) -> None:
        self.settle_opening()
        self.settle_long_summary()
        self.note_empty_labels()

    def settle_opening(self) -> None:
        """Text between the heading and the first label is the summary when there is none and a main text follows."""
        found = self.sections
        if not found.opening:
            return
        if not found.summary and found.body:
            found.summary = found.opening
        else:
            if found.labels and found.body:
                found.unplaced = list(found.opening)
            found.body = found.opening + found.body
        found.opening = []

    def settle_long_summary(self) -> None:
        """Where the summary is the last label and nothing says where the main text begins: its first paragraph."""
        found = self.sections
        if found.body or self.main_at is not None or not found.summary:
            return
        kinds = [label.kind for label, _ in found.labels if label.kind in FRONT]
        last = found.labels[-1][0].kind if found.labels else ""
        if kinds and kinds[-1] == "summary" and last in ("summary", "supporting"):
            cut = end_of_first_paragraph(found.summary)
            found.summary, found.body = found.summary[:cut], found.summary[cut:]

    def note_empty_labels(self) -> None:
        found = self.sections
        for label, line in found.labels:
            part = "body" if label.kind == "main" else label.kind
            if not getattr(found, part) and not label.rest:
                found.empty.append((line.text, line))


def is_main(line: Line, index: int) -> bool:
    label = label_of(line.text)
    if label is None or label.kind != "main":
        return False
    return label.form == "colon" or (label.form == "alone" and label.certain)


def end_of_first_paragraph(lines: list[Line]) -> int:
    for index in range(1, len(lines)):
        if lines[index].after_blank or lines[index - 1].text.endswith((".", "!", "?", "”")):
            return index
    return len(lines)
