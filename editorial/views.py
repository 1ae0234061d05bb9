"""Pages that an authority opens from LIIA's mails."""

from django.shortcuts import render

from editorial.answers import record_answer
from editorial.asking import text_in_question
from editorial.claims import claims, fingerprint
from editorial.forms import AnswerForm
from editorial.links import opened_by_link
from editorial.models import LinkProblem, SignOff


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
