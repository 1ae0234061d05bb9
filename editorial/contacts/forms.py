"""What a contact or a successor writes down about a person."""

from django import forms

OF_FIELD = {
    "name": forms.TextInput(attrs={"autocomplete": "name"}),
    "role": forms.TextInput(attrs={"autocomplete": "organization-title"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
}


class PersonForm(forms.Form):
    """`about`: a contact or an offer, for what stands in the fields at first."""

    name = forms.CharField(
        label="Name", max_length=150, widget=OF_FIELD["name"], error_messages={"required": "Write the name."}
    )
    role = forms.CharField(
        label="Job title (if you want it shown)", max_length=200, required=False, widget=OF_FIELD["role"]
    )

    def __init__(self, *args, about=None, **kwargs):
        first = {name: getattr(about, name) for name in self.base_fields} if about else {}
        super().__init__(*args, initial=first, label_suffix="", **kwargs)
        for field in self.fields.values():
            del field.widget.attrs["maxlength"]  # cuts without a word what is pasted; a sentence is better


class ReachableForm(PersonForm):
    email = forms.EmailField(
        label="E-mail address",
        widget=OF_FIELD["email"],
        max_length=254,
        error_messages={
            "required": "Write the e-mail address.",
            "invalid": "Write an e-mail address like name@council.gov.uk.",
        },
    )


class SuccessorForm(ReachableForm):
    def __init__(self, *args, own="", **kwargs):
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email.casefold() == self.own.casefold():
            raise forms.ValidationError("This is your own address. Write that of the person who takes over.")
        return email
