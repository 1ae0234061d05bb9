"""The import desk's addresses, under the desk's own (admin:import_page, admin:import_confirm)."""

from django.urls import path

from editorial.importing import views

urlpatterns = [
    path("", views.give, name="import_page"),
    path("confirm/", views.confirm, name="import_confirm"),
]
