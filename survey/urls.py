from django.urls import path

from survey import views

urlpatterns = [
    path("survey/", views.newest, name="surveys"),
    path("survey/<int:year>/", views.survey, name="survey"),
    path("survey/<int:year>/<slug:slug>/", views.section, name="survey_section"),
    path("survey/<int:year>/<slug:section>/<slug:slug>.csv", views.question_csv, name="survey_question_csv"),
    path("survey/<int:year>/<slug:section>/<slug:slug>.png", views.question_png, name="survey_question_png"),
]
