"""Pages and buttons of a contact beyond its form: ask, write down, replace with a preview, merge with a preview."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from boroughs.models import Contact
from editorial.contacts.answers import let_through, turn_down
from editorial.contacts.questions import ask, entries_naming, merge, preview_of, replace, why_not_asked
from editorial.failures import Refused
from editorial.models import HandOver, NewAddress
from spotlight.desk.base import count_phrase, may_write
from submissions.models import Doubt

HELD = {"handover": HandOver, "newaddress": NewAddress}


class ContactChoice(forms.ModelChoiceField):
    def label_from_instance(self, contact):
        return f"{contact} ({contact.email or 'no address'})"


class ReplaceForm(forms.Form):
    """`leaving`: the contact that goes from the chosen entries."""

    coming = ContactChoice(
        Contact.objects.none(),
        label="Who comes in this person’s place",
        error_messages={"required": "Choose who comes in this person’s place."},
    )
    entries = forms.ModelMultipleChoiceField(
        None,
        label="On these entries",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one entry."},
    )

    def __init__(self, leaving, user, data=None):
        entries = entries_naming([leaving])
        entries = entries.filter(pk__in=[entry.pk for entry in entries if may_write(user, entry)])
        super().__init__(data, label_suffix="", initial={"entries": entries})
        self.fields["coming"].queryset = Contact.objects.exclude(pk=leaving.pk)
        self.fields["entries"].queryset = entries


class ContactPages:
    """Mixed into the contacts' admin."""

    def get_urls(self):
        pages = [
            ("<int:pk>/replace/", self.replace_view, "replace"),
            ("<int:pk>/held/<str:kind>/<int:question>/", self.held_view, "held"),
            ("merge/", self.merge_view, "merge"),
        ]
        site = self.admin_site.admin_view
        ours = [path(address, site(view), name=f"boroughs_contact_{name}") for address, view, name in pages]
        return ours + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        doubts = Doubt.objects.open().filter(
            kind=Doubt.Kind.CONTACT_ADDRESS, contact=self.get_object(request, object_id)
        )
        held = [one for model in HELD.values() for one in model.objects.held().filter(contact=object_id)]
        extra = {"address_doubted": doubts.exists(), "held": held, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra)

    def response_change(self, request, obj):
        acts = {"_ask": self._ask, "_right": self._right, "_address_fits": self._address_fits}
        act = next((act for button, act in acts.items() if button in request.POST), super().response_change)
        return act(request, obj)

    def _contact(self, request, pk):
        contact = get_object_or_404(Contact, pk=pk)
        if not self.has_change_permission(request, contact):
            raise PermissionDenied
        return contact

    def _back(self, contact):
        return redirect(reverse("admin:boroughs_contact_change", args=[contact.pk]))

    def _ask(self, request, contact):
        if reason := why_not_asked(contact):
            self.message_user(request, f"{reason} No mail was sent.", messages.ERROR)
        else:
            self.ask_one(request, contact)
            self.message_user(request, f"A mail is on its way to {contact.email}.", messages.SUCCESS)
        return self._back(contact)

    @transaction.atomic
    def ask_one(self, request, contact):
        ask(contact, by=request.user)
        self.log_change(request, contact, "Asked whether it is still right.")

    def _right(self, request, contact):
        contact.confirm(timezone.localdate())
        self.log_change(request, contact, "Told LIIA that all of it is right.")
        said = f"Readers now see that {contact.name} was confirmed this month."
        self.message_user(request, said, messages.SUCCESS)
        return self._back(contact)

    def _address_fits(self, request, contact):
        if not request.user.has_perm("submissions.change_doubt"):
            raise PermissionDenied
        for doubt in contact.doubts.open().filter(kind=Doubt.Kind.CONTACT_ADDRESS):
            doubt.settle(by=request.user, note=f"Looked at: {contact.email} is right for {contact.name}.")
            self.log_change(request, doubt, "Settled from the contact.")
        self.message_user(request, "The doubt is settled. Your name and today’s date are kept.", messages.SUCCESS)
        return self._back(contact)

    def held_view(self, request, pk, kind, question):
        return require_POST(self._decide)(request, self._contact(request, pk), kind, question)

    @transaction.atomic
    def _decide(self, request, contact, kind, question):
        """What a contact or a successor answered from outside the authority is let through, or turned down."""
        question = get_object_or_404(HELD.get(kind, HandOver), pk=question, contact=contact)
        through = "_let_through" in request.POST
        try:
            (let_through if through else turn_down)(question, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return redirect("admin:boroughs_contact_changelist")
        words = f"{question.email}: {'let through' if through else 'turned down'}, after LIIA looked."
        if left := Contact.objects.filter(pk=contact.pk).first():
            self.log_change(request, left, words)
        said = "readers see it now." if through else "readers are sent to LIIA instead."
        self.message_user(request, f"Decided: {said}", messages.SUCCESS)
        return redirect("admin:boroughs_contact_changelist") if left is None else self._back(left)

    def replace_view(self, request, pk):
        """A GET previews; a POST does what was previewed."""
        leaving = self._contact(request, pk)
        sent = request.POST if request.method == "POST" else request.GET
        form = ReplaceForm(leaving, request.user, sent if "coming" in sent else None)
        chosen = form.cleaned_data if form.is_bound and form.is_valid() else None
        if chosen and request.method == "POST":
            return self._replace(request, leaving, **chosen)
        rows = preview_of(chosen["entries"], [leaving], chosen["coming"]) if chosen else []
        context = {"leaving": leaving, "form": form, "rows": rows, "chosen": chosen}
        return self._page(request, "replace", f"Somebody in the place of {leaving.name}", context)

    @transaction.atomic
    def _replace(self, request, leaving, coming, entries):
        number = len(entries)
        why = f"{coming.name} in place of {leaving.name}, set at the desk"
        replace(leaving, coming, why=why, by=request.user, entries=entries)
        phrase = count_phrase(number, "entry", "entries")
        for contact in (leaving, coming):
            self.log_change(request, contact, f"{coming.name} stands in place of {leaving.name} on {phrase}.")
        self.message_user(request, f"{coming.name} now stands on {phrase}.", messages.SUCCESS)
        return self._back(coming)

    def merge_view(self, request):
        """A GET previews with one of them kept; a POST makes them one."""
        if not (self.has_change_permission(request) and self.has_delete_permission(request)):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        contacts = list(Contact.objects.filter(pk__in=[pk for pk in sent.get("ids", "").split(",") if _is_key(pk)]))
        if len(contacts) < 2:
            raise Http404("Two contacts are needed to make them one.")
        kept = next((contact for contact in contacts if str(contact.pk) == sent.get("keep")), contacts[0])
        others = [contact for contact in contacts if contact != kept]
        if request.method == "POST":
            return self._merge(request, kept, others)
        rows = preview_of(entries_naming(contacts), others, kept)
        context = {"kept": kept, "others": others, "rows": rows, "ids": sent["ids"], "contacts": contacts}
        return self._page(request, "merge", "Make these records one", context)

    @transaction.atomic
    def _merge(self, request, kept, others):
        names = ", ".join(str(other) for other in others)
        merge(kept, others, by=request.user)
        self.log_change(request, kept, f"Taken together with: {names}.")
        self.message_user(request, f"Only this record of {kept.name} is left.", messages.SUCCESS)
        return self._back(kept)

    def _page(self, request, name, title, context):
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/boroughs/contact/{name}.html", {**frame, **context})


def _is_key(text):
    return text.isascii() and text.isdigit() and len(text) < 18
