from django.urls import path

from submissions.api import schema, views

urlpatterns = [
    path("", schema.documentation, name="api"),
    path("openapi.json", schema.openapi, name="openapi"),
    path("submissions", views.submission_list, name="api_entries"),
    path("submissions/<slug:slug>", views.submission, name="api_entry"),
    path("boroughs", views.table_view("boroughs", "Boroughs"), name="api_boroughs"),
    path("themes", views.table_view("themes", "Themes"), name="api_themes"),
    path("outcomes", views.table_view("outcomes", "Outcomes"), name="api_outcomes"),
    path("<path:rest>", views.nothing_here, name="api_nothing"),
]
