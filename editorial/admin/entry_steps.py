"""The buttons that take an entry a step further."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from editorial.refusal import Refused
from editorial.workflow import STEPS, transition

STEP_BUTTON = "_step"
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


def take_step(desk, request, entry):
    """The entry after the step whose button was pressed, if one was. A refusal is told and changes nothing."""
    action = request.POST.get(STEP_BUTTON)
    if action not in STEPS or not STEPS[action].label:
        return entry
    if needs_publisher(action) and not desk.has_publish_permission(request):
        raise PermissionDenied("Only an administrator can publish or withdraw an entry.")
    try:
        entry = transition(entry, action, request.user, request.POST.get("_step_note", "").strip())
    except Refused as refusal:
        desk.message_user(request, str(refusal), messages.ERROR)
    else:
        desk.message_user(request, DONE[action].format(entry.title), messages.SUCCESS)
    return entry
