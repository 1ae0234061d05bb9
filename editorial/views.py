"""Pages that a link in a mail opens: a person of an authority signs off; contacts, and those whom they name, answer."""

from functools import wraps

from django import forms
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.answers import record_answer
from editorial.asking import text_in_question
from editorial.claims import claims, fingerprint
from editorial.contacts import answers
from editorial.contacts.questions import shown_entries
from editorial.models import ContactCheck, HandOver, LinkProblem, NewAddress, NoMoreLink, SignOff

STATUS = {"unknown": 404, "expired": 410, "revoked": 410, "answered": 410}

OF_FIELD = {
    "name": forms.TextInput(attrs={"autocomplete": "name"}),
    "role": forms.TextInput(attrs={"autocomplete": "organization-title"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
}


def opened_by_link(model):
    """Decorates a view of (request, question) as one of (request, secret). A link that opens nothing gets a page that
    says so and no more: neither whose it was nor what it was about.

    The secret in the address is all the authority there is, and no cookie takes part: so there is no forged request to
    guard against, and the person who answers gets no cookie.
    """

    def decorated(view):
        @csrf_exempt
        @never_cache
        @wraps(view)
        def opened(request, secret):
            try:
                response = view(request, model.opened_by(secret))
            except LinkProblem as problem:
                context = {"kind": problem.kind}
                response = render(request, "editorial/link_problem.html", context, status=STATUS[problem.kind])
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return decorated


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


@opened_by_link(SignOff)
def sign_off(request, question):
    """The exact text, compared with what this person saw before (or readers see now), and three answers. Only the
    button's POST answers."""
    entry = question.submission
    if question.fingerprint != fingerprint(claims(entry)):
        raise LinkProblem("revoked")
    form = AnswerForm(request.POST if request.method == "POST" else None, again=question.asked_for)
    if request.method == "POST" and form.is_valid():
        record_answer(question, form.cleaned_data["answer"], note=form.cleaned_data["note"])
        return render(request, "editorial/sign_off_thanks.html", {"sign_off": question, "entry": entry})
    context = {"sign_off": question, "entry": entry, "form": form, **text_in_question(question)}
    return render(request, "editorial/sign_off.html", context, status=422 if form.errors else 200)


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
