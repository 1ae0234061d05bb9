from django.apps import AppConfig

# The entries that show lines of the survey: those on a theme that such a line is tied to.
ON_THEMES = (
    "SELECT themed.content_object_id FROM submissions_themedsubmission themed "
    "JOIN survey_headline_themes tied ON tied.theme_id = themed.tag_id "
    "JOIN survey_headline line ON line.id = tied.headline_id WHERE "
)


class SurveyConfig(AppConfig):
    name = "survey"
    verbose_name = "Surveys"

    def ready(self):
        from submissions import triggers
        from survey.models import Headline, Question, Section, Statistic, Survey

        triggers.RECORDS |= {
            Headline: ON_THEMES + "line.id = {row}.id",
            Question: ON_THEMES + "line.question_id = {row}.id",
            Section: ON_THEMES + "line.section_id = {row}.id",
            Survey: ON_THEMES.replace("WHERE", "JOIN survey_section part ON part.id = line.section_id WHERE")
            + "part.survey_id = {row}.id",
        }
        triggers.MENTIONS |= {
            Headline.themes.through: "SELECT content_object_id FROM submissions_themedsubmission "
            "WHERE tag_id = {row}.theme_id",
            Statistic: ON_THEMES + "line.consideration_id = {row}.consideration_id",
        }
