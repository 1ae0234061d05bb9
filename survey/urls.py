from django.urls import path

from survey import views

urlpatterns = [
    path("survey/", views.newest, name="surveys"),
    path("survey/<int:year>/", views.survey, name="survey"),
    path("survey/<int:year>/<slug:slug>/", views.section, name="survey_section"),
    path("survey/<int:year>/preview.png", views.survey_picture, name="survey_picture"),
    # Before the questions' pictures, one of which could be called “preview”.
    path("survey/<int:year>/<slug:slug>/preview.png", views.section_picture, name="survey_section_picture"),
    path("survey/<int:year>/<slug:section>/<slug:slug>.csv", views.question_csv, name="survey_question_csv"),
    path("survey/<int:year>/<slug:section>/<slug:slug>.png", views.question_png, name="survey_question_png"),
]
