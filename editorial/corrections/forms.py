"""The public form. It needs no account, sets no cookie and asks no riddle."""

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from editorial.models import Correction
from submissions.entry_text import EntryText

FASTEST = 1  # seconds between opening and sending; nobody chooses, writes and sends in less
WHOLE = "The whole entry"
LONGEST = 4000


class CorrectionForm(forms.Form):
    kind = forms.ChoiceField(
        label="What is wrong?",
        choices=Correction.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong.", "invalid_choice": "Choose one of the five."},
    )
    section = forms.ChoiceField(
        label="Where does it stand?",
        error_messages={
            "required": "Choose where it stands.",
            "invalid_choice": "Choose one of the parts that this entry has.",
        },
    )
    message = forms.CharField(
        label="What should LIIA know?",
        help_text="Do not repeat private details of somebody. Say where they stand, and LIIA will look.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say in a few words what is wrong.",
            "max_length": f"This is longer than {LONGEST:,} characters. Shorten it; LIIA will ask if it needs more.",
        },
    )
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="For the answer only. Removed a year after it. Without it you get no answer.",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": "Write an e-mail address like name@council.gov.uk, or leave it empty.",
            "max_length": "No e-mail address is longer than 254 characters.",
        },
    )
    # Machines fill in every field they find. A person does not see this one.
    homepage = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, entry, data=None, section=""):
        self.places = places_in(entry)
        first = {"opened": stamp(), "section": section if section in dict(self.places) else ""}
        super().__init__(data, initial=first, label_suffix="")
        self.fields["section"].choices = [("", "Choose…"), *self.places]
        for name in ("message", "email"):
            self.fields[name].widget.attrs.pop("maxlength")  # it cuts what is pasted, without a word

    def clean_homepage(self):
        if self.cleaned_data["homepage"]:
            raise ValidationError("Only machines fill in this field. Empty it and send again.")
        return ""

    def clean_opened(self):
        opened = opened_at(self.cleaned_data["opened"])
        if opened is None or timezone.now().timestamp() - opened < FASTEST:
            raise ValidationError("That was faster than a person writes. Look through it once more and send again.")
        return ""

    @property
    def carried(self):
        """The stamp to send along again: that of the first opening, unless it was none of ours."""
        return self.data["opened"] if opened_at(self.data.get("opened", "")) else stamp()

    def said(self):
        """What is kept of the valid form."""
        cleaned = self.cleaned_data
        kept = {name: cleaned[name] for name in ("kind", "message", "email")}
        return {**kept, "section": dict(self.places)[cleaned["section"]][:300]}


def stamp():
    return signing.dumps(timezone.now().timestamp(), salt="correction")


def opened_at(stamped):
    """Seconds since 1970; None if the stamp is not ours."""
    try:
        return signing.loads(stamped, salt="correction")
    except signing.BadSignature:
        return None


def places_in(entry):
    """[(anchor, heading)] of the entry's page, as its contents name them."""
    headings = EntryText(entry).contents
    ends = [("supporting", "Supporting information")] if entry.supporting else []
    begin = [("whole", WHOLE), ("in-short", "In short: summary, contact, team, partners"), ("figures", "Figures")]
    return [*begin, ("submission", "The submission"), *headings, *ends]
