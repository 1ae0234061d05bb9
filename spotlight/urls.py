"""Every address of the site; DESIGN's table of addresses is the contract."""

from django.contrib import admin
from django.urls import include, path

from spotlight import views

handler404 = "spotlight.views.not_found"
handler500 = "spotlight.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("submissions.urls")),
    path("", include("boroughs.urls")),
    path("about/", views.standing, {"page": "about"}, name="about"),
    path("accessibility/", views.standing, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.standing, {"page": "privacy"}, name="privacy"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
