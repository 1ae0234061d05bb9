"""“Something wrong?”: the form on every entry, and the page that says it has arrived.

The form needs no account, sets no cookie and asks no riddle.
"""

from django import forms
from django.core import signing
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.corrections.handling import receive, sender_of
from editorial.failures import Refused
from editorial.models import Correction
from submissions.derived.entry_text import EntryText
from submissions.entry_fields import FIELDS
from submissions.models import Submission
from submissions.sharing.visibility import entry_at

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

    def values(self):
        """What is stored of the valid form."""
        cleaned = self.cleaned_data
        stored = {name: cleaned[name] for name in ("kind", "message", "email")}
        return {**stored, "section": dict(self.places)[cleaned["section"]][:300]}


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
    facts = ", ".join(field.label.lower() for field in FIELDS if field.in_short)
    begin = [("whole", WHOLE), ("in-short", f"In short: summary, contact, {facts}"), ("figures", "Figures")]
    return [*begin, ("submission", "The submission"), *headings, *ends]


@csrf_exempt  # no session takes part, so there is nothing that a forged request could borrow
@never_cache
def correction(request, slug):
    """An entry's earlier address leads on, but nothing that is sent to it is lost."""
    entry = entry_at(Submission.objects.for_detail(), slug)
    if request.method == "POST":
        return _receive(request, entry)
    if entry.slug != slug:
        return redirect("correction", entry.slug, permanent=True)
    if reference := _reference_in(request.GET.get("arrived", "")):
        return render(request, "editorial/corrections/arrived.html", {"entry": entry, "reference": reference})
    return _page(request, entry, CorrectionForm(entry, section=request.GET.get("section", "")))


def _receive(request, entry):
    try:
        form = CorrectionForm(entry, request.POST)
    except (RequestDataTooBig, TooManyFieldsSent):
        return _page(request, entry, CorrectionForm(entry), "That was too much to take in. Send fewer words.", 413)
    if not form.is_valid():
        return _page(request, entry, form)
    try:
        correction = receive(entry, sender_of(request), stamp=form.data["opened"], **form.values())
    except Refused as refusal:
        return _page(request, entry, form, str(refusal), 429)
    token = signing.dumps([correction.reference, bool(correction.email)], salt="arrived")
    return redirect(f"{reverse('correction', args=[entry.slug])}?arrived={token}")


def _page(request, entry, form, problem="", status=200):
    context = {"entry": entry, "form": form, "problem": problem}
    return render(request, "editorial/corrections/form.html", context, status=status)


def _reference_in(token):
    """{number, mailed}, or None: the page repeats no number that this site has not given."""
    try:
        number, mailed = signing.loads(token, salt="arrived")
    except (signing.BadSignature, ValueError):
        return None
    return {"number": number, "mailed": mailed}
