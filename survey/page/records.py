"""What the survey's slides say, as plain records that know their lines (counted from 1).

Every text stands as printed. What the conversion of the slides left behind is not lost, but kept apart as debris.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class NotASurvey(ValueError):
    """The text is no such survey. The message is one sentence a person can act on."""

    def __init__(self, message: str, line: int | None = None):
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Said:
    """One line, or what debris leaves of it."""

    line: int
    text: str


@dataclass(frozen=True)
class Debris:
    """What slides leave behind in a text. `kind`: cloud of names, column heading, bullet box."""

    line: int
    text: str
    kind: str


@dataclass
class Option:
    """One row of a question's table. `count`: authorities, None where no number is printed."""

    line: int
    text: str
    count: int | None
    parts: list[str] = field(default_factory=list)  # the answers of a row that glues several together
    repeats: list[str] = field(default_factory=list)  # those rows of the same table which `parts` name again


@dataclass
class Question:
    """A question with a table of answers, or an open one with some of the answers in the authorities' words."""

    line: int
    text: str
    introduced_as: str = ""  # what stands before an open question: "SAMPLE RESPONSES", "Catch all question"
    options: list[Option] = field(default_factory=list)
    responses: list[Said] = field(default_factory=list)


@dataclass
class Statistic:
    """A figure inside a consideration. `percent`: 0 to 100; `count` of `base`: authorities; None where not printed."""

    figure: str  # as printed: "71%", "six", "Just under half"
    percent: int | None = None
    count: int | None = None
    base: int | None = None
    note: str = ""  # how it contradicts itself or the other figures, "" if it does not


@dataclass
class Consideration:
    """A bullet of what LIIA found. Bullets with no blank line between them share a `group`, counted from 1."""

    line: int
    text: str
    group: int
    statistic: Statistic | None = None


@dataclass
class Section:
    heading: str
    headings: list[Said] = field(default_factory=list)  # each line that prints the heading
    questions: list[Question] = field(default_factory=list)
    considerations: list[Consideration] = field(default_factory=list)
    growth_lead: Said | None = None  # the line above the ideas, where there is one
    growth: list[Said] = field(default_factory=list)  # what could be built on


@dataclass
class Survey:
    title: Said
    year: int
    responses: list[Said]  # the garbled number and its label: "2", "LA responses"
    contents: list[Said]  # the slide that lists the parts
    sections: list[Section]
    debris: list[Debris]

    def statistics(self) -> list[Statistic]:
        return [said.statistic for section in self.sections for said in section.considerations if said.statistic]
