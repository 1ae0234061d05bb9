"""A question's table with its bars: the one source of the page, the CSV file and the picture (`survey.pictures`).

Every bar is drawn on one scale, the most authorities that can have answered the survey, so that bars of different
questions can be compared.
"""

from dataclasses import dataclass, field

from submissions.exports.formats import plain_csv

NOT_STATED = "Not stated"
COLUMNS = ("question", "answer", "authorities", "base", "note")


@dataclass(frozen=True)
class Bar:
    """One answer. `count`: authorities, None where none is printed; `width`: percent of the chart's, 0 to 100."""

    text: str  # as printed
    count: int | None
    width: float
    parts: list[str] = field(default_factory=list)  # the answers that the row glues together
    note: str = ""

    @property
    def number(self):
        return NOT_STATED if self.count is None else str(self.count)


@dataclass(frozen=True)
class Chart:
    """`scale`: the number of authorities that a bar across the whole width stands for."""

    question: str
    survey: str
    section: str
    base: str  # a sentence
    scale: int
    bars: list[Bar]

    @property
    def notes(self):
        return [bar.note for bar in self.bars if bar.note]

    @property
    def has_bars(self):
        return any(bar.count is not None for bar in self.bars)


def chart_of(question):
    """The chart of a question with options. Its section, survey and options cost no query if they were fetched."""
    section = question.section
    scale = section.survey.most_responses
    bars = [_bar(option, scale) for option in question.options.all()]
    return Chart(question.text, section.survey.name, section.title, base_of(question, bars), scale, bars)


def _bar(option, scale):
    width = round(100 * min(option.count or 0, scale) / scale, 2)
    return Bar(option.text, option.count, width, option.parts, option.note)


def base_of(question, bars):
    """How many authorities answered, as far as the survey says it, and what the counts themselves show."""
    stated = f"Base: {question.base} authorities." if question.base else "Base not stated."
    counts = [bar.count or 0 for bar in bars]
    if sum(counts) <= question.section.survey.most_responses:
        return stated
    return f"{stated} An authority could give several answers: the counts add up to {sum(counts)}."


def csv_of(chart):
    """The file as bytes, for Excel."""
    rows = [[chart.question, bar.text, bar.number, chart.base, bar.note] for bar in chart.bars]
    return plain_csv([COLUMNS, *rows])
