"""Pages beside an entry's form: its sign-off and plans, a correction, publishing in spite of warnings, the preview."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from editorial import answers, asking, workflow
from editorial.admin.entry_steps import take_step
from editorial.admin.sign_off_forms import CorrectionForm, PlanForm, RecordForm
from editorial.checklist import PUBLISH, checklist, next_step, warnings
from editorial.claims import claims
from editorial.failures import Refused
from editorial.models import SignOff
from editorial.people.rights import may_discard
from editorial.workflow import Status, transition
from spotlight.desk.diff_and_merge import compared
from submissions.entry_page import EntryText
from submissions.models import Submission


def sign_off(request, pk, desk):
    """Who has answered what, what is still missing, and what LIIA can do about it."""
    entry = get_object_or_404(Submission, pk=pk)
    _allowed(desk.has_publish_permission(request) if request.method == "POST" else desk.has_view_permission(request))
    form, plan = RecordForm(entry, request.POST or None), PlanForm(entry, request.POST or None)
    if request.method == "POST" and _done(desk, request, entry, form, plan):
        return HttpResponseRedirect(request.path)
    context = {
        "missing": asking.missing(entry),
        "sign_offs": entry.sign_offs.select_related("borough", "recorded_by", "follows"),
        "wanting": set(entry.sign_offs.all().wanting_correction().values_list("pk", flat=True)),
        "plans": entry.plans.select_related("by"),
        "form": form if "_record" in request.POST else RecordForm(entry),
        "plan_form": plan if "_plan" in request.POST else PlanForm(entry),
        "may_change": desk.has_publish_permission(request),
        "points": checklist(entry, next_step(entry)),
        "next_step": next_step(entry),
    }
    return _page(desk, request, entry, "sign_off", "Sign-off", context)


def _page(desk, request, entry, name, title, context):
    frame = {**desk.admin_site.each_context(request), "title": title, "opts": desk.opts, "entry": entry}
    return render(request, f"admin/editorial/{name}.html", {**frame, **context})


def _done(desk, request, entry, form, plan):
    """Whether a button's deed was done; False shows the page again with what is wrong."""
    if "_record" in request.POST:
        if form.is_valid():
            answers.record_letter_approval(entry, *form.whose, note=form.cleaned_data["note"], by=request.user)
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


def _undo_correction(entry, key, by):
    answers.undo_correction(entry.sign_offs.get(pk=key), by=by)


def _unplan(entry, key, by):
    entry.plans.open().filter(pk=key).delete()


DEEDS = {
    "_remind": (_remind, "A new mail with a new link is on its way. The earlier link opens nothing any more."),
    "_revoke": (_revoke, "The link opens nothing any more."),
    "_undo_correction": (_undo_correction, "Undone. The link opens nothing any more, and the correction waits again."),
    "_unplan": (_unplan, "The plan is taken back."),
}


def correction(request, pk, asked, desk):
    """What a person asked for, the marked difference between the text that person saw and the present one, and the
    button that asks whether it is right now."""
    entry = get_object_or_404(Submission, pk=pk)
    _allowed(desk.has_publish_permission(request))
    sign_off = get_object_or_404(entry.sign_offs.select_related("borough"), pk=asked, answer=SignOff.Answer.CORRECTED)
    differences = compared(sign_off.claims, claims(entry))
    form = CorrectionForm(request.POST or None, unchanged=not differences)
    if request.method == "POST" and form.is_valid():
        try:
            question = answers.ask_after_correction(sign_off, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                f"{question.who} of {question.borough} has been asked whether it is right now; only that answer "
                "counts. Until it comes, you can undo this below."
            )
            desk.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:entry_sign_off", args=[pk]))
    others = entry.boroughs.exists() and sign_off.voided_at
    context = {"sign_off": sign_off, "differences": differences, "form": form, "others": others}
    return _page(desk, request, entry, "correction_made", "Correction made", context)


def publish(request, pk, desk):
    """Asked once before an entry is published that has points open: what they are, and whether to go on."""
    entry = get_object_or_404(Submission, pk=pk)
    _allowed(desk.has_publish_permission(request))
    if request.method == "POST":
        live = take_step(desk, request, entry)
        return HttpResponseRedirect(reverse("admin:submissions_submission_change", args=[live.pk]))
    context = {"points": warnings(entry, PUBLISH), "note": request.GET.get("note", "")}
    return _page(desk, request, entry, "publish", f"Publish “{entry}”?", context)


def preview(request, pk, desk):
    """The entry's page as readers would see it, whatever its state. For those who may see it at the desk."""
    entry = get_object_or_404(Submission.objects.for_detail(), pk=pk)
    _allowed(desk.has_view_permission(request, entry))
    context = {"entry": entry, "text": EntryText(entry), "preview": True}
    return render(request, "admin/editorial/preview.html", context)


def _allowed(may):
    if not may:
        raise PermissionDenied


def discard(request, pk, desk):
    """A draft is put aside, or brought back: a GET asks, a POST does it."""
    entry = get_object_or_404(Submission, pk=pk)
    _allowed(may_discard(request.user, entry) and desk.has_change_permission(request))
    if request.method == "POST":
        return _discarded(desk, request, entry)
    title = f"Bring back “{entry}”?" if entry.status == Status.DISCARDED else f"Discard “{entry}”?"
    context = {**desk.admin_site.each_context(request), "title": title, "opts": desk.opts, "entry": entry}
    return render(request, "admin/submissions/submission/discard.html", context)


def _discarded(desk, request, entry):
    try:
        if "_bring_back" in request.POST:
            left, said = transition(entry, "bring-back", by=request.user), "“{}” is a draft again."
        elif entry.replaces_id:
            said = "The new version of “{}” is discarded. What it said is in this history, to be put back from there."
            left = workflow.discard(entry, by=request.user)
        else:
            left, said = workflow.discard(entry, by=request.user), "“{}” is discarded. It can be brought back here."
        desk.message_user(request, said.format(left), messages.SUCCESS)
    except Refused as refusal:
        left = entry
        desk.message_user(request, str(refusal), messages.ERROR)
    return HttpResponseRedirect(reverse("admin:submissions_submission_change", args=[left.pk]))


# {the last part of the address: (name of the address, view)}
PAGES = {
    "sign_off/": ("entry_sign_off", sign_off),
    "preview/": ("entry_preview", preview),
    "publish/": ("entry_publish", publish),
    "correction/<int:asked>/": ("entry_correction", correction),
    "discard/": ("entry_discard", discard),
}
