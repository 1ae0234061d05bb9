"""Pages beside an entry's form: its sign-off and plans, and how readers would see it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from editorial import answers, asking
from editorial.admin.sign_off_forms import PlanForm, RecordForm
from editorial.models import SignOff
from editorial.refusal import Refused
from submissions.entry_text import EntryText
from submissions.models import Submission


def sign_off(request, pk, desk):
    """Who has answered what, what is still missing, and what LIIA can do about it."""
    entry = get_object_or_404(Submission, pk=pk)
    _allowed(desk.has_publish_permission(request) if request.method == "POST" else desk.has_view_permission(request))
    form, plan = RecordForm(entry, request.POST or None), PlanForm(request.POST or None)
    if request.method == "POST" and _done(desk, request, entry, form, plan):
        return HttpResponseRedirect(request.path)
    context = {
        **desk.admin_site.each_context(request),
        "title": "Sign-off",
        "opts": desk.opts,
        "entry": entry,
        "missing": asking.missing(entry),
        "sign_offs": entry.sign_offs.select_related("borough", "recorded_by"),
        "plans": entry.plans.select_related("by"),
        "form": form if "_record" in request.POST else RecordForm(entry),
        "plan_form": plan if "_plan" in request.POST else PlanForm(),
        "may_change": desk.has_publish_permission(request),
    }
    return render(request, "admin/editorial/sign_off.html", context)


def _done(desk, request, entry, form, plan):
    """Whether a button's deed was done; False shows the page again with what is wrong."""
    if "_record" in request.POST:
        if form.is_valid():
            answers.recorded(entry, *form.whose, form.cleaned_data["note"], request.user)
            desk.message_user(request, "The approval is written down, with your name.", messages.SUCCESS)
        return form.is_valid()
    if "_plan" in request.POST:
        return _planned(desk, request, entry, plan)
    return _deed(desk, request, entry)


def _planned(desk, request, entry, plan):
    if plan.is_valid():
        plan.instance.submission, plan.instance.by = entry, request.user
        desk.message_user(request, f"Planned: {plan.save()}.", messages.SUCCESS)
    return plan.is_valid()


def _deed(desk, request, entry):
    for button, (deed, said) in DEEDS.items():
        if key := request.POST.get(button):
            try:
                deed(entry, key, request.user)
                desk.message_user(request, said, messages.SUCCESS)
            except (SignOff.DoesNotExist, ValueError):
                desk.message_user(request, "That was done already, or is no longer there.", messages.WARNING)
            except Refused as refusal:
                desk.message_user(request, str(refusal), messages.ERROR)
    return True


def _remind(entry, key, by):
    asking.remind(entry.sign_offs.standing().get(pk=key, answer=""))


def _revoke(entry, key, by):
    entry.sign_offs.standing().get(pk=key, answer="").revoke()


def _correction_made(entry, key, by):
    answers.correction_made(entry.sign_offs.standing().get(pk=key, answer=SignOff.Answer.CORRECTED), by)


def _unplan(entry, key, by):
    entry.plans.filter(pk=key, done_at__isnull=True).delete()


DEEDS = {
    "_remind": (_remind, "A new mail with a new link is on its way. The earlier link opens nothing any more."),
    "_revoke": (_revoke, "The link opens nothing any more."),
    "_correction_made": (_correction_made, "Noted. The approval counts now, unless a claim has changed."),
    "_unplan": (_unplan, "The plan is taken back."),
}


def preview(request, pk, desk):
    """The entry's page as readers would see it, whatever its state. For those who may see it at the desk."""
    entry = get_object_or_404(Submission.objects.for_detail(), pk=pk)
    _allowed(desk.has_view_permission(request, entry))
    context = {"entry": entry, "text": EntryText(entry), "preview": True}
    return render(request, "admin/editorial/preview.html", context)


def _allowed(may):
    if not may:
        raise PermissionDenied


PAGES = {"sign_off": sign_off, "preview": preview}
