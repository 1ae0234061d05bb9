"""“Something wrong?”: the form on every entry, and the page that says it has arrived."""

from django.core import signing
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from editorial.corrections.forms import CorrectionForm
from editorial.corrections.receiving import receive, sender_of
from editorial.refusal import Refused
from submissions.models import Submission
from submissions.sharing.doors import entry_at


@csrf_exempt  # no session takes part, so there is nothing that a forged request could borrow
@never_cache
def correction(request, slug):
    """An entry's earlier address leads on, but nothing that is sent to it is lost."""
    entry = entry_at(Submission.objects.for_detail(), slug)
    if request.method == "POST":
        return _sent(request, entry)
    if entry.slug != slug:
        return redirect("correction", entry.slug, permanent=True)
    if reference := _arrived(request.GET.get("arrived", "")):
        return render(request, "editorial/corrections/arrived.html", {"entry": entry, "reference": reference})
    return _page(request, entry, CorrectionForm(entry, section=request.GET.get("section", "")))


def _sent(request, entry):
    try:
        form = CorrectionForm(entry, request.POST)
    except (RequestDataTooBig, TooManyFieldsSent):
        return _page(request, entry, CorrectionForm(entry), "That was too much to take in. Send fewer words.", 413)
    if not form.is_valid():
        return _page(request, entry, form)
    try:
        correction = receive(entry, sender_of(request), stamp=form.data["opened"], **form.said())
    except Refused as refusal:
        return _page(request, entry, form, str(refusal), 429)
    token = signing.dumps([correction.reference, bool(correction.email)], salt="arrived")
    return redirect(f"{reverse('correction', args=[entry.slug])}?arrived={token}")


def _page(request, entry, form, problem="", status=200):
    context = {"entry": entry, "form": form, "problem": problem}
    return render(request, "editorial/corrections/form.html", context, status=status)


def _arrived(token):
    """{number, mailed}, or None: the page repeats no number that this site has not given."""
    try:
        number, mailed = signing.loads(token, salt="arrived")
    except (signing.BadSignature, ValueError):
        return None
    return {"number": number, "mailed": mailed}
