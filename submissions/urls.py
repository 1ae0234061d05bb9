from django.urls import include, path, re_path

from submissions import evidence, views, ways_in
from submissions.api import schema
from submissions.api import views as api
from submissions.exports.downloads import data_page, entry_list, table_file
from submissions.exports.entries import ENTRIES
from submissions.pack import shortlist
from submissions.sharing import addresses, previews

PREVIEWS = [
    path("preview.png", previews.site_picture, name="site_picture"),
    path("submissions/preview.png", previews.list_picture, name="list_picture"),
    path("submissions/<slug:slug>/preview.png", previews.entry_picture, name="entry_picture"),
    *[
        path(f"{above}/<slug:slug>/preview.png", previews.group_picture, {"kind": kind}, name=f"{kind}_picture")
        for above, kind in (("boroughs", "borough"), ("themes", "theme"), ("categories", "category"))
    ],
]
API = [
    path("", schema.documentation, name="api"),
    path("openapi.json", schema.openapi, name="openapi"),
    path("submissions", api.submission_list, name="api_entries"),
    path("submissions/<slug:slug>", api.submission, name="api_entry"),
    path("boroughs", api.table_view("boroughs", "Boroughs"), name="api_boroughs"),
    path("themes", api.table_view("themes", "Themes"), name="api_themes"),
    path("outcomes", api.table_view("outcomes", "Outcomes"), name="api_outcomes"),
    path("<path:rest>", api.nothing_here, name="api_nothing"),
]
urlpatterns = [
    # With a slash at the end too: people add one when they type it.
    re_path(r"^s/(?P<pk>[0-9]{1,18})/?$", addresses.short, name="short"),
    *PREVIEWS,
    path("pack/", shortlist.pack, name="pack"),
    path("pack.docx", shortlist.pack_document, name="pack_document"),
    path("compare/", shortlist.compare, name="compare"),
    path("submissions/", views.submission_list, name="submissions"),
    path("partners/", views.partner_list, name="partners"),
    path("submissions/<slug:slug>/", views.submission, name="submission"),
    path("suggest", views.suggestions, name="suggestions"),
    path("themes/", ways_in.theme_list, name="themes"),
    path("themes/<slug:slug>/", ways_in.theme, name="theme"),
    path("boroughs/", ways_in.borough_list, name="boroughs"),
    path("boroughs/<slug:slug>/", ways_in.borough, name="borough"),
    path("categories/", ways_in.category_list, name="categories"),
    path("categories/<slug:slug>/", ways_in.category, name="category"),
    path("outcomes/", evidence.outcomes, name="outcomes"),
    *[
        path(f"outcomes/{why}/", evidence.entries_without_figures, {"why": why}, name="without_figures")
        for why in evidence.WITHOUT_FIGURES
    ],
    path("outcomes.csv", evidence.outcomes_csv, name="outcomes_csv"),
    path("voices/", evidence.voices, name="voices"),
    path("coverage/", evidence.coverage, name="coverage"),
    path("coverage.csv", evidence.coverage_csv, name="coverage_csv"),
    path("glossary/", evidence.glossary, name="glossary"),
    *[path(f"submissions.{form}", entry_list, {"form": form}, name=f"entries_{form}") for form in ENTRIES.formats],
    path("data/", data_page, name="data"),
    path("data/<slug:name>.<slug:form>", table_file, name="table_file"),
    path("api/", include(API)),
]
