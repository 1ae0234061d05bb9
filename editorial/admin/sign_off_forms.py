"""Forms beside an entry's sign-off: an approval that came another way, and a day for publishing or withdrawing."""

from django import forms
from django.utils import timezone

from editorial.asking import lacking
from editorial.models import Plan
from editorial.models.sign_off import Role


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


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["action", "due"]
        labels = {"action": "What", "due": "When"}
        # The browser's own calendar: it can be used from the keyboard and on a phone.
        widgets = {"due": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})}
        error_messages = {"due": {"required": "Choose a day and an hour.", "invalid": "Choose a day and an hour."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, label_suffix="")

    def clean_due(self):
        if self.cleaned_data["due"] <= timezone.now():
            raise forms.ValidationError("This time has passed. Choose a later one, or use the button on the entry.")
        return self.cleaned_data["due"]
