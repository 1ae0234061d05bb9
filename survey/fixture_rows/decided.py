"""What an administrator decided about the survey, held against its text: nothing is said that it does not say."""

import re
from functools import cached_property

from submissions.fixture_rows.decisions import Decisions
from submissions.fixture_rows.row import BuildError
from submissions.fixture_rows.sources import shown, text_of
from survey.page import NotASurvey, read

NUMBER = re.compile(r"\d+")
NEEDED = ("heading", "title", "slug", "themes")


class SurveyDecisions(Decisions):
    """`fixtures/editorial/survey-2024.toml`, whose head explains its parts."""

    @cached_property
    def sections(self):
        """{heading: what was decided about that section}, in the order of the file."""
        for number, section in enumerate(self["section"], start=1):
            if missing := [name for name in NEEDED if name not in section]:
                raise BuildError(f"{shown(self.path)} does not say `{missing[0]}` in its section {number}: add it.")
        return {section["heading"]: section for section in self["section"]}

    def survey(self, root):
        """(survey, text) of the source; `root` is the fixtures folder. BuildError if it is no such survey."""
        path = root / "sources" / self["source"]
        text = text_of(path)
        try:
            return read(text, self.sections), text
        except NotASurvey as error:
            raise BuildError(f"{shown(path)}, line {error.line}: {error}") from error

    def check_against(self, survey, text):
        """BuildError unless every heading, question and quote stands in the survey, and every question is named."""
        lines = [line.strip() for line in text.split("\n")]
        for section in survey.sections:
            decided = self.sections[section.heading]
            if not section.headings:
                advice = "copy the heading from the survey again, which has none that reads"
                raise self.error("heading", section.heading, advice)
            self._check_questions(decided, section)
            self._check_quotes(decided, _lines_of(section, lines))

    def _check_questions(self, decided, section):
        named = decided.get("questions", {})
        asked = [question.text for question in section.questions]
        advice = f"copy the question from the survey again, where the section “{section.heading}” does not ask"
        for slug, text in named.items():
            if text not in asked:
                raise self.error(slug, text, advice)
        for text in asked:
            if text not in named.values():
                raise BuildError(f"{shown(self.path)} gives no address to a question of the survey: add “{text}”.")

    def _check_quotes(self, decided, lines):
        headlines = decided.get("headline", [])
        quotes = [*decided.get("boroughs", {}).items(), *(("quote", one["quote"]) for one in headlines)]
        advice = f"copy the words from one line of the survey again, where “{decided['heading']}” does not say"
        for key, quote in quotes:
            if not any(quote in line for line in lines):
                raise self.error(key, quote, advice)
        for one in headlines:
            if strange := set(NUMBER.findall(one["sentence"])) - set(NUMBER.findall(one["quote"])):
                said = f"change the number {', '.join(sorted(strange))}, which the quote does not say, in"
                raise self.error("sentence", one["sentence"], said)


def _lines_of(section, lines):
    """The physical lines that the records of a section stand on."""
    records = [*section.questions, *section.considerations, *section.growth, section.growth_lead]
    records += [part for question in section.questions for part in (*question.options, *question.responses)]
    return [lines[record.line - 1] for record in records if record]
