from django.urls import path

from submissions.pack import views

urlpatterns = [
    path("pack/", views.pack, name="pack"),
    path("pack.docx", views.pack_document, name="pack_document"),
    path("compare/", views.compare, name="compare"),
]
