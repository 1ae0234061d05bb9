"""Acts on many records of a list at the desk: each first shows what it would do, and to which records, and asks."""

import hashlib
from functools import wraps
from secrets import token_urlsafe

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.cache import cache
from django.db import transaction
from django.template.response import TemplateResponse

CHOSEN, SEAL = "_chosen", "_seal"
A_DAY = 24 * 60 * 60
CHANGED = "Something has changed since this page was shown. Nothing was done. This is what would happen now."


def bulk_act(description, *, permissions, will="", left_out=None, remarks=None, mails_to=None, has_own_page=False):
    """An action of a list at the desk, as `admin.action`. The function is called once somebody has confirmed it.

    `will`: what the page says would happen, in a sentence. `left_out(desk, request, record)`: why this record would be
    left out, in a sentence; "" if it would not. `remarks(desk, request, record)`: sentences that the page says beside a
    record that is not left out. `mails_to(desk, request, record)`: whom a mail would go to because of it, in words.
    `has_own_page`: the action changes nothing and leads to a page of its own that asks.
    """

    def decorated(act):
        act.will, act.has_own_page = will, has_own_page
        act.left_out, act.remarks, act.mails_to = left_out, remarks, mails_to
        return admin.action(act, permissions=permissions, description=description)

    return decorated


class BulkActs:
    """For an admin of the desk: no action on its list is done before a page has said what it does, and asked.

    It holds for every action, Django's own too: what is not declared with `bulk_act` is announced by its description.
    """

    def get_actions(self, request):
        actions = super().get_actions(request)
        return {name: (_asked_first(*action), name, action[2]) for name, action in actions.items()}


def _asked_first(act, name, description):
    if getattr(act, "has_own_page", False):
        return act

    @wraps(act)
    def ask(desk, request, queryset):
        return _ask_or_act(desk, request, queryset, act, name, description)

    return ask


@transaction.atomic
def _ask_or_act(desk, request, queryset, act, name, description):
    """The page that asks; confirmed, and nothing has changed since, the act itself, in one transaction."""
    confirmed = SEAL in request.POST
    if confirmed:  # those the page has shown, also where they have left the filter of the list since
        sent = request.POST.get(CHOSEN, "").split(",")
        keys = [key for key in sent if key.isascii() and key.isdigit() and len(key) < 18]
        queryset = desk.get_queryset(request).filter(pk__in=keys)
    records = list(queryset)
    rows = desk.model._base_manager.select_for_update().filter(pk__in=[record.pk for record in records])
    stored = list(rows.order_by("pk").values())
    included, left_out = _divided(act, desk, request, records)
    note = _note(desk, request)
    beside = [(record.pk, record.remarks, record.recipients) for record in included]
    seen = [name, note, stored, [(record.pk, reason) for record, reason in left_out], beside]
    seal = request.POST.get(SEAL, "")
    if confirmed and cache.get(f"act-{seal}"):  # a button pressed twice
        return desk.message_user(request, "This was done already, and not again.", messages.WARNING)
    if confirmed and seal == _seal(seal, seen) and included:
        cache.set(f"act-{seal}", 1, A_DAY)
        return act(desk, request, desk.get_queryset(request).filter(pk__in=[record.pk for record in included]))
    if confirmed:
        desk.message_user(request, CHANGED, messages.WARNING)
    context = {
        **desk.admin_site.each_context(request),
        "title": f"{description}?",
        "opts": desk.opts,
        "will": getattr(act, "will", ""),
        "records": included,
        "left_out": left_out,
        "mails": sum(len(record.recipients or ()) for record in included),
        "yes": f"{description[:1].lower()}{description[1:]}",
        "note": note,
        "carried": _carried(name, note, records, _seal(token_urlsafe(8), seen)),
    }
    return TemplateResponse(request, "admin/bulk_act.html", context, status=409 if confirmed else 200)


def _divided(act, desk, request, records):
    """(records that the act would be done to, each with `remarks` and `recipients`; [(record, why not)] of the rest)"""

    def declared(name, record, otherwise):
        function = getattr(act, name, None)
        return function(desk, request, record) if function else otherwise

    included, left_out = [], []
    for record in records:
        if reason := declared("left_out", record, ""):
            left_out.append((record, reason))
        else:
            record.remarks = declared("remarks", record, [])
            record.recipients = declared("mails_to", record, None)
            included.append(record)
    return included, left_out


def _note(desk, request):
    """{field: value} of what an action asks for beside its menu."""
    own = desk.action_form.base_fields.keys() - {"action", "select_across"}
    return {name: request.POST.get(name, "").strip() for name in sorted(own)}


def _carried(name, note, records, seal):
    """The fields by which the page's form names the same act on the same records. Django wants one of them ticked."""
    keys = [str(record.pk) for record in records]
    same = {"action": name, "index": "0", ACTION_CHECKBOX_NAME: keys[0] if keys else ""}
    return {**note, **same, CHOSEN: ",".join(keys), SEAL: seal}


def _seal(page, seen):
    """What the page `page` (a seal of it, or a new name) has shown: it confirms this and nothing else, once."""
    page = page.partition(".")[0]
    return f"{page}.{hashlib.sha256(repr(seen).encode()).hexdigest()}"
