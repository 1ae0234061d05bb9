"""“Something wrong?”: a reader's correction, from the form on every entry to the answer, forgotten a year later.

The form needs no account, sets no cookie and asks no riddle. An answer goes by mail or, where no address was left, LIIA
notes what was done.
"""

import hashlib
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, ValidationError
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from rest_framework.throttling import BaseThrottle

from editorial.failures import Refused, apart
from editorial.models import Correction, Mail
from editorial.outbox import post
from editorial.workflow import record_event
from submissions.derived.entry_text import EntryText
from submissions.entry_fields import FIELDS
from submissions.models import Submission
from submissions.sharing.addresses import absolute, entry_at

PER_HOUR = 10  # from one address; a council's whole building may have one
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


def sender_of(request):
    """The sender's network address, hashed with a salt that changes every day; the address itself is kept nowhere."""
    salt = f"correction {timezone.localdate()}"
    return salted_hmac(salt, BaseThrottle().get_ident(request), algorithm="sha256").hexdigest()


def receive(entry, sender, *, stamp, **said):
    """Saves the correction, and then writes the mails about it, whose faults cost nobody a word. Refused if there were
    too many from this sender within the hour.

    One form (`stamp`) with the same words is one correction, however often it is sent, also twice at once: a later call
    returns the first one and mails nothing. So are the same words within a day, from the same address or none: a
    browser that goes back may open the form with another stamp. Other words are a correction of their own."""
    correction, is_new = _save(entry, sender, _digest(entry, stamp, said), said)
    if is_new:
        with apart("mails about a correction", correction):
            _acknowledge(correction)
    return correction


@transaction.atomic
def _save(entry, sender, sending, said):
    """(the correction, whether it is new)"""
    now = timezone.now()
    Submission.objects.select_for_update().get(pk=entry.pk)  # two forms at once: the second finds the first
    same = Q(submission=entry, received_at__gt=now - timedelta(days=1), **said)
    if first := Correction.objects.filter(Q(sending=sending) | same).first():
        return first, False
    Correction.objects.filter(received_at__lt=now - timedelta(days=1)).exclude(sender="").update(sender="")
    if Correction.objects.filter(sender=sender, received_at__gt=now - timedelta(hours=1)).count() >= PER_HOUR:
        raise Refused(
            f"{PER_HOUR} messages have come from your connection within an hour. Keep your text and send it later, "
            "or write to LIIA."
        )
    fields = {"submission": entry, "title": entry.title, "sender": sender, **said}
    return Correction.objects.create(sending=sending, **fields), True


def _digest(entry, stamp, said):
    """The stamp is long, random to others and stored nowhere, so nobody can guess the words from this."""
    return hashlib.sha256(repr((entry.pk, stamp, sorted(said.items()))).encode()).hexdigest()


def _acknowledge(correction):
    """The mails repeat nothing that was typed: else anybody could send any words to any address through this site."""
    context = {"correction": correction, "entry": absolute(correction.submission.get_absolute_url())}
    if correction.email:
        subject = f"{correction.reference}: we have your message"
        post(correction.email, subject, "correction_received", context)
    if settings.LIIA_EMAIL:
        desk = absolute(reverse("admin:editorial_correction_change", args=[correction.pk]))
        post(
            settings.LIIA_EMAIL,
            f"{correction.reference}: a correction",
            "correction_for_liia",
            {**context, "desk": desk},
        )


@transaction.atomic
def forget(correction):
    """Takes the address out of what was closed a year ago, with the mails that went there; for what was about a person
    the words too."""
    Mail.objects.filter(to=correction.email, subject__startswith=correction.reference).delete()
    correction.email, correction.forgotten_at = "", timezone.now()
    if correction.is_about_a_person:
        correction.message = ""
        correction.reply = correction.note = "Removed a year after closing"
    correction.save()


def missing_before_closing(correction):
    """(the field that is wanted, why in a sentence), or None."""
    if correction.email and not correction.reply.strip():
        return "reply", "Write the answer first. Nobody’s correction is closed without a reply."
    if not correction.email and not correction.note.strip():
        return "note", "No address was left, so nobody can be answered. Write down what was done, then close."
    return None


@transaction.atomic
def close(correction, *, by):
    """Closes a correction. Refused where the answer is missing, or somebody else has closed it meanwhile.

    - The correction is saved as closed, and the story of its entry has an event.
    - The answer goes by mail, where an address was left.
    """
    if wanted := missing_before_closing(correction):
        raise Refused(wanted[1])
    if Correction.objects.select_for_update().get(pk=correction.pk).closed_at:
        raise Refused(f"{correction.reference} has been closed already. Nothing was sent again.")
    correction.closed_at, correction.closed_by = timezone.now(), by
    correction.save()
    entry = correction.submission
    if entry:
        record_event(entry, f"Correction {correction.reference} answered", by=by, note=correction.note)
    if correction.email:
        context = {"correction": correction, "entry": absolute(entry.get_absolute_url()) if entry else ""}
        with apart("the answer to a correction", correction):
            post(correction.email, f"{correction.reference}: our answer", "correction_answered", context)
