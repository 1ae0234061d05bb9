"""Surveys at LIIA's desk: what is said of a survey, of a section and of a question."""

from survey.admin.questions import QuestionAdmin
from survey.admin.sections import SectionAdmin
from survey.admin.surveys import SurveyAdmin

__all__ = ["QuestionAdmin", "SectionAdmin", "SurveyAdmin"]
