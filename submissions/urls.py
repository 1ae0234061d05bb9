from django.urls import include, path

from submissions import evidence, views
from submissions.exports.data_page import data_page
from submissions.exports.downloads import entry_list, table_file
from submissions.exports.entries import ENTRIES

urlpatterns = [
    path("", include("submissions.sharing.urls")),
    path("", include("submissions.pack.urls")),
    path("submissions/", views.submission_list, name="submissions"),
    path("submissions/<slug:slug>/", views.submission, name="submission"),
    path("suggest", views.suggestions, name="suggestions"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("outcomes/", evidence.outcomes, name="outcomes"),
    path("outcomes.csv", evidence.outcomes_csv, name="outcomes_csv"),
    path("voices/", evidence.voices, name="voices"),
    path("coverage/", evidence.coverage, name="coverage"),
    path("coverage.csv", evidence.coverage_csv, name="coverage_csv"),
    path("glossary/", evidence.glossary, name="glossary"),
    *[path(f"submissions.{form}", entry_list, {"form": form}, name=f"entries_{form}") for form in ENTRIES.formats],
    path("data/", data_page, name="data"),
    path("data/<slug:name>.<slug:form>", table_file, name="table_file"),
    path("api/", include("submissions.api.urls")),
]
