"""What a person of an authority can answer to a text."""

from django import forms

from editorial.models import SignOff


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[
            (SignOff.Answer.APPROVED, "I approve this text as it stands"),
            (SignOff.Answer.CORRECTED, "I approve it, with the correction below"),
            (SignOff.Answer.NOT_YET, "Not yet, for the reason below"),
        ],
        widget=forms.RadioSelect,
        label="Your answer",
        error_messages={"required": "Choose one of the three answers.", "invalid_choice": "Choose one of the three."},
    )
    note = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        label="Your correction or reason",
        help_text="For LIIA. Readers never see it, nor your name.",
        error_messages={"max_length": "This is longer than 5,000 characters. Shorten it, or write to LIIA."},
    )

    def __init__(self, *args, again=None, **kwargs):
        """`again`: the approval with a correction to which LIIA comes back, if it does."""
        super().__init__(*args, **kwargs)
        if again:
            self.fields["answer"].choices = [
                (SignOff.Answer.APPROVED, "Yes, I approve it as it is now"),
                (SignOff.Answer.CORRECTED, "I approve it, with one more correction below"),
                (SignOff.Answer.NOT_YET, "Not yet, for the reason below"),
            ]

    def clean(self):
        cleaned = super().clean()
        needs_words = {SignOff.Answer.CORRECTED: "Say what to correct.", SignOff.Answer.NOT_YET: "Say why not yet."}
        if not cleaned.get("note") and (missing := needs_words.get(cleaned.get("answer"))):
            self.add_error("note", missing)
        return cleaned
