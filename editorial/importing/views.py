"""The import desk: give a page, look at what would happen, confirm."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from editorial.importing.category import category_here, proposed
from editorial.importing.forms import ConfirmForm, NewCategoryForm, PageForm, sealed
from editorial.importing.reading import NotConfirmed, confirmed, previewed

CHANGED_SINCE = "The catalogue has changed since this page was shown. Nothing was saved. Here is what would happen now."
CARRIED = ("text", "category", "round", "noticed")
may_import = permission_required("submissions.add_submission", raise_exception=True)


@admin.site.admin_view
@may_import
def give(request):
    """The form for a page; sent, what would happen. A POST that only carries a text back shows the form with it."""
    going_back = "back" in request.POST
    form = PageForm(request.POST, request.FILES) if request.method == "POST" and not going_back else _empty(request)
    if not form.is_bound or not form.is_valid():
        return _page(request, "give", 422 if form.errors else 200, title="Read in a category page", form=form)
    return _look(request, form, None)


@admin.site.admin_view
@may_import
@require_POST
def confirm(request):
    """Reads the page in as it was shown, or shows it again when that is no longer what would happen."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, "give", 422, title="Read in a category page", form=PageForm(_as_given(request), {}))
    named = NewCategoryForm(request.POST) if _is_new(form) else None
    if named and not named.is_valid():
        return _look(request, form, named, status=422)
    try:
        report = confirmed(form.page, form.cleaned_data["seal"], **_asked(form, request, named))
    except NotConfirmed:
        messages.warning(request, CHANGED_SINCE)
        return _look(request, form, named, status=409)
    return _done(request, report)


def _empty(request):
    given = {name: request.POST[name] for name in CARRIED if name in request.POST}
    return PageForm(initial=given)


def _as_given(request):
    return {name: request.POST.get(name, "") for name in CARRIED}


def _is_new(form):
    return not (form.cleaned_data["category"] or category_here(form.page))


def _asked(form, request, named):
    category = form.cleaned_data["category"] or (
        named.category if named and named.is_bound and named.is_valid() else None
    )
    return {"category": category, "round_": form.cleaned_data["round"], "by": request.user}


def _look(request, form, named, status=200):
    """The page of what would happen. `named`: the form of a new category as sent, None when none was sent yet."""
    if named is None and _is_new(form):
        new = proposed(form.page)
        title = form.page.category.title or form.source.title or _heading(form.source.text)
        named = NewCategoryForm(initial={"number": new.number, "title": title, "name": title[:60]})
    report = previewed(form.page, **_asked(form, request, named))
    carried = {"text": form.source.text, "seal": report.seal, "noticed": sealed(form.source), **_chosen(form)}
    context = {"report": report, "named": named, "carried": ConfirmForm(initial=carried, auto_id="carried_%s")}
    lines = form.source.text.split("\n")
    return _page(request, "look", status, title="What would happen", lines=lines, **context)


def _heading(text):
    """The page's first line, if it may be a heading: what a saved web page has as its <h1>."""
    first = next((line.strip("# ").strip() for line in text.split("\n") if line.strip()), "")
    return first if len(first) <= 120 and not first.endswith((".", ":", ",")) else ""


def _chosen(form):
    chosen = {name: form.cleaned_data[name] for name in ("category", "round")}
    return {name: record and record.pk for name, record in chosen.items()}


def _done(request, report):
    messages.success(request, f"The page is read in: {report.summary}.")
    if not report.changes:
        return redirect("admin:import_page")
    drafts = reverse("admin:submissions_submission_changelist")
    return HttpResponseRedirect(f"{drafts}?status__exact=draft")


def _page(request, name, status, **context):
    return render(
        request, f"editorial/import/{name}.html", {**admin.site.each_context(request), **context}, status=status
    )
