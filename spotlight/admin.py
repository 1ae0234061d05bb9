"""LIIA's desk: Django's admin, in the order in which two people with an hour a week need it."""

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode

from editorial.people.typed import SAVED, give_back
from spotlight.desk.base import DeskAdmin

# What people come to the desk for, first things first. What is in no group stands under its app, below these.
GROUPS = [
    (
        "The catalogue",
        [
            "submissions.Submission",
            "editorial.Correction",
            "boroughs.Contact",
            "submissions.Doubt",
            "submissions.OutcomeMetric",
        ],
    ),
    (
        "How entries are grouped",
        [
            "submissions.Theme",
            "submissions.Partner",
            "submissions.Category",
            "submissions.Round",
            "submissions.OldAddress",
        ],
    ),
    ("Words", ["submissions.GlossaryTerm", "submissions.FailedSearch", "submissions.Voice"]),
    ("Authorities", ["boroughs.Borough", "boroughs.DeliveryBody", "editorial.Signatory"]),
    ("The survey", ["survey.Survey", "survey.Section", "survey.Question", "survey.Consideration"]),
    ("The desk itself", ["auth.User", "editorial.Mail", "editorial.Failure", "editorial.Erasure"]),
]


class Desk(AdminSite):
    site_header = "Practice Spotlight: LIIA’s desk"
    site_title = "LIIA’s desk"
    index_title = "What would you like to do?"
    enable_nav_sidebar = False  # a row of links above every page does the same, on a phone too

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Nobody deletes many records with two clicks. One record can still be deleted from its own form.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Leaves out what installed packages would show of theirs: it asks nothing before it deletes."""
        if admin_class and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view, cacheable=False):
        """As Django guards a page, but a form that is sent after its session has ended comes back with its words."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def view_or_give_back(request, *args, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated and request.path != self._way_out():
                return give_back(request, "You are not signed in any more.")
            return guarded(request, *args, **kwargs)

        return view_or_give_back

    def _way_out(self):
        return reverse("admin:logout", current_app=self.name)

    def here(self, request):
        """Asked by a page whose person wants to stay signed in. Any request begins the session's hours again."""
        return JsonResponse({"seconds": settings.SESSION_COOKIE_AGE if self.has_permission(request) else 0})

    def each_context(self, request):
        """`session_seconds` and `saved_drafts` are for static/spotlight/typed.js."""
        saved = request.session.pop(SAVED, []) if request.method == "GET" else []
        return super().each_context(request) | {
            "session_seconds": settings.SESSION_COOKIE_AGE,
            "saved_drafts": " ".join(saved),
        }

    def get_urls(self):
        from editorial.admin.history import history  # needs the apps, which are not ready earlier
        from editorial.importing import views as importing

        address = "<slug:app_label>/<slug:model_name>/<slug:object_id>/history/"
        pages = [
            path(address, self.admin_view(history), {"site": self}),
            path("here/", self.here, name="here"),
            path("import/", importing.give, name="import_page"),
            path("import/confirm/", importing.confirm, name="import_confirm"),
        ]
        return [*pages, *super().get_urls()]

    def get_app_list(self, request, app_label=None):
        """As Django lists apps, but by what people do. One app alone keeps Django's own list."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["model"]._meta.label: model for app in apps for model in app["models"]}
        groups = [(name, [models.pop(label) for label in labels if label in models]) for name, labels in GROUPS]
        rest = [
            (app["name"], [model for model in app["models"] if model["model"]._meta.label in models]) for app in apps
        ]
        return [{"name": name, "models": listed, "app_label": "desk"} for name, listed in groups + rest if listed]

    def login(self, request, extra_context=None):
        """Never Django's own form, which knows no second factor and counts no attempts."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.GET.get('next', '')})}")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        from editorial.people.desk import administrators  # see get_urls
        from editorial.worklist import waiting

        groups = self.get_app_list(request)
        for model in (model for group in groups for model in group["models"]):
            registered = self.get_model_admin(model["model"])
            model["purpose"] = registered.purpose
            model["note"], model["todo"] = registered.desk_note()
        alone = request.user.has_perm("auth.change_user") and len(administrators()) < 2
        context = {"app_list": groups, "waiting": waiting(), "alone": alone}
        return super().index(request, {**context, **(extra_context or {})})


class DeskConfig(AdminConfig):
    default_site = "spotlight.admin.Desk"
