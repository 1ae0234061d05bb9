"""Pages that a link in a mail opens, and the one by which a person of an authority signs off.

Opening a page does nothing, for a mail's scanner opens it too; a button acts.
"""

from functools import wraps

from django import forms
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.answers import record_answer
from editorial.asking import text_in_question
from editorial.claims import claims, fingerprint
from editorial.models import LinkProblem, SignOff

STATUS = {"unknown": 404, "expired": 410, "revoked": 410, "answered": 410}


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
