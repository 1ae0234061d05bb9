"""LIIA's survey of the authorities: its sections, its questions with their answers, what LIIA concluded."""

from survey.models.findings import Consideration, GrowthIdea, Headline, NamedBorough, Statistic
from survey.models.sections import Option, Question, SampleResponse, Section, Survey

__all__ = [
    "Consideration",
    "GrowthIdea",
    "Headline",
    "NamedBorough",
    "Option",
    "Question",
    "SampleResponse",
    "Section",
    "Statistic",
    "Survey",
]
