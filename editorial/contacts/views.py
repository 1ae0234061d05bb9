"""What contacts, and those whom they name, open from our mails, and the forms that they fill in."""

from django import forms
from django.shortcuts import render

from editorial.contacts import answers
from editorial.contacts.questions import shown_entries
from editorial.models import ContactCheck, HandOver, NewAddress, NoMoreLink
from editorial.views import opened_by_link

OF_FIELD = {
    "name": forms.TextInput(attrs={"autocomplete": "name"}),
    "role": forms.TextInput(attrs={"autocomplete": "organization-title"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
}


class PersonForm(forms.Form):
    """`about`: a contact or an offer, for what is in the fields at first."""

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


@opened_by_link(ContactCheck)
def contact_check(request, check):
    """Three ways: still me, change my details, no longer me."""
    contact, sent = check.contact, request.POST
    way = sent.get("way", "")
    details = ReachableForm(sent if way == "change" else None, prefix="my", about=contact)
    successor = SuccessorForm(sent if way == "hand-over" else None, prefix="their", own=contact.email)
    context = {"contact": contact, "entries": list(shown_entries(contact)), "details": details, "successor": successor}
    if done := _answer(check, way, details, successor):
        return render(request, "editorial/contacts/thanks.html", {**context, "done": done})
    context["wrong"] = next((form for form in (details, successor) if form.errors), None)
    return render(request, "editorial/contacts/check.html", context)


def _answer(check, way, details, successor):
    """What was done, as a word for the page of thanks; "" if nothing was."""
    if way == "still-me":
        answers.confirm_contact(check)
    elif way == "gone":
        answers.report_gone(check)
    elif way == "hand-over" and successor.is_valid():
        answers.hand_over(check, **successor.cleaned_data)
    elif way == "change" and details.is_valid():
        return answers.change_details(check, **details.cleaned_data)
    else:
        return ""
    return way


@opened_by_link(NoMoreLink)
def no_more_checks(request, link):
    """A POST acts, be it the page's button or a mail programme's own (RFC 8058)."""
    if request.method == "POST":
        answers.stop_mails(link)
        link.contact.refresh_from_db()
    return render(request, "editorial/contacts/no_more.html", {"contact": link.contact})


@opened_by_link(NewAddress)
def new_address(request, asked):
    context = {"asked": asked, "contact": asked.contact, "entries": list(shown_entries(asked.contact))}
    if request.method == "POST":
        done = "address-confirmed" if answers.confirm_new_address(asked) else "held"
        return render(request, "editorial/contacts/thanks.html", {**context, "done": done})
    return render(request, "editorial/contacts/new_address.html", context)


@opened_by_link(HandOver)
def hand_over(request, asked):
    """Accept, with name and role as they should stand; or decline."""
    context = {"asked": asked, "contact": asked.contact, "entries": list(shown_entries(asked.contact))}
    way = request.POST.get("way", "")
    form = PersonForm(request.POST if way == "accept" else None, about=answers.known_at(asked.email) or asked)
    if way == "accept" and form.is_valid():
        way = "accept" if answers.accept_hand_over(asked, **form.cleaned_data) else "held"
    elif way == "decline":
        answers.decline_hand_over(asked)
    else:
        return render(request, "editorial/contacts/hand_over.html", {**context, "form": form})
    return render(request, "editorial/contacts/thanks.html", {**context, "done": way})
