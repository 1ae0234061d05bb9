"""Every address of the site; DESIGN's table of addresses is the contract."""

from django.contrib import admin
from django.urls import include, path

from spotlight import views, well_known

handler404 = "spotlight.views.not_found"
handler500 = "spotlight.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("submissions.urls")),
    path("", include("survey.urls")),
    path("", include("editorial.urls")),
    path("about/", views.standing, {"page": "about"}, name="about"),
    path("accessibility/", views.standing, {"page": "accessibility"}, name="accessibility"),
    path("privacy/", views.standing, {"page": "privacy"}, name="privacy"),
    path("sitemap.xml", well_known.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", well_known.sitemap_part, name="sitemap_part"),
    path("robots.txt", well_known.robots, name="robots"),
    path("opensearch.xml", well_known.opensearch, name="opensearch"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("apple-touch-icon.png", well_known.touch_icon, name="touch_icon"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("editorial.people.urls")),
]
