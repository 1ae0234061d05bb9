"""What contacts, and those whom they name, open from our mails."""

from django.shortcuts import render

from editorial.contacts import answers
from editorial.contacts.asking import shown_entries
from editorial.contacts.forms import PersonForm, ReachableForm, SuccessorForm
from editorial.links import opened_by_link
from editorial.models import ContactCheck, HandOver, NewAddress, NoMoreLink


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
        answers.still_me(check)
    elif way == "gone":
        answers.gone(check)
    elif way == "hand-over" and successor.is_valid():
        answers.handed_over(check, **successor.cleaned_data)
    elif way == "change" and details.is_valid():
        return answers.changed(check, **details.cleaned_data)
    else:
        return ""
    return way


@opened_by_link(NoMoreLink)
def no_more_checks(request, link):
    """A POST acts, be it the page's button or a mail programme's own (RFC 8058)."""
    if request.method == "POST":
        answers.no_more(link)
        link.contact.refresh_from_db()
    return render(request, "editorial/contacts/no_more.html", {"contact": link.contact})


@opened_by_link(NewAddress)
def new_address(request, asked):
    context = {"asked": asked, "contact": asked.contact, "entries": list(shown_entries(asked.contact))}
    if request.method == "POST":
        done = "address-confirmed" if answers.address_confirmed(asked) else "held"
        return render(request, "editorial/contacts/thanks.html", {**context, "done": done})
    return render(request, "editorial/contacts/new_address.html", context)


@opened_by_link(HandOver)
def hand_over(request, asked):
    """Accept, with name and role as they should stand; or decline."""
    context = {"asked": asked, "contact": asked.contact, "entries": list(shown_entries(asked.contact))}
    way = request.POST.get("way", "")
    form = PersonForm(request.POST if way == "accept" else None, about=answers.known_at(asked.email) or asked)
    if way == "accept" and form.is_valid():
        way = "accept" if answers.accepted(asked, **form.cleaned_data) else "held"
    elif way == "decline":
        answers.declined(asked)
    else:
        return render(request, "editorial/contacts/hand_over.html", {**context, "form": form})
    return render(request, "editorial/contacts/thanks.html", {**context, "done": way})
