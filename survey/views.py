"""Pages of the survey: the whole, a section, and a question's table as a file."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from submissions.exports.formats import attachment
from submissions.facets import current_index
from submissions.sharing.previews import picture
from survey.charts import chart_of, csv_of, png_of, section_card, survey_card
from survey.models import Question, Section, Survey
from survey.need import answers_to


def newest(request):
    """/survey/ leads to the newest survey."""
    survey = Survey.objects.first()
    if survey is None:
        raise Http404("There is no survey here yet.")
    return redirect(survey)


def survey(request, year):
    survey = get_object_or_404(Survey, year=year)
    index, sections = current_index(), list(survey.sections.for_overview())
    for section in sections:
        section.answered = index.having("theme", *(theme.slug for theme in section.themes.all())).bit_count()
    return render(request, "survey/survey.html", {"survey": survey, "sections": sections})


def section(request, year, slug):
    section = get_object_or_404(Section.objects.for_detail(), survey__year=year, slug=slug)
    questions = section.questions.all()
    context = {
        "section": section,
        "survey": section.survey,
        "charts": [(question, chart_of(question)) for question in questions if not question.is_open],
        "open_questions": [question for question in questions if question.is_open],
        "answers": answers_to(section),
        "neighbours": section.neighbours(),
    }
    return render(request, "survey/section.html", context)


def survey_picture(request, year):
    return picture(survey_card(get_object_or_404(Survey, year=year)))


def section_picture(request, year, slug):
    return picture(section_card(get_object_or_404(Section.objects.for_preview(), survey__year=year, slug=slug)))


def question_csv(request, year, section, slug):
    return _file(year, section, slug, "csv", csv_of, "text/csv; charset=utf-8")


def question_png(request, year, section, slug):
    return _file(year, section, slug, "png", png_of, "image/png")


def _file(year, section, slug, ending, write, kind):
    """A question's table as a file to keep; an open question has no table, so no file."""
    questions = Question.objects.filter(introduced_as="").select_related("section__survey")
    question = get_object_or_404(questions, section__survey__year=year, section__slug=section, slug=slug)
    return attachment(write(chart_of(question)), f"survey-{year}-{section}-{slug}.{ending}", kind)
