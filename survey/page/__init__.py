"""Reading LIIA's survey of authorities: text in, plain records out. Pure: no Django, no files."""

from .contradictions import possible_bases
from .reading import read
from .records import NotASurvey, Survey

__all__ = ["NotASurvey", "Survey", "possible_bases", "read"]
