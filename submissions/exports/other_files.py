"""Files that other rooms of the site draw, told on the data page beside the tables."""

from dataclasses import dataclass

COVERAGE_COLUMNS = (
    ("Borough", "text", "The local authority; in the last row “All boroughs”."),
    ("one for each theme", "whole number", "How many entries the borough has on the theme, joint ones included."),
    ("All entries", "whole number", "How many entries the borough has, each counted once."),
)
SURVEY_COLUMNS = (
    ("question", "text", "The question as it was asked."),
    ("answer", "text", "The answer as it was printed or grouped."),
    ("authorities", "whole number", "How many authorities gave it."),
    ("base", "text", "How many authorities were asked or answered."),
    ("note", "text", "What to know when reading the number."),
)


@dataclass(frozen=True)
class OtherFile:
    """`address`: the name of its address; `wording`: the words of the link to it."""

    name: str
    title: str
    about: str
    address: str
    wording: str
    columns: tuple[tuple[str, str, str], ...]


OTHER_FILES = (
    OtherFile(
        "coverage",
        "Coverage",
        "Boroughs by themes: how many entries each has, empty squares included.",
        "coverage_csv",
        "Coverage as CSV",
        COVERAGE_COLUMNS,
    ),
    OtherFile(
        "survey",
        "Survey",
        "What the boroughs told LIIA. Each question has a file of its own, on its page.",
        "surveys",
        "The survey’s questions, each with its CSV",
        SURVEY_COLUMNS,
    ),
)
