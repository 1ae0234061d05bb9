from django.urls import path

from boroughs import views

urlpatterns = [
    path("boroughs/", views.borough_list, name="boroughs"),
    path("boroughs/<slug:slug>/", views.borough, name="borough"),
]
