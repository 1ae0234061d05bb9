"""The buttons that take an entry a step further."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from editorial.checklist import PUBLISH, warnings
from editorial.failures import Refused
from editorial.workflow import STEPS, transition

STEP_BUTTON, NOTE = "_step", "_step_note"
DONE = {
    "send": "“{}” is with its authority. Each person has been sent a link.",
    "take-back": "“{}” is a draft again. Links that nobody had used open nothing any more.",
    "publish": "“{}” is published: readers see it now.",
    "withdraw": "“{}” is withdrawn: readers see it no more. You can publish it again.",
    "reopen": "“{}” is a draft again.",
}


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
