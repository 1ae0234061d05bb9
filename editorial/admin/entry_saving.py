"""Saving an entry's form: nobody's words are lost, and readers keep the text that was signed off."""

from django.contrib import messages
from django.utils import timezone
from django.utils.html import format_html

from boroughs.desk import desk_link
from editorial.differences import compared
from editorial.edits import Edit, Meanwhile, opened_version, version_of
from editorial.readable import readable
from editorial.versions import keep
from editorial.workflow import transition

OPENED, SEEN = "_opened_version", "_seen_version"


class SavedWithCare:
    """For the admin of entries. The form carries the version it was opened with, and the one its editor was told of."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Meanwhile as meanwhile:
            # Nothing was written. The form comes back as it was typed, with what the other person changed.
            request.meanwhile = meanwhile
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        meanwhile = getattr(request, "meanwhile", None)
        return form if meanwhile is None else _refusing(form, meanwhile)

    def render_change_form(self, request, context, *args, **kwargs):
        entry = context.get("original")
        if entry and self.has_change_permission(request, entry):
            context |= _versions(request, entry)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            request.edit = Edit(obj, request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            self._settle(request, form.instance)

    def _settle(self, request, entry):
        opened = version_of(entry, request.POST.get(OPENED)) or entry.versions.first()
        seen = version_of(entry, request.POST.get(SEEN))
        if opened:
            request.edit.reconcile(opened, seen and seen.pk)
        request.settled = request.edit.settle()
        if request.settled.pk != entry.pk:
            self.message_user(request, _beside(entry, request.settled), messages.WARNING)

    def settled(self, request, entry):
        """The record that holds what was saved: the entry, or the new version beside it."""
        return getattr(request, "settled", entry)

    def step(self, request, entry, action):
        return transition(entry, action, request.user)


def _versions(request, entry):
    """What the form carries. Drawn again after an error, it stays with the version that it was first opened with."""
    posted = version_of(entry, request.POST.get(OPENED)) if request.method == "POST" else None
    opened = posted or opened_version(entry)
    told = getattr(request, "meanwhile", None)
    context = {"opened_version": opened.pk, "seen_version": told.newest.pk if told else request.POST.get(SEEN, "")}
    if told:
        differing = compared(readable(opened.content), readable(told.newest.content))
        context |= {"meanwhile": told.newest, "differences": differing}
    return context


def _refusing(form, meanwhile):
    """The form with one error more, that says what happened and what to do."""
    who, when = meanwhile.newest.by_name, timezone.localtime(meanwhile.newest.at)
    said = (
        f"Nothing was saved yet: {who} has changed {_in_words(meanwhile.labels)} too, at {when:%H:%M on %-d %B}, after "
        "you opened this form. What you typed stands below, and what changed meanwhile stands above it. Save again to "
        "keep yours there; whatever else was changed is kept as it is, and the other text stays in the history."
    )

    def clean(self):
        cleaned = super(refusing, self).clean()
        self.add_error(None, said)
        return cleaned

    refusing = type(form.__name__, (form,), {"clean": clean})
    return refusing


def _in_words(labels):
    named = [f"“{label}”" for label in labels]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _beside(entry, draft):
    said = (
        "Readers still see the text that the authority signed off. What you changed is kept as a new version: {}. "
        "Send that to the authority; once signed off, publish it, and it takes the place of this one."
    )
    keep(entry)
    return format_html(said, desk_link(draft))
