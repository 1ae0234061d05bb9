"""One entry at the desk: what each field of its form is for, and the buttons that change its state.

The state is changed by a button, not by a field; some buttons lead to a page that asks first.
"""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from editorial import workflow
from editorial.checklist import PUBLISH, warnings
from editorial.failures import Refused
from editorial.people.rights import may_discard
from editorial.workflow import STEPS, Status, transition
from submissions.admin.rich_text import RichText, RichTextForm
from submissions.derived.entry_text import EntryText
from submissions.entry_fields import ABOUT, BELONGS, FIELDS, WHOSE, WORDS
from submissions.models import Submission, Theme

NOTES = {WORDS: "The words are the authority's own. Correct what the authority asks for, and no more."}
FIELDSETS = [
    (None, {"fields": ["title", "slug"]}),
    *(
        (group, {"description": NOTES.get(group), "fields": [field.name for field in FIELDS if field.group == group]})
        for group in (BELONGS, WHOSE, WORDS, ABOUT)
    ),
]
# Shown once the entry exists, before the fields that a person fills in and after them.
DOUBTS = ("Doubts to settle", {"fields": ["doubts_of"]})
BACKGROUND = (
    "Where this comes from",
    {"classes": ["collapse"], "fields": ["evidence_of_themes", "earlier_addresses", "published_on", "changed_at"]},
)

STEP_BUTTON, NOTE = "_step", "_step_note"
DONE = {
    "send": "“{}” is with its authority. Each person has been sent a link.",
    "take-back": "“{}” is a draft again. Links that nobody had used open nothing any more.",
    "publish": "“{}” is published: readers see it now.",
    "withdraw": "“{}” is withdrawn: readers see it no more. You can publish it again.",
    "reopen": "“{}” is a draft again.",
}


class SubmissionForm(RichTextForm):
    # Not taggit's own field: that one splits a name at every blank.
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every theme that a reader would expect this entry under. Most entries have two to four.",
    )
    summary = RichText(help_text="What the project is, in a few sentences. Its first sentence stands in lists.")
    body = RichText(label="Main text", help_text="The submission as the authority wrote it.")
    supporting = RichText(
        label="Supporting information",
        help_text="What the authority points to or adds. Documents and links have their own place below.",
    )

    class Meta:
        model = Submission
        exclude = ["themes"]  # taggit would read and write them again for each form; see below
        widgets = {
            "boroughs": forms.CheckboxSelectMultiple,
            "categories": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": "The name of the project, without the name of the authority.",
            "round": "The call for submissions that the entry answered.",
            "categories": "The pages of LIIA's that the entry belongs to.",
            "boroughs": "Every local authority whose work this is.",
            "team": "The team or service that did the work, as the authority names it.",
            "partners": "Organisations that worked on it. Type a few letters. The plus sign adds one not yet there.",
        }

        error_messages = {
            "title": {"required": "An entry needs a title."},
            "slug": {
                "required": "An entry needs an address, such as “total-respect-training”.",
                "unique": "Another entry has this address already. Choose a different one.",
            },
            "round": {"required": "Choose the round that the entry belongs to."},
            "categories": {"required": "Tick at least one category, or readers will not find the entry."},
            "boroughs": {"required": "Tick at least one authority, or readers will not find the entry."},
        }

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        ticked = [link.tag_id for link in instance.themed.all()] if instance and instance.pk else []
        super().__init__(*args, instance=instance, initial={"themes": ticked, **(initial or {})}, **kwargs)

    def _get_validation_exclusions(self):
        """The records chosen in the form's lists are there: the lists have looked."""
        return super()._get_validation_exclusions() | {"round", "delivery_body"}

    def _save_m2m(self):
        """Only what is stored otherwise is written, and is to be read again."""
        for name in ("categories", "boroughs", "partners"):
            if set(self.cleaned_data.get(name, ())) == set(getattr(self.instance, name).all()):
                self.cleaned_data.pop(name, None)
        super()._save_m2m()
        if "themes" in self.changed_data:
            self.instance.themes.set(self.cleaned_data["themes"])
            getattr(self.instance, "_prefetched_objects_cache", {}).pop("themed", None)


def needs_publisher(action):
    """What shows something to readers or takes it from them is for administrators only."""
    return action in ("publish", "withdraw")


def pressed(request):
    """The step whose button was pressed, or ""."""
    action = request.POST.get(STEP_BUTTON)
    return action if action in STEPS and STEPS[action].label else ""


def question_before(request, entry):
    """The address of the page that asks before the pressed step is taken; "" where nothing is to be asked."""
    if pressed(request) != PUBLISH or entry.status not in STEPS[PUBLISH].starts or not warnings(entry, PUBLISH):
        return ""
    note = request.POST.get(NOTE, "").strip()
    return reverse("admin:entry_publish", args=[entry.pk]) + (f"?{urlencode({'note': note})}" if note else "")


def take_step(desk, request, entry):
    """The entry after the step whose button was pressed, if one was. A refusal changes nothing and is shown.

    Where the edit that was saved with it asks people again (`entry.consequence`), the step is left: it was meant for
    the text that they had signed off.
    """
    action = pressed(request)
    if not action:
        return entry
    if needs_publisher(action) and not desk.has_publish_permission(request):
        raise PermissionDenied("Only an administrator can publish or withdraw an entry.")
    if getattr(entry, "consequence", "") and action != "send":
        return entry
    try:
        entry = transition(entry, action, by=request.user, note=request.POST.get(NOTE, "").strip())
    except Refused as refusal:
        desk.message_user(request, str(refusal), messages.ERROR)
    else:
        said = f"{DONE[action].format(entry.title)} {entry.cancelled}".strip()
        desk.message_user(request, said, messages.SUCCESS)
    return entry


def page_of(desk, request, entry, name, title, context):
    frame = {**desk.admin_site.each_context(request), "title": title, "opts": desk.opts, "entry": entry}
    return render(request, f"admin/editorial/{name}.html", {**frame, **context})


def check_allowed(may):
    if not may:
        raise PermissionDenied


def publish(request, pk, desk):
    """Asked once before an entry is published that has points open: what they are, and whether to go on."""
    entry = get_object_or_404(Submission, pk=pk)
    check_allowed(desk.has_publish_permission(request))
    if request.method == "POST":
        live = take_step(desk, request, entry)
        return HttpResponseRedirect(reverse("admin:submissions_submission_change", args=[live.pk]))
    context = {"points": warnings(entry, PUBLISH), "note": request.GET.get("note", "")}
    return page_of(desk, request, entry, "publish", f"Publish “{entry}”?", context)


def preview(request, pk, desk):
    """The entry's page as readers would see it, whatever its state. For those who may see it at the desk."""
    entry = get_object_or_404(Submission.objects.for_detail(), pk=pk)
    check_allowed(desk.has_view_permission(request, entry))
    context = {"entry": entry, "text": EntryText(entry), "preview": True}
    return render(request, "admin/editorial/preview.html", context)


def discard(request, pk, desk):
    """A draft is put aside, or brought back: a GET asks, a POST does it."""
    entry = get_object_or_404(Submission, pk=pk)
    check_allowed(may_discard(request.user, entry) and desk.has_change_permission(request))
    if request.method == "POST":
        return _discard(desk, request, entry)
    title = f"Bring back “{entry}”?" if entry.status == Status.DISCARDED else f"Discard “{entry}”?"
    context = {**desk.admin_site.each_context(request), "title": title, "opts": desk.opts, "entry": entry}
    return render(request, "admin/submissions/submission/discard.html", context)


def _discard(desk, request, entry):
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
