"""A question's table with its bars, for the page, the CSV file and the picture; and the previews of the survey's pages.

Every bar is drawn on one scale, the most authorities that can have answered the survey, so that bars of different
questions can be compared.
"""

import io
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from submissions.exports.formats import plain_csv
from submissions.exports.table import clean
from submissions.sharing.drawing import ACCENT, BOLD, INK, MEDIUM, SOFT, font, wrapped
from submissions.sharing.previews import Card

NOT_STATED = "Not stated"
COLUMNS = ("question", "answer", "authorities", "base", "note")

# A question's picture, in pixels: answers on the left, their numbers, the bars on the right.
WIDTH, MARGIN = 1400, 60
LABELS, NUMBERS, BARS = 560, 640, 670  # where answers end, numbers end, bars begin
LINE, BAR_HEIGHT, GAP = 34, 26, 18
TRACK = "#e9edf0"


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


def png_of(chart):
    """The picture as bytes, on white, with all that it needs to be understood alone: question, base and source."""
    title = wrapped(clean(chart.question), font(38, BOLD), WIDTH - 2 * MARGIN)
    rows = [(bar, _label(bar)) for bar in chart.bars]
    foot = wrapped(clean(_foot(chart)), font(22, MEDIUM), WIDTH - 2 * MARGIN)
    height = 2 * MARGIN + len(title) * 48 + 20 + sum(_height(lines) for _, lines in rows) + 20 + len(foot) * 30
    image = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(image)
    top = _write(pen, title, MARGIN, 48, font(38, BOLD), INK) + 20
    for bar, lines in rows:
        _draw_row(pen, bar, lines, top)
        top += _height(lines)
    _write(pen, foot, top + 20, 30, font(22, MEDIUM), SOFT)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _foot(chart):
    scale = f"A bar across the whole width would be {chart.scale} authorities." if chart.has_bars else ""
    source = f"Source: LIIA, {chart.survey}, {chart.section}."
    return " ".join(filter(None, (chart.base, scale, *chart.notes, source)))


def _label(bar):
    """The answer in lines; the answers of a row that glues several together, each from a line of its own."""
    return [
        line for text in bar.parts or [bar.text] for line in wrapped(clean(text), font(26, MEDIUM), LABELS - MARGIN)
    ]


def _height(lines):
    return len(lines) * LINE + GAP


def _draw_row(pen, bar, lines, top):
    """The answer; its number and its bar beside the first line."""
    _write(pen, lines, top, LINE, font(26, MEDIUM), INK)
    if bar.count is None:
        pen.text((LABELS + 20, top), bar.number, font=font(26, MEDIUM), fill=SOFT)
        return
    pen.text((NUMBERS, top), bar.number, font=font(26, BOLD), fill=INK, anchor="ra")
    longest = WIDTH - MARGIN - BARS
    pen.rectangle((BARS, top + 3, BARS + longest, top + 3 + BAR_HEIGHT), fill=TRACK)
    pen.rectangle((BARS, top + 3, BARS + round(longest * bar.width / 100), top + 3 + BAR_HEIGHT), fill=ACCENT)


def _write(pen, lines, top, leading, letters, colour):
    """Lines at the left margin; returns where the next line would begin."""
    for n, line in enumerate(lines):
        pen.text((MARGIN, top + n * leading), line, font=letters, fill=colour)
    return top + len(lines) * leading


def survey_card(survey):
    return Card(survey.name, f"What {survey.who_answered} told LIIA", survey.title)


def section_card(section):
    """For a section whose survey and headlines were fetched. A figure that carries a note is not shown without it."""
    sentences = [headline.sentence for headline in section.headlines.all() if not headline.is_contradicted]
    return Card(section.title, section.survey.name, sentences[0] if sentences else "")
