from django.urls import path

from submissions import views

urlpatterns = [
    path("submissions/", views.submission_list, name="submissions"),
    path("submissions/<slug:slug>/", views.submission, name="submission"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("categories/<slug:slug>/", views.category, name="category"),
]
