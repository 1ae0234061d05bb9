from django.urls import include, path

from submissions import views
from submissions.exports.data_page import data_page
from submissions.exports.downloads import entry_list, table_file
from submissions.exports.entries import ENTRIES

urlpatterns = [
    path("", include("submissions.sharing.urls")),
    path("", include("submissions.pack.urls")),
    path("", include("submissions.evidence.urls")),
    path("submissions/", views.submission_list, name="submissions"),
    path("submissions/<slug:slug>/", views.submission, name="submission"),
    path("suggest", views.suggestions, name="suggestions"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("categories/<slug:slug>/", views.category, name="category"),
    *[path(f"submissions.{form}", entry_list, {"form": form}, name=f"entries_{form}") for form in ENTRIES.formats],
    path("data/", data_page, name="data"),
    path("data/<slug:name>.<slug:form>", table_file, name="table_file"),
    path("api/", include("submissions.api.urls")),
]
