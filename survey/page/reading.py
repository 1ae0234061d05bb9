"""Reads the survey's slides line by line. Each goes to a record or to the debris; one that fits nowhere is told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pagereader import clean_typed, unwrapped_in

from . import debris
from .contradictions import note_on, possible_bases
from .figures import statistic_in
from .glued import split_glued
from .records import Consideration, NotASurvey, Option, Question, Said, Section, Survey

TITLE = re.compile(r"^LIIA .*Survey Results - (?P<year>\d{4})$")
RESPONSES, CONTENTS = "LA responses", "Practice and Views on:"
ANSWERED = re.compile(r"^(?P<question>.+\?) (?P<answer>Yes|No)$")  # the answer is there, its number is not
OPEN = re.compile(r"^(?P<introduced>SAMPLE RESPONSES?|Catch all question) [-–] (?P<question>.+)$")
KEY_CONSIDERATIONS = re.compile(r" [-–] Key Considerations$", re.IGNORECASE)
BULLET = "- "


def read(text: str, headings: Iterable[str]) -> Survey:
    """The survey in `text`; `headings` as its slides print them, in order. NotASurvey says what is wrong and where."""
    numbered = [(n, unwrapped_in(clean_typed(line)).strip()) for n, line in enumerate(text.split("\n"), start=1)]
    lines = [Said(n, line) for n, line in numbered if line]
    title = TITLE.match(lines[0].text) if lines else None
    if not title:
        raise NotASurvey("The first line is not “LIIA … Survey Results - year”: choose the file of the survey.", 1)
    reader = Reader(Survey(lines[0], int(title["year"]), [], [], [Section(heading) for heading in headings], []))
    for said in lines[1:]:
        reader.take(said)
    return _finished(reader.survey)


def _finished(survey):
    bases = possible_bases(survey.statistics())
    for one in survey.statistics():
        one.note = note_on(one, bases)
    for question in (question for section in survey.sections for question in section.questions):
        split_glued(question.options)
    return survey


class Reader:
    """Where the reader stands: in which section, and what a bullet or a plain line would belong to there."""

    def __init__(self, survey: Survey):
        self.survey = survey
        self.section: Section | None = None
        self.question: Question | None = None  # whose answers are being read
        self.in_growth = False
        self.last_bullet = 0

    def take(self, said: Said) -> None:
        rules = (self._opening, self._heading, self._row, self._question, self._bullet, self._plain)
        if not any(rule(said) for rule in rules):
            raise NotASurvey(f"“{said.text[:60]}” fits nowhere in the survey: see what it belongs to.", said.line)

    def _opening(self, said):
        """Everything before the first question: who answered, the list of parts, the cloud."""
        survey = self.survey
        if self.section or ANSWERED.match(said.text) or "\t" in said.text:
            return False
        if survey.contents or said.text == CONTENTS:
            survey.contents.append(said)
        elif said.text == RESPONSES or said.text.isdigit():
            survey.responses.append(said)
        else:
            survey.debris.append(debris.cloud_of_names(said.line, said.text))
        return True

    def _heading(self, said):
        """A section's heading: the first time it opens the section, after the considerations it heads the ideas."""
        name, is_key = KEY_CONSIDERATIONS.subn("", said.text)
        section = next((one for one in self.survey.sections if one.heading == name), None)
        if section:
            self.section, self.question = section, None
            self.in_growth = bool(section.considerations) and not is_key
            section.headings.append(said)
        return bool(section)

    def _row(self, said):
        """A row of a table: its question with the heading of the second column, or an answer with its number."""
        text, _, cell = said.text.partition("\t")
        if cell in debris.COLUMN_HEADINGS:
            self.survey.debris.append(debris.column_heading(said.line, cell))
            self._ask(Question(said.line, text))
        elif cell.isdigit() and self.question:
            self.question.options.append(Option(said.line, text, int(cell)))
        else:
            return False
        return True

    def _question(self, said):
        if found := OPEN.match(said.text):
            self._ask(Question(said.line, found["question"], found["introduced"]))
        elif found := ANSWERED.match(said.text):
            self._ask(Question(said.line, found["question"], options=[Option(said.line, found["answer"], None)]))
        return bool(found)

    def _ask(self, question):
        self.section = self.section or self.survey.sections[0]  # the first section has no heading before its questions
        self.section.questions.append(question)
        self.question = question

    def _bullet(self, said):
        if not said.text.startswith(BULLET):
            return False
        text, boxes = debris.without_box(said.line, said.text.removeprefix(BULLET))
        self.survey.debris.extend(boxes)
        if self.question:
            self.question.responses.append(Said(said.line, text))
        elif self.in_growth:
            self.section.growth.append(Said(said.line, text))
        else:
            self._consider(said.line, text)
        self.last_bullet = said.line
        return True

    def _consider(self, line, text):
        earlier = self.section.considerations
        follows = earlier and self.last_bullet == line - 1
        group = (earlier[-1].group + (not follows)) if earlier else 1
        earlier.append(Consideration(line, text, group, statistic_in(text)))

    def _plain(self, said):
        """A line of its own: an answer to an open question, or what introduces the ideas."""
        if self.question and self.question.introduced_as:
            self.question.responses.append(said)
        elif self.in_growth and not self.section.growth_lead:
            self.section.growth_lead = said
        else:
            return False
        return True
