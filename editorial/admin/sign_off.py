"""Sign-off at the desk: who has answered, an approval that came another way, plans, and a correction that was made.

Also the two people of each authority whom LIIA asks.
"""

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from editorial import answers, asking
from editorial.admin.entry_form import check_allowed, page_of
from editorial.asking import lacking
from editorial.checklist import checklist, next_step
from editorial.claims import claims
from editorial.failures import Refused
from editorial.models import Plan, Signatory, SignOff
from editorial.models.sign_off import Role
from editorial.people.rights import may_publish
from editorial.workflow import STEPS
from spotlight.desk.base import DeskAdmin
from spotlight.desk.diff_and_merge import compared
from submissions.models import Submission


class RecordForm(forms.Form):
    who = forms.ChoiceField(label="Whose approval", error_messages={"required": "Choose whose approval it is."})
    note = forms.CharField(
        label="How it reached LIIA",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: “By e-mail on 3 March, in our mailbox under Merton.” It is kept with your name.",
        error_messages={"required": "Say how the approval reached LIIA, so that it can be shown later."},
    )

    def __init__(self, entry, data=None):
        super().__init__(data, label_suffix="")
        self.pairs = {f"{borough.pk}-{role}": (borough, role) for borough, role in lacking(entry)}
        said = {key: f"{borough}: {Role(role).label}" for key, (borough, role) in self.pairs.items()}
        self.fields["who"].choices = [("", "Choose"), *said.items()]

    @property
    def whose(self):
        """(borough, role)"""
        return self.pairs[self.cleaned_data["who"]]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="A word to the person who asked",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="If you did not change the text, say why not. The person who asked is shown this.",
    )

    def __init__(self, data=None, *, unchanged):
        super().__init__(data, label_suffix="")
        if unchanged:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = (
                "Nothing has changed in the text since. Correct it first, or say here why not."
            )


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["action", "due"]
        labels = {"action": "What", "due": "When"}
        # The browser's own calendar: it can be used from the keyboard and on a phone.
        widgets = {"due": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})}
        error_messages = {"due": {"required": "Choose a day and an hour.", "invalid": "Choose a day and an hour."}}

    def __init__(self, entry, data=None):
        super().__init__(data, label_suffix="")
        self.entry = entry

    def clean(self):
        """A plan is made where it could be carried out now: nothing becomes public that was not ready when planned."""
        cleaned = super().clean()
        action, due = cleaned.get("action"), cleaned.get("due")
        if action and due and self.entry.status not in STEPS[action].starts and not self._follows(action, due):
            words = {"publish": "Only what is signed off, or withdrawn,", "withdraw": "Only what readers see"}
            state = f"“{self.entry.title}” is “{self.entry.get_status_display()}” now."
            self.add_error("action", f"{words[action]} can be planned for this. {state}")
        if self.entry.replaces and not self.entry.replaces.is_published:
            self.add_error(
                "action", "Readers do not see the entry any more: it returns to them by hand, not by a plan."
            )
        return cleaned

    def _follows(self, action, due):
        """A withdrawal may follow a planned publication; nothing may return by itself from a planned withdrawal."""
        return action == "withdraw" and self.entry.plans.open().filter(action="publish", due__lt=due).exists()

    def clean_due(self):
        if self.cleaned_data["due"] <= timezone.now():
            raise forms.ValidationError("This time has passed. Choose a later one, or use the button on the entry.")
        return self.cleaned_data["due"]


def sign_off(request, pk, desk):
    """Who has answered what, what is still missing, and what LIIA can do about it."""
    entry = get_object_or_404(Submission, pk=pk)
    check_allowed(
        desk.has_publish_permission(request) if request.method == "POST" else desk.has_view_permission(request)
    )
    form, plan = RecordForm(entry, request.POST or None), PlanForm(entry, request.POST or None)
    if request.method == "POST" and _press_button(desk, request, entry, form, plan):
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
    return page_of(desk, request, entry, "sign_off", "Sign-off", context)


def _press_button(desk, request, entry, form, plan):
    """Does what the pressed button says. False where the form is wrong and the page is to be shown again."""
    if "_record" in request.POST:
        if form.is_valid():
            answers.record_letter_approval(entry, *form.whose, note=form.cleaned_data["note"], by=request.user)
            desk.message_user(request, "The approval is written down, with your name.", messages.SUCCESS)
        return form.is_valid()
    if "_plan" in request.POST:
        return _save_plan(desk, request, entry, plan)
    return _run_act(desk, request, entry)


def _save_plan(desk, request, entry, plan):
    if plan.is_valid():
        plan.instance.submission, plan.instance.by = entry, request.user
        desk.message_user(request, f"Planned: {plan.save()}.", messages.SUCCESS)
    return plan.is_valid()


def _run_act(desk, request, entry):
    for button, (act, said) in ACTS.items():
        if key := request.POST.get(button):
            try:
                act(entry, key, request.user)
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


ACTS = {
    "_remind": (_remind, "A new mail with a new link is on its way. The earlier link opens nothing any more."),
    "_revoke": (_revoke, "The link opens nothing any more."),
    "_undo_correction": (_undo_correction, "Undone. The link opens nothing any more, and the correction waits again."),
    "_unplan": (_unplan, "The plan is taken back."),
}


def correction(request, pk, asked, desk):
    """What a person asked for, the marked difference between the text that person saw and the present one, and the
    button that asks whether it is right now."""
    entry = get_object_or_404(Submission, pk=pk)
    check_allowed(desk.has_publish_permission(request))
    sign_off = get_object_or_404(entry.sign_offs.select_related("borough"), pk=asked, answer=SignOff.Answer.CORRECTED)
    differences = compared(sign_off.claims, claims(entry))
    form = ReasonForm(request.POST or None, unchanged=not differences)
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
    return page_of(desk, request, entry, "correction_made", "Correction made", context)


@admin.register(Signatory)
class SignatoryAdmin(DeskAdmin):
    """Who names the people who sign, decides whom a link reaches: that is for those who may publish."""

    purpose = "The Director of Children’s Services and the Practice Leader of each authority, who sign entries off."
    list_display = ["borough", "role", "name", "email"]
    list_display_links = ["borough", "name"]
    list_select_related = ["borough"]
    list_filter = ["role"]
    search_fields = ["name", "email", "borough__name"]
    search_help_text = "Search by authority, name or address."
    fields = ["borough", "role", "name", "email"]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and may_publish(request.user)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_publish(request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and may_publish(request.user)

    def save_model(self, request, obj, form, change):
        """Links that went to another address open nothing from now on; who is still to be asked is said."""
        super().save_model(request, obj, form, change)
        asked = SignOff.objects.standing().filter(answer="", borough=obj.borough, role=obj.role)
        if elsewhere := list(asked.exclude(email__iexact=obj.email).select_related("submission")):
            entries = format_html_join(
                ", ", '<a href="{}">{}</a>', [[_sign_off_page(one), one.submission] for one in elsewhere]
            )
            said = "The links that went to {} open nothing any more. Send {} a new one from the page of each entry: {}."
            earlier = ", ".join(sorted({one.email for one in elsewhere}))
            self.message_user(request, format_html(said, earlier, obj.name, entries), messages.WARNING)

    def other_users(self, signatory):
        """A question that is with this person: its link would have nobody behind it."""
        asked = SignOff.objects.standing().filter(answer="", borough=signatory.borough, role=signatory.role)
        return [sign_off.submission for sign_off in asked.select_related("submission")]


def _sign_off_page(sign_off):
    return reverse("admin:entry_sign_off", args=[sign_off.submission_id])
