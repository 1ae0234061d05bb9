"""From the survey's text and an administrator's decisions to the rows of its fixture file. No database is used."""

from submissions.fixture_rows.boroughs import borough_rows
from submissions.fixture_rows.themes import theme_rows
from survey.fixture_rows.decided import SurveyDecisions
from survey.fixture_rows.rows import Keys, survey_rows

BUILT = ("survey-2024.json",)
DECISIONS = "survey-2024.toml"


def build(root):
    """{file name: rows} for every file in BUILT; `root` is the fixtures folder. BuildError says what is wrong."""
    decisions = SurveyDecisions(root / "editorial" / DECISIONS)
    survey, text = decisions.survey(root)
    decisions.check_against(survey, text)
    keys = Keys(_keys(borough_rows(root), "boroughs.borough"), _keys(theme_rows(root), "submissions.theme"))
    return {BUILT[0]: survey_rows(survey, decisions, keys)}


def _keys(rows, model):
    return {row["fields"]["slug"]: row["pk"] for row in rows if row["model"] == model}
