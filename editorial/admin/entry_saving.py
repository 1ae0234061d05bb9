"""Saving an entry's form: readers keep the text that was signed off."""

from django.contrib import messages
from django.utils.html import format_html

from editorial.admin.figures import tell_what_is_to_settle
from editorial.edits import Edit, opened_version, waiting_version
from editorial.snapshots import COLUMNS, LIIAS_OWN, LINKS
from editorial.workflow import transition
from spotlight.desk.base import desk_link
from submissions.models import OutcomeMetric, Voice


class SavedWithCare:
    """For the admin of entries. While a new version waits beside a published entry, the entry's form shows that
    version's text, figures and voices; what LIIA keeps true itself is shown as readers see it."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        waiting = obj and waiting_version(obj)
        return _showing(form, waiting) if waiting else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk and inline.model in (OutcomeMetric, Voice):
            kwargs["instance"] = waiting_version(type(obj).objects.get(pk=obj.pk)) or obj
        return kwargs

    def render_change_form(self, request, context, *args, **kwargs):
        entry = context.get("original")
        if entry and self.has_change_permission(request, entry):
            opened_version(entry)
            context["shown_version"] = waiting_version(entry)
            context["unsettled"] = (context["shown_version"] or entry).unsettled
        return super().render_change_form(request, context, *args, **kwargs)

    def last_change(self, entry):
        newest = opened_version(waiting_version(entry) or entry)
        return newest.by_name, newest.at

    def save_model(self, request, obj, form, change):
        if change:
            request.edit = Edit(obj, request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            self._settle(request, form.instance)
        else:
            form.instance.settle_evidence()
        tell_what_is_to_settle(self, request, self.settled(request, form.instance))

    def _settle(self, request, entry):
        request.settled = request.edit.settle()
        if request.settled.pk != entry.pk:
            self.message_user(request, _beside(request.settled), messages.WARNING)

    def settled(self, request, entry):
        """The record that holds what was saved: the entry, or the new version beside it."""
        return getattr(request, "settled", entry)

    def step(self, request, entry, action):
        return transition(entry, action, by=request.user)


def _showing(form, waiting):
    """The form of a published entry, with the text of its new version in it."""

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        for name in COLUMNS:
            if name not in LIIAS_OWN:
                setattr(instance, name, getattr(waiting, name))
        links = {name: list(getattr(waiting, name).all()) for name in LINKS if name not in LIIAS_OWN}
        super(showing, self).__init__(*args, instance=instance, initial={**links, **(initial or {})}, **kwargs)

    showing = type(form.__name__, (form,), {"__init__": __init__})
    return showing


def _beside(draft):
    said = (
        "Readers still see the text that the authority signed off. What you changed is kept as a new version: {}. "
        "Send that to the authority; once signed off, publish it, and it takes the place of this one."
    )
    return format_html(said, desk_link(draft))
