"""Forms beside an entry's sign-off: an approval that came another way, and a day for publishing or withdrawing."""

from django import forms
from django.utils import timezone

from editorial.asking import lacking
from editorial.models import Plan
from editorial.models.sign_off import Role
from editorial.workflow import STEPS


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


class CorrectionForm(forms.Form):
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
