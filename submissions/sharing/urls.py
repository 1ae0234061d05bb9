from django.urls import path, re_path

from submissions.sharing import views

urlpatterns = [
    # With a slash at the end too: people add one when they type it.
    re_path(r"^s/(?P<pk>[0-9]{1,18})/?$", views.short, name="short"),
    path("preview.png", views.site_picture, name="site_picture"),
    path("submissions/preview.png", views.list_picture, name="list_picture"),
    path("submissions/<slug:slug>/preview.png", views.entry_picture, name="entry_picture"),
    *[
        path(f"{above}/<slug:slug>/preview.png", views.group_picture, {"kind": kind}, name=f"{kind}_picture")
        for above, kind in (("boroughs", "borough"), ("themes", "theme"), ("categories", "category"))
    ],
]
