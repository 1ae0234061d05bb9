"""The import desk: give a page, look at what would happen, confirm."""

from contextlib import suppress

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from editorial.importing.category import likely_category, proposed
from editorial.importing.forms import NEW, ConfirmForm, NewCategoryForm, PageForm, key_of, sealed
from editorial.importing.reading import NotConfirmed, preview_import, run_import
from pagereader import NotAPage

CHANGED_SINCE = "The catalogue has changed since this page was shown. Nothing was saved. Here is what would happen now."
CHOSEN = "Here is what would happen with the category that you chose. Nothing is saved yet: look, then confirm."
CARRIED = ("text", "category", "round", "noticed")
may_import = permission_required("submissions.add_submission", raise_exception=True)


@admin.site.admin_view
@may_import
def give(request):
    """The form for a page; sent, what would happen. A POST that only carries a text back shows the form with it."""
    going_back = "back" in request.POST
    form = PageForm(request.POST, request.FILES) if request.method == "POST" and not going_back else _empty(request)
    if not form.is_bound or not form.is_valid():
        typed = _typed(request) if going_back else {}
        return _give(request, form, 422 if form.errors else 200, typed=typed)
    try:
        return _look(request, form)
    except NotAPage as error:
        return _refused(request, error)


@admin.site.admin_view
@may_import
@require_POST
def confirm(request):
    """Reads the page in as it was shown, or shows it again when that is no longer what would happen, when no category
    was chosen, or another than the one shown."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _give(request, PageForm(_as_given(request), {}), 422)
    try:
        return _confirmed(request, form)
    except NotAPage as error:
        return _refused(request, error)


def _confirmed(request, form):
    chosen = form.cleaned_data["category"]
    named = NewCategoryForm(request.POST) if chosen == NEW else None
    if not chosen or (named and not named.is_valid()):
        return _look(request, form, named, status=422)
    if str(key_of(chosen)) != form.cleaned_data["shown"]:
        messages.info(request, CHOSEN)
        return _look(request, form, named)
    asked = {"category": named.category if named else chosen, "round_": form.cleaned_data["round"], "by": request.user}
    try:
        report = run_import(form.page, form.cleaned_data["seal"], **asked)
    except NotConfirmed:
        messages.warning(request, CHANGED_SINCE)
        return _look(request, form, named, status=409)
    return _done(request, report)


def _empty(request):
    given = {name: request.POST[name] for name in CARRIED if name in request.POST}
    return PageForm(initial=given)


def _as_given(request):
    return {name: request.POST.get(name, "") for name in CARRIED}


def _typed(request):
    """What a person has called a new category so far, to be carried while the text is changed."""
    offered = None
    with suppress(ValidationError):
        offered = ConfirmForm.base_fields["offered"].to_python(request.POST.get("offered", ""))
    return NewCategoryForm.typed(request.POST, offered)


def _refused(request, error):
    """The form with all that was given, and why the page cannot be read in."""
    form = PageForm(_as_given(request), {})
    form.is_valid()
    form.add_error("text", str(error))
    return _give(request, form, 422)


def _give(request, form, status, **context):
    return _page(request, "give", status, title="Read in a category page", form=form, **context)


def _look(request, form, named=None, status=200):
    """The page of what would happen with the category that was chosen, failing that with the likeliest. `named`: the
    form of a new category as sent, None when none was sent."""
    likely, chosen = likely_category(form.page), form.cleaned_data["category"]
    if not chosen and likely.is_certain:
        chosen = likely.category or NEW
    shown = chosen or likely.category or NEW
    offering, offered = NewCategoryForm.offering(
        form.page, form.source, NewCategoryForm.typed(request.POST, form.cleaned_data.get("offered"))
    )
    if shown == NEW:
        category = named.category if named and named.is_valid() else proposed(form.page, form.source.title)
    else:
        category = shown
    report = preview_import(form.page, category=category, round_=form.cleaned_data["round"], by=request.user)
    carried = {
        "text": form.source.text,
        "seal": report.seal,
        "noticed": sealed(form.source),
        "round": form.cleaned_data["round"].pk,
        "category": key_of(chosen),
        "shown": key_of(shown),
        "offered": offered,
    }
    context = {
        "report": report,
        "named": named or offering,
        "likely": likely,
        "chosen": chosen,
        "unanswered": status == 422 and not chosen,
        "carried": ConfirmForm(initial=carried, auto_id="carried_%s"),
    }
    lines = form.source.text.split("\n")
    return _page(request, "look", status, title="What would happen", lines=lines, **context)


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
